//! The create form's rules, the same in the browser and on the server but for [`tags::name_characters`].

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::{MAX_DESCRIPTION_LENGTH, MAX_EXPIRY_DAYS, MAX_INSTANCE_NAME_LENGTH, REGISTRATION_LIMIT};
use crate::errors::{ApiError, FieldError, Rule};
use crate::iam_roles::{DEFAULT_ROLE, role_rule};
use crate::tags::{self, Tag, text_rule};

/// Which role the nodes of an activation work under.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActivationRole {
    /// The system's default role, created on first use.
    #[default]
    Default,
    /// A role that exists already.
    Existing,
}

/// The create form as a person filled it in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewActivation {
    /// Activation description: ≤256 characters, optional.
    pub description: String,
    /// Instance limit: a whole number, 1–1000; empty means 1.
    pub registration_limit: String,
    /// Default role or an existing one.
    pub role: ActivationRole,
    /// The existing role's path and name; counts only with [`ActivationRole::Existing`].
    pub iam_role: String,
    /// Activation expiry date as typed into `datetime-local`; empty means 24 hours from now.
    pub expires: String,
    /// IANA name of the zone in which `expires` was typed, such as `Asia/Tokyo`.
    pub time_zone: String,
    /// Default instance name: ≤256 characters, optional.
    pub default_instance_name: String,
    /// Tag rows; those left empty do not count.
    pub tags: Vec<Tag>,
    /// Tells a form that is sent twice from two forms: random, made with the form.
    pub submission: String,
}

/// A request that satisfies every rule that can be known without asking AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidActivation {
    /// What it is for.
    pub description: Option<String>,
    /// 1–1000.
    pub registration_limit: u32,
    /// Path and name.
    pub iam_role: String,
    /// Whether `iam_role` is the system's default role, to be created when missing.
    pub default_role: bool,
    /// No later than 30 days from now; `None` leaves AWS's default of 24 hours.
    pub expires: Option<OffsetDateTime>,
    /// The name that the nodes get.
    pub default_instance_name: Option<String>,
    /// At most 50.
    pub tags: Vec<Tag>,
}

impl NewActivation {
    /// Checks every field. `to_utc` turns what was typed as expiry, and its zone, into a time; `None` if it is no
    /// such time.
    ///
    /// # Errors
    /// [`ApiError::Invalid`] with every broken rule at its field.
    pub fn validate(
        &self,
        now: OffsetDateTime,
        to_utc: impl FnOnce(&str, &str) -> Option<OffsetDateTime>,
    ) -> Result<ValidActivation, ApiError> {
        let mut fields = Vec::new();
        let mut check = |field: &str, rule: Option<Rule>| {
            fields.extend(rule.map(|rule| FieldError { field: field.to_owned(), rule }));
        };

        let description = self.description.trim();
        let too_long = description.chars().count() > MAX_DESCRIPTION_LENGTH as usize;
        check("description", too_long.then_some(Rule::MaxLength { max: MAX_DESCRIPTION_LENGTH }));

        let limit = parse_limit(&self.registration_limit);
        check("registration_limit", limit.clone().err());

        let default_role = self.role == ActivationRole::Default;
        let iam_role = if default_role { DEFAULT_ROLE } else { self.iam_role.trim() };
        check("iam_role", role_rule(iam_role));

        let expires = if self.expires.trim().is_empty() {
            Ok(None)
        } else {
            parse_expiry(to_utc(self.expires.trim(), &self.time_zone), now).map(Some)
        };
        check("expires", expires.clone().err());

        let name = self.default_instance_name.trim();
        check("default_instance_name", text_rule(name, MAX_INSTANCE_NAME_LENGTH));

        let tags = tags::validate(&self.tags);
        if let Err(errors) = &tags {
            fields.extend(errors.iter().cloned());
        }
        match (limit, expires, tags) {
            (Ok(registration_limit), Ok(expires), Ok(tags)) if fields.is_empty() => Ok(ValidActivation {
                description: non_empty(description),
                registration_limit,
                iam_role: iam_role.to_owned(),
                default_role,
                expires,
                default_instance_name: non_empty(name),
                tags,
            }),
            _ => Err(ApiError::Invalid { fields }),
        }
    }
}

