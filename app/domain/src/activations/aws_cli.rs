//! The same with the AWS CLI, for those who keep their set-up as scripts.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{Activation, ValidActivation};
use crate::aws_cli::{tags_json, word};
use crate::registration::posix_quote;

impl ValidActivation {
    /// The command that creates this activation.
    #[must_use]
    pub fn create_command(&self, region: &str) -> String {
        let mut options = vec![
            format!("--region {}", word(region)),
            format!("--iam-role {}", word(&self.iam_role)),
            format!("--registration-limit {}", self.registration_limit),
        ];
        if let Some(description) = &self.description {
            options.push(format!("--description {}", word(description)));
        }
        if let Some(name) = &self.default_instance_name {
            options.push(format!("--default-instance-name {}", word(name)));
        }
        if let Some(at) = self.expires.and_then(rfc3339) {
            options.push(format!("--expiration-date {at}"));
        }
        if !self.tags.is_empty() {
            options.push(format!("--tags {}", posix_quote(&tags_json(&self.tags))));
        }
        format!("aws ssm create-activation \\\n  {}", options.join(" \\\n  "))
    }
}

impl Activation {
    /// The command that deletes this activation.
    #[must_use]
    pub fn delete_command(&self, region: &str) -> String {
        format!("aws ssm delete-activation --region {} --activation-id {}", word(region), word(&self.id))
    }
}

fn rfc3339(at: OffsetDateTime) -> Option<String> {
    at.replace_nanosecond(0).ok()?.format(&Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tags::Tag;
    use time::macros::datetime;

    fn valid() -> ValidActivation {
        ValidActivation {
            description: None,
            registration_limit: 1,
            iam_role: "BB_Hybrid_Activation".to_owned(),
            default_role: false,
            expires: None,
            default_instance_name: None,
            tags: Vec::new(),
        }
    }

    #[test]
    fn only_what_was_given_is_said() {
        assert_eq!(
            valid().create_command("ap-northeast-1"),
            "aws ssm create-activation \\\n  --region ap-northeast-1 \\\n  --iam-role BB_Hybrid_Activation \\\n  --registration-limit 1"
        );
    }

    #[test]
    fn texts_are_quoted_and_times_in_utc() {
        let activation = ValidActivation {
            description: Some("Kyosuke's server".to_owned()),
            default_instance_name: Some("bb ubuntu".to_owned()),
            expires: Some(datetime!(2026-11-23 03:00:00.5 UTC)),
            tags: vec![Tag { key: "site".to_owned(), value: "東京 a=b".to_owned() }],
            ..valid()
        };
        let command = activation.create_command("ap-northeast-1");
        for option in [
            r"--description 'Kyosuke'\''s server'",
            "--default-instance-name 'bb ubuntu'",
            "--expiration-date 2026-11-23T03:00:00Z",
            r#"--tags '[{"Key":"site","Value":"東京 a=b"}]'"#,
        ] {
            assert!(command.contains(option), "{option}: {command}");
        }
    }
}
