//! Trust policies: whether one is well-formed, and whether it lets Systems Manager assume its role.

use regex::Regex;
use serde_json::Value;

use crate::wire::errors::ServiceError;

const SSM: &str = "ssm.amazonaws.com";

/// Checks a trust policy's grammar.
///
/// # Errors
/// `MalformedPolicyDocument`, naming what is wrong.
pub(super) fn check(document: &str) -> Result<(), ServiceError> {
    let policy: Value =
        serde_json::from_str(document).map_err(|_| malformed("This policy contains invalid Json"))?;
    if policy.get("Version").is_some_and(|version| version != "2012-10-17" && version != "2008-10-17") {
        return Err(malformed("The policy must contain a valid version string"));
    }
    let statements = statements(&policy);
    if statements.is_empty() {
        return Err(malformed("Missing required field Statement"));
    }
    statements.into_iter().try_for_each(check_statement)
}

fn check_statement(statement: &Value) -> Result<(), ServiceError> {
    if !statement.is_object() {
        return Err(malformed("Syntax errors in policy."));
    }
    match statement.get("Effect").and_then(Value::as_str) {
        Some("Allow" | "Deny") => {}
        Some(other) => return Err(malformed(&format!("Invalid effect: {other}"))),
        None => return Err(malformed("Missing required field Effect")),
    }
    for [field, inverse] in [["Principal", "NotPrincipal"], ["Action", "NotAction"]] {
        if statement.get(field).is_none() && statement.get(inverse).is_none() {
            return Err(malformed(&format!("Missing required field {field}")));
        }
    }
    for field in ["Resource", "NotResource"] {
        if statement.get(field).is_some() {
            return Err(malformed(&format!("Has prohibited field {field}")));
        }
    }
    Ok(())
}

/// Whether the policy of an account's role lets `ssm.amazonaws.com` assume it. Conditions on the source account and the
/// source ARN must fit the account and what is in its Region.
pub(crate) fn trusts_ssm(document: &str, account_id: &str, region: &str) -> bool {
    let Ok(policy) = serde_json::from_str::<Value>(document) else { return false };
    statements(&policy).into_iter().any(|statement| {
        statement["Effect"] == "Allow"
            && strings(&statement["Principal"]["Service"]).contains(&SSM)
            && strings(&statement["Action"]).iter().any(|action| assumes(action))
            && source_fits(&statement["Condition"], account_id, region)
    })
}

fn assumes(action: &str) -> bool {
    ["sts:assumerole", "sts:*", "*"].contains(&action.to_lowercase().as_str())
}

fn source_fits(condition: &Value, account_id: &str, region: &str) -> bool {
    let Some(operators) = condition.as_object() else { return true };
    let arn = format!("arn:aws:ssm:{region}:{account_id}");
    operators.iter().all(|(operator, keys)| {
        let literal = match operator.strip_suffix("IfExists").unwrap_or(operator) {
            "StringEquals" => true,
            "StringLike" | "ArnEquals" | "ArnLike" => false,
            _ => return true,
        };
        keys.as_object().into_iter().flatten().all(|(key, patterns)| {
            // No account and no ARN has a wildcard's character.
            let mut patterns =
                strings(patterns).into_iter().filter(|text| !literal || !text.contains(['*', '?']));
            match key.to_lowercase().as_str() {
                "aws:sourceaccount" => patterns.any(|pattern| like(pattern, account_id)),
                "aws:sourcearn" => patterns.any(|pattern| begins(pattern, &arn)),
                _ => true,
            }
        })
    })
}

/// Whether the ARN of some resource fits; which one asks is not known when a role is given.
fn begins(pattern: &str, arn: &str) -> bool {
    like(pattern, &format!("{arn}:")) || pattern.rsplit_once(':').is_some_and(|(head, _)| like(head, arn))
}

/// IAM's wildcards: `*` is any text, `?` any character.
fn like(pattern: &str, text: &str) -> bool {
    let pattern = regex::escape(pattern).replace(r"\*", ".*").replace(r"\?", ".");
    Regex::new(&format!(r"(?s)\A{pattern}\z")).is_ok_and(|pattern| pattern.is_match(text))
}