fn non_empty(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn parse_limit(text: &str) -> Result<u32, Rule> {
    let limit = match text.trim() {
        "" => Some(*REGISTRATION_LIMIT.start()),
        text => text.parse().ok().filter(|limit| REGISTRATION_LIMIT.contains(limit)),
    };
    limit.ok_or(Rule::Range { min: *REGISTRATION_LIMIT.start(), max: *REGISTRATION_LIMIT.end() })
}

fn parse_expiry(at: Option<OffsetDateTime>, now: OffsetDateTime) -> Result<OffsetDateTime, Rule> {
    match at {
        None => Err(Rule::DateTime),
        Some(at) if at <= now => Err(Rule::InFuture),
        Some(at) if at > now + Duration::days(i64::from(MAX_EXPIRY_DAYS)) => {
            Err(Rule::WithinDays { days: MAX_EXPIRY_DAYS })
        }
        Some(at) => Ok(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);

    fn validate(
        form: &NewActivation,
        at: Option<OffsetDateTime>,
    ) -> Result<ValidActivation, Vec<(String, Rule)>> {
        form.validate(NOW, |_, _| at).map_err(|error| match error {
            ApiError::Invalid { fields } => fields.into_iter().map(|f| (f.field, f.rule)).collect(),
            other => panic!("{other:?}"),
        })
    }

    fn rule_of(form: &NewActivation, at: Option<OffsetDateTime>) -> (String, Rule) {
        let mut errors = validate(form, at).unwrap_err();
        assert_eq!(errors.len(), 1, "{errors:?}");
        errors.remove(0)
    }

    #[test]
    fn an_empty_form_is_a_valid_one() {
        let valid = validate(&NewActivation::default(), None).unwrap();
        assert_eq!(valid.registration_limit, 1);
        assert_eq!(valid.iam_role, DEFAULT_ROLE);
        assert!(valid.default_role);
        assert_eq!(valid.expires, None);
        assert_eq!(valid.description, None);
    }

    #[test]
    fn the_limit_is_a_whole_number_from_1_to_1000() {
        for text in ["0", "1001", "-1", "1.5", "ten", "99999999999"] {
            let form = NewActivation { registration_limit: text.to_owned(), ..Default::default() };
            let expected = ("registration_limit".to_owned(), Rule::Range { min: 1, max: 1000 });
            assert_eq!(rule_of(&form, None), expected, "{text}");
        }
        let form = NewActivation { registration_limit: " 1000 ".to_owned(), ..Default::default() };
        assert_eq!(validate(&form, None).unwrap().registration_limit, 1000);
    }

    #[test]
    fn expiry_is_ahead_but_not_too_far() {
        let form = NewActivation { expires: "2026-11-23T12:00".to_owned(), ..Default::default() };
        let rule = |at| rule_of(&form, at).1;
        assert_eq!(rule(None), Rule::DateTime);
        assert_eq!(rule(Some(NOW)), Rule::InFuture);
        assert_eq!(
            rule(Some(NOW + Duration::days(30) + Duration::seconds(1))),
            Rule::WithinDays { days: 30 }
        );
        let latest = NOW + Duration::days(30);
        assert_eq!(validate(&form, Some(latest)).unwrap().expires, Some(latest));
    }

    #[test]
    fn a_role_is_a_name_not_an_arn() {
        let rule = |name: &str| {
            let role = ActivationRole::Existing;
            rule_of(&NewActivation { role, iam_role: name.to_owned(), ..Default::default() }, None).1
        };
        assert_eq!(rule("  "), Rule::Required);
        assert_eq!(rule("arn:aws:iam::123456789012:role/BB"), Rule::NotArn);
        assert_eq!(rule("BB Hybrid"), Rule::RoleName);
        assert_eq!(rule(&"r".repeat(65)), Rule::MaxLength { max: 64 });
    }

    #[test]
    fn every_broken_field_is_told_at_once() {
        let form = NewActivation {
            description: "d".repeat(257),
            registration_limit: "0".to_owned(),
            default_instance_name: "a<b".to_owned(),
            tags: vec![Tag { key: "aws:x".to_owned(), value: String::new() }],
            ..Default::default()
        };
        let fields: Vec<_> = validate(&form, None).unwrap_err().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["description", "registration_limit", "default_instance_name", "tags.0.key"]);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_valid_within_the_limits_or_told(
            description in ".{0,300}", limit in ".{0,8}", name in ".{0,300}", key in ".{0,140}",
        ) {
            let form = NewActivation {
                description, registration_limit: limit, default_instance_name: name,
                tags: vec![Tag { key, value: String::new() }],
                ..Default::default()
            };
            match validate(&form, None) {
                Ok(valid) => {
                    prop_assert!(REGISTRATION_LIMIT.contains(&valid.registration_limit));
                    prop_assert!(valid.description.is_none_or(|d| d.chars().count() <= 256));
                    prop_assert!(valid.default_instance_name.is_none_or(|n| n.chars().count() <= 256));
                }
                Err(errors) => prop_assert!(!errors.is_empty()),
            }
        }
    }
}
