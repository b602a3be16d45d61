//! The create form as the fields of an HTML form, and as the copy of an activation.

use super::{Activation, ActivationRole, NewActivation};
use crate::iam_roles::DEFAULT_ROLE;
use crate::tags::TagFields;

impl NewActivation {
    /// Reads the fields of the form, named as the members are; tag rows are `tags[0][key]` and `tags[0][value]`.
    /// Fields with other names are passed over.
    #[must_use]
    pub fn from_fields(fields: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut form = Self::default();
        let mut rows = TagFields::default();
        for (name, value) in fields {
            match name.as_str() {
                // Lines end in two characters where the browser sends the form, and in one where its script reads it.
                "description" => form.description = value.replace("\r\n", "\n"),
                "registration_limit" => form.registration_limit = value,
                "role" => form.role = role_from(&value),
                "iam_role" => form.iam_role = value,
                "expires" => form.expires = value,
                "time_zone" => form.time_zone = value,
                "default_instance_name" => form.default_instance_name = value,
                "submission" => form.submission = value,
                _ => rows.take(&name, value),
            }
        }
        form.tags = rows.into_rows();
        form
    }

    /// The form for another activation like this one. Its expiry is left to the default: the old one is past or soon.
    #[must_use]
    pub fn like(activation: &Activation) -> Self {
        let default_role = activation.iam_role == DEFAULT_ROLE;
        Self {
            description: activation.description.clone().unwrap_or_default(),
            registration_limit: activation.registration_limit.to_string(),
            role: if default_role { ActivationRole::Default } else { ActivationRole::Existing },
            iam_role: if default_role { String::new() } else { activation.iam_role.clone() },
            default_instance_name: activation.default_instance_name.clone().unwrap_or_default(),
            tags: activation.tags.clone(),
            ..Self::default()
        }
    }
}

fn role_from(value: &str) -> ActivationRole {
    if value == "existing" { ActivationRole::Existing } else { ActivationRole::Default }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tags::Tag;

    fn form(fields: &[(&str, &str)]) -> NewActivation {
        NewActivation::from_fields(
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        )
    }

    fn tag(key: &str, value: &str) -> Tag {
        Tag { key: key.to_owned(), value: value.to_owned() }
    }

    #[test]
    fn every_field_is_read() {
        let read = form(&[
            ("description", "Tokyo office"),
            ("registration_limit", "3"),
            ("role", "existing"),
            ("iam_role", "BB_Hybrid_Activation"),
            ("expires", "2026-11-23T12:00"),
            ("time_zone", "Asia/Tokyo"),
            ("default_instance_name", "bb-ubuntu"),
            ("tags[0][key]", "site"),
            ("tags[0][value]", "東京"),
            ("submission", "token"),
            ("other", "ignored"),
        ]);
        let expected = NewActivation {
            description: "Tokyo office".to_owned(),
            registration_limit: "3".to_owned(),
            role: ActivationRole::Existing,
            iam_role: "BB_Hybrid_Activation".to_owned(),
            expires: "2026-11-23T12:00".to_owned(),
            time_zone: "Asia/Tokyo".to_owned(),
            default_instance_name: "bb-ubuntu".to_owned(),
            tags: vec![tag("site", "東京")],
            submission: "token".to_owned(),
        };
        assert_eq!(read, expected);
    }

    #[test]
    fn a_description_is_as_long_with_script_as_without() {
        let (without, with) =
            (form(&[("description", "Tokyo\r\noffice")]), form(&[("description", "Tokyo\noffice")]));
        assert_eq!(without, with);
        assert_eq!(without.description, "Tokyo\noffice");
    }

    #[test]
    fn a_copy_keeps_all_but_the_expiry() {
        let activation = Activation {
            id: "255996e5-f42d-44c8-8fb8-eb17f76696bc".to_owned(),
            description: Some("Tokyo office".to_owned()),
            default_instance_name: None,
            iam_role: DEFAULT_ROLE.to_owned(),
            registration_limit: 5,
            registrations: 5,
            expires: Some(time::OffsetDateTime::UNIX_EPOCH),
            expired: true,
            created: None,
            tags: vec![tag("site", "東京")],
        };
        let copy = NewActivation::like(&activation);
        assert_eq!((copy.description.as_str(), copy.registration_limit.as_str()), ("Tokyo office", "5"));
        assert_eq!((copy.role, copy.iam_role.as_str()), (ActivationRole::Default, ""));
        assert_eq!((copy.expires.as_str(), copy.tags), ("", vec![tag("site", "東京")]));
        let existing =
            NewActivation::like(&Activation { iam_role: "BB_Hybrid_Activation".to_owned(), ..activation });
        assert_eq!(
            (existing.role, existing.iam_role.as_str()),
            (ActivationRole::Existing, "BB_Hybrid_Activation")
        );
    }
}