/// A policy's statements: one alone needs no list.
fn statements(policy: &Value) -> Vec<&Value> {
    one_or_many(policy.get("Statement").unwrap_or(&Value::Null))
}

fn strings(value: &Value) -> Vec<&str> {
    one_or_many(value).into_iter().filter_map(Value::as_str).collect()
}

fn one_or_many(value: &Value) -> Vec<&Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(values) => values.iter().collect(),
        one => vec![one],
    }
}

fn malformed(message: &str) -> ServiceError {
    ServiceError::new("MalformedPolicyDocument", message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn trust(statement: &Value) -> String {
        json!({"Version": "2012-10-17", "Statement": statement}).to_string()
    }

    #[test]
    fn the_documented_trust_policy_is_trusted() {
        let document = trust(&json!([{
            "Effect": "Allow",
            "Principal": {"Service": ["ec2.amazonaws.com", "ssm.amazonaws.com"]},
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": {"aws:SourceAccount": "123456789012"},
                "ArnEquals": {"aws:SourceArn": "arn:aws:ssm:ap-northeast-1:123456789012:*"},
            },
        }]));
        assert_eq!(check(&document), Ok(()));
        assert!(trusts_ssm(&document, "123456789012", "ap-northeast-1"));
        assert!(!trusts_ssm(&document, "210987654321", "ap-northeast-1"));
        assert!(!trusts_ssm(&document, "123456789012", "us-east-1"));
    }

    #[test]
    fn the_source_may_be_named_with_wildcards() {
        let trusted = |condition: Value| {
            let statement = json!({
                "Effect": "Allow", "Principal": {"Service": SSM}, "Action": "sts:AssumeRole", "Condition": condition,
            });
            trusts_ssm(&trust(&statement), "123456789012", "us-east-1")
        };
        assert!(trusted(json!({"ArnLike": {"aws:SourceArn": "arn:aws:ssm:*:123456789012:*"}})));
        assert!(trusted(json!({"StringLike": {"AWS:SourceARN": ["x", "arn:aws:ssm:us-east-?:*"]}})));
        assert!(trusted(json!({"StringLike": {"aws:SourceAccount": "12345*"}, "Bool": {"a:B": "true"}})));
        assert!(!trusted(json!({"ArnLike": {"aws:SourceArn": "arn:aws:ssm:*:210987654321:*"}})));
        assert!(!trusted(json!({"StringEquals": {"aws:SourceArn": "arn:aws:ssm:us-east-1:123456789012:*"}})));
        assert!(!trusted(json!({"StringEquals": {"aws:SourceAccount": "12345*"}})));
    }

    #[test]
    fn others_are_not() {
        let ec2 = json!({"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"});
        let deny = json!({"Effect": "Deny", "Principal": {"Service": "ssm.amazonaws.com"}, "Action": "sts:AssumeRole"});
        let tag = json!({"Effect": "Allow", "Principal": {"Service": "ssm.amazonaws.com"}, "Action": "sts:TagSession"});
        for statement in [ec2, deny, tag] {
            assert!(!trusts_ssm(&trust(&statement), "123456789012", "us-east-1"), "{statement}");
        }
    }

    #[test]
    fn a_policy_that_is_none_is_named() {
        let whole = json!({"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"});
        let without = |field: &str| {
            let mut statement = whole.clone();
            statement.as_object_mut().unwrap().remove(field);
            trust(&statement)
        };
        for (document, words) in [
            ("{".to_owned(), "invalid Json"),
            ("{}".to_owned(), "Statement"),
            (json!({"Version": "2020-01-01", "Statement": [whole]}).to_string(), "version"),
            (without("Effect"), "Effect"),
            (without("Principal"), "Principal"),
            (without("Action"), "Action"),
            (trust(&json!(["x"])), "Syntax"),
        ] {
            let error = check(&document).unwrap_err();
            assert_eq!(error.code, "MalformedPolicyDocument");
            assert!(error.message.unwrap().contains(words), "{document}");
        }
    }
}
