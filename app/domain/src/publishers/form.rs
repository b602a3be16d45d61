//! The form that sets a rule.

use serde::{Deserialize, Serialize};

use super::rule::{MAX_ENTRIES, MAX_QUOTA_MIB, PublisherRule};
use super::{lines, name_prefixes};
use crate::errors::{FieldError, Rule};
use crate::packages::location::Location;

/// A rule as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleForm {
    /// `bucket` or `bucket/folder`, a line each.
    pub places: String,
    /// What names begin with, a line each.
    pub names: String,
    /// Room for drafts in MiB; may stay empty.
    pub quota_mib: String,
}

impl RuleForm {
    /// The form of a rule that there is.
    #[must_use]
    pub fn of(rule: &PublisherRule) -> Self {
        Self {
            places: rule.place_names().join("\n"),
            names: rule.names.join("\n"),
            quota_mib: rule.quota_mib.map(|quota| quota.to_string()).unwrap_or_default(),
        }
    }

    /// Reads the fields `places`, `names` and `quota_mib`.
    #[must_use]
    pub fn from_fields(fields: &[(String, String)]) -> Self {
        let value = |name: &str| {
            let found = fields.iter().find(|(found, _)| found == name);
            found.map(|(_, value)| value.replace("\r\n", "\n")).unwrap_or_default()
        };
        Self { places: value("places"), names: value("names"), quota_mib: value("quota_mib") }
    }

    /// The rule that it sets.
    ///
    /// # Errors
    /// Every broken rule at its field.
    pub fn validate(&self) -> Result<PublisherRule, Vec<FieldError>> {
        match (places(&self.places), name_prefixes("names", &self.names), quota(&self.quota_mib)) {
            (Ok(places), Ok(names), Ok(quota_mib)) => Ok(PublisherRule { places, names, quota_mib }),
            (places, names, quota) => {
                Err([places.err(), names.err(), quota.err()].into_iter().flatten().collect())
            }
        }
    }
}

fn places(text: &str) -> Result<Vec<Location>, FieldError> {
    let broken = |rule| FieldError { field: "places".to_owned(), rule };
    let mut places: Vec<Location> = Vec::new();
    for line in lines(text) {
        let line = line.strip_prefix("s3://").unwrap_or(line);
        let (bucket, prefix) = line.split_once('/').unwrap_or((line, ""));
        let place = Location::new(bucket, prefix).map_err(|errors| {
            broken(errors.into_iter().next().map_or(Rule::BucketName, |error| error.rule))
        })?;
        if !places.contains(&place) {
            places.push(place);
        }
    }
    if places.len() > MAX_ENTRIES as usize {
        Err(broken(Rule::TooMany { max: MAX_ENTRIES }))
    } else {
        Ok(places)
    }
}

fn quota(text: &str) -> Result<Option<u32>, FieldError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let number = text.parse().ok().filter(|number| (1..=MAX_QUOTA_MIB).contains(number));
    let rule = Rule::Range { min: 1, max: MAX_QUOTA_MIB };
    number.map(Some).ok_or_else(|| FieldError { field: "quota_mib".to_owned(), rule })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(places: &str, names: &str, quota: &str) -> RuleForm {
        RuleForm { places: places.to_owned(), names: names.to_owned(), quota_mib: quota.to_owned() }
    }

    #[test]
    fn a_rule_is_read_and_written_back() {
        let typed = form("s3://packages/web/\n\nscratch\nscratch", "Web-\n Db-\n", "500");
        let rule = typed.validate().unwrap();
        assert_eq!(rule.place_names(), ["packages/web", "scratch"]);
        assert_eq!(rule.names, ["Db-", "Web-"]);
        assert_eq!(rule.quota_mib, Some(500));
        assert_eq!(RuleForm::of(&rule).validate(), Ok(rule));
        assert_eq!(form("", " \n", "").validate(), Ok(PublisherRule::default()));
    }

    #[test]
    fn every_wrong_field_is_told() {
        let errors = form("No Bucket", "a b", "0").validate().unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["places", "names", "quota_mib"]);
        let rule = |form: RuleForm| form.validate().unwrap_err().remove(0).rule;
        assert_eq!(rule(form("packages/a b", "", "")), Rule::KeyPrefix);
        assert_eq!(rule(form("", "aws-", "")), Rule::AwsOwnedName);
        let many = (0..=MAX_ENTRIES).map(|number| format!("n{number}\n")).collect::<String>();
        assert_eq!(rule(form("", &many, "")), Rule::TooMany { max: MAX_ENTRIES });
    }
}
