//! What a package and its versions may be called.

use time::OffsetDateTime;

use crate::errors::Rule;

/// Length of a package's name (SSM API: `DocumentName` 3–128).
pub const NAME_LENGTH: (u32, u32) = (3, 128);
/// Length of a version's name (SSM API: `DocumentVersionName` 1–128).
pub const VERSION_LENGTH: (u32, u32) = (1, 128);
/// Beginnings of names that belong to AWS, in any case (SSM API: `CreateDocument`).
pub const RESERVED_PREFIXES: [&str; 3] = ["aws", "amazon", "amzn"];

/// The rule that a new package's name breaks, if any.
#[must_use]
pub fn name_rule(name: &str) -> Option<Rule> {
    identifier_rule(name, NAME_LENGTH).or_else(|| is_reserved(name).then_some(Rule::AwsOwnedName))
}

/// The rule that a version's name breaks, if any. Where none is given, see [`auto_version`].
#[must_use]
pub fn version_rule(name: &str) -> Option<Rule> {
    identifier_rule(name, VERSION_LENGTH)
}

/// The rule that the name of another version breaks, if any: nothing is fine, and no name stands twice (SSM API:
/// `DuplicateDocumentVersionName`).
pub fn new_version_rule<'a>(name: &str, taken: impl IntoIterator<Item = &'a str>) -> Option<Rule> {
    if name.is_empty() {
        return None;
    }
    version_rule(name).or_else(|| taken.into_iter().any(|taken| taken == name).then_some(Rule::NameTaken))
}

/// Whether names of packages can begin with this.
#[must_use]
pub fn is_name_prefix(text: &str) -> bool {
    identifier_rule(text, (1, NAME_LENGTH.1)).is_none() && !is_reserved(text)
}

/// Whether a name is one that only AWS may give.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    let begins =
        |prefix: &&str| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    RESERVED_PREFIXES.iter().any(begins)
}

/// The manifest's version where no version name was given, as the AWS console writes it. The document's own version
/// name stays empty then, so that nodes can ask for such a version only as the default.
#[must_use]
pub fn auto_version(now: OffsetDateTime) -> String {
    format!("Auto-Generated-{}", now.unix_timestamp_nanos() / 1_000_000)
}

/// The rule of letters, digits, `_`, `-`, `.` and length that a text breaks, if any.
pub(super) fn identifier_rule(text: &str, (min, max): (u32, u32)) -> Option<Rule> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_-.".contains(&b);
    let fits = (min as usize..=max as usize).contains(&text.len()) && text.bytes().all(plain);
    match text {
        "" => Some(Rule::Required),
        _ if fits => None,
        _ => Some(Rule::Identifier { min, max }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_package_has_three_to_128_plain_characters() {
        let identifier = Some(Rule::Identifier { min: 3, max: 128 });
        assert_eq!(name_rule(""), Some(Rule::Required));
        assert_eq!(name_rule("Kinesis-Agent_2.0"), None);
        assert_eq!(name_rule(&"k".repeat(128)), None);
        for name in ["ab", &"k".repeat(129), "Kinesis Agent", "キネシス", "a/b/c", " kinesis"] {
            assert_eq!(name_rule(name), identifier, "{name}");
        }
    }

    #[test]
    fn names_of_aws_are_taken_in_any_case() {
        for name in ["AWS-Agent", "aws", "AmazonCloudWatchAgent", "amznTool", "AwSTool"] {
            assert_eq!(name_rule(name), Some(Rule::AwsOwnedName), "{name}");
        }
        for name in ["my-aws-tool", "ama", "Amaz0n"] {
            assert_eq!(name_rule(name), None, "{name}");
        }
    }

    #[test]
    fn a_version_has_one_to_128_plain_characters() {
        assert_eq!(version_rule("1"), None);
        assert_eq!(version_rule("1.0.1-rc_2"), None);
        assert_eq!(version_rule("1.0+1"), Some(Rule::Identifier { min: 1, max: 128 }));
        assert_eq!(version_rule(&"1".repeat(129)), Some(Rule::Identifier { min: 1, max: 128 }));
    }

    #[test]
    fn a_versions_name_stands_once() {
        let taken = ["1.0.0", "1.0.1"];
        assert_eq!(new_version_rule("", taken), None);
        assert_eq!(new_version_rule("1.0.2", taken), None);
        assert_eq!(new_version_rule("1.0.1", taken), Some(Rule::NameTaken));
        assert_eq!(new_version_rule("1 0", taken), Some(Rule::Identifier { min: 1, max: 128 }));
    }

    #[test]
    fn a_version_without_a_name_is_called_by_its_millisecond() {
        let version = auto_version(datetime!(2023-08-21 19:24:15.824_999 UTC));
        assert_eq!(version, "Auto-Generated-1692645855824");
        assert_eq!(version_rule(&version), None);
    }
}
