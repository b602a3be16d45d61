//! The conditions of a trust policy that tell on whose behalf SSM may ask.

use serde_json::Value;

use super::one_or_many;

/// Whether what a statement says of `aws:SourceAccount` and `aws:SourceArn`, if anything, fits an account and what the
/// ARNs of its resources begin with. Which resource asks is not known, and other conditions are not judged.
pub(super) fn source_fits(condition: &Value, account: &str, source_arn: &str) -> bool {
    let Some(operators) = condition.as_object() else { return true };
    operators.iter().all(|(operator, keys)| {
        let literal = match operator.strip_suffix("IfExists").unwrap_or(operator) {
            "StringEquals" => true,
            "StringLike" | "ArnEquals" | "ArnLike" => false,
            _ => return true,
        };
        keys.as_object().into_iter().flatten().all(|(key, values)| {
            let mut patterns = one_or_many(values).into_iter().map(text);
            // No account and no ARN has such characters.
            let can_fit = |pattern: &str| !(literal && pattern.contains(['*', '?']));
            match key.to_ascii_lowercase().as_str() {
                "aws:sourceaccount" => patterns.any(|pattern| can_fit(&pattern) && like(&pattern, account)),
                "aws:sourcearn" => patterns.any(|pattern| can_fit(&pattern) && begins(&pattern, source_arn)),
                _ => true,
            }
        })
    })
}

/// IAM takes a number in a text's place.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Whether the ARN of some resource below `source_arn` fits a pattern.
fn begins(pattern: &str, source_arn: &str) -> bool {
    like(pattern, &format!("{source_arn}:"))
        || pattern.rsplit_once(':').is_some_and(|(beginning, _)| like(beginning, source_arn))
}

/// Whether the text fits a pattern, in which `*` is any text and `?` any character.
fn like(pattern: &str, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    // At each place: whether the pattern so far fits what comes before it.
    let mut fits = vec![false; text.len() + 1];
    fits[0] = true;
    for wanted in pattern.chars() {
        if wanted == '*' {
            let first = fits.iter().position(|fits| *fits).unwrap_or(fits.len());
            fits[first..].fill(true);
        } else {
            for place in (0..text.len()).rev() {
                fits[place + 1] = fits[place] && (wanted == '?' || wanted == text[place]);
            }
            fits[0] = false;
        }
    }
    fits[text.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fits(condition: &Value) -> bool {
        source_fits(condition, "123456789012", "arn:aws:ssm:ap-northeast-1:123456789012")
    }

    #[test]
    fn patterns_have_any_text_and_any_character() {
        for (pattern, text) in [("*", ""), ("a*c", "abbc"), ("a*c", "ac"), ("a?c", "abc"), ("**b", "ab")] {
            assert!(like(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("", "a"), ("a*c", "acb"), ("a?c", "ac"), ("ab", "abc"), ("abc", "ab")] {
            assert!(!like(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn the_account_must_be_among_those_named() {
        assert!(fits(&Value::Null));
        for account in
            [json!("123456789012"), json!(["210987654321", "123456789012"]), json!(123_456_789_012_u64)]
        {
            assert!(fits(&json!({"StringEquals": {"aws:SourceAccount": account}})), "{account}");
        }
        assert!(fits(&json!({"StringLike": {"AWS:sourceaccount": "12345678901?"}})));
        assert!(fits(&json!({"StringEqualsIfExists": {"aws:SourceAccount": "123456789012"}})));
        for wrong in ["210987654321", "*", "12345678901?"] {
            assert!(!fits(&json!({"StringEquals": {"aws:SourceAccount": wrong}})), "{wrong}");
        }
        assert!(!fits(&json!({"StringLike": {"aws:SourceAccount": ["2*", "3*"]}})));
    }

    #[test]
    fn the_arn_must_be_possible_here() {
        for operator in ["ArnEquals", "ArnLike", "StringLike"] {
            let fits = |arn: &str| fits(&json!({operator: {"aws:SourceArn": arn}}));
            for arn in [
                "*",
                "arn:aws:ssm:*",
                "arn:aws:ssm:*:123456789012:*",
                "arn:*:ssm:ap-northeast-?:*:managed-instance/*",
                "arn:aws:ssm:ap-northeast-1:123456789012:managed-instance/mi-0123456789abcdef0",
            ] {
                assert!(fits(arn), "{operator} {arn}");
            }
            for arn in [
                "arn:aws:ssm:us-east-1:123456789012:*",
                "arn:aws:ssm:*:210987654321:*",
                "arn:aws:ec2:*:123456789012:*",
                "arn:aws:ssm:ap-northeast-1:123456789012",
            ] {
                assert!(!fits(arn), "{operator} {arn}");
            }
        }
        assert!(!fits(
            &json!({"StringEquals": {"aws:SourceArn": "arn:aws:ssm:ap-northeast-1:123456789012:*"}})
        ));
    }

    #[test]
    fn each_condition_must_hold_and_others_are_not_judged() {
        let account = json!({"aws:SourceAccount": "123456789012"});
        let arn = |region: &str| json!({"aws:SourceArn": format!("arn:aws:ssm:{region}:123456789012:*")});
        assert!(fits(&json!({"StringEquals": account, "ArnEquals": arn("*")})));
        assert!(!fits(&json!({"StringEquals": account, "ArnEquals": arn("us-east-1")})));
        assert!(fits(
            &json!({"Bool": {"aws:SecureTransport": "true"}, "StringEquals": {"sts:ExternalId": "x"}})
        ));
    }
}
