//! Tokens: random secrets that let a pipeline publish for somebody.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::name_prefixes;
use crate::errors::{FieldError, Rule};

/// What every token begins with, for scanners of leaked secrets to know it by.
pub const TOKEN_PREFIX: &str = "sekisho_";
/// Longest name, in characters.
pub const MAX_TOKEN_NAME: u32 = 64;
/// Longest life, in days.
pub const MAX_TOKEN_DAYS: u32 = 365;

/// A token, as far as it can be known again: not the secret itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// A UUID.
    pub id: String,
    /// Whose it is.
    pub username: String,
    /// What they call it.
    pub name: String,
    /// What names of packages begin with that it publishes; none for any.
    pub names: Vec<String>,
    /// When it was made.
    pub created: OffsetDateTime,
    /// It works until then.
    pub expires: OffsetDateTime,
    /// When it was last used, to the minute.
    pub last_used: Option<OffsetDateTime>,
}

impl Token {
    /// Whether it publishes packages of this name.
    #[must_use]
    pub fn allows(&self, name: &str) -> bool {
        self.names.is_empty() || self.names.iter().any(|prefix| name.starts_with(prefix.as_str()))
    }
}

/// The form that makes a token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenForm {
    /// The form's own token: sent twice, it makes one.
    pub submission: String,
    /// What to call it.
    pub name: String,
    /// What names of packages begin with, a line each; may stay empty.
    pub names: String,
    /// How many days it works.
    pub days: String,
}

/// A token that is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// A UUID: the form's own token.
    pub id: String,
    /// What to call it.
    pub name: String,
    /// What names of packages begin with.
    pub names: Vec<String>,
    /// How many days it works, 1–365.
    pub days: u32,
}

impl TokenForm {
    /// Reads the fields `submission`, `name`, `names` and `days`.
    #[must_use]
    pub fn from_fields(fields: &[(String, String)]) -> Self {
        let value = |name: &str| {
            let found = fields.iter().find(|(found, _)| found == name);
            found.map(|(_, value)| value.replace("\r\n", "\n")).unwrap_or_default()
        };
        Self {
            submission: value("submission"),
            name: value("name"),
            names: value("names"),
            days: value("days"),
        }
    }

    /// The token that it asks for.
    ///
    /// # Errors
    /// Every broken rule at its field.
    pub fn validate(&self) -> Result<NewToken, Vec<FieldError>> {
        match (name(self.name.trim()), name_prefixes("names", &self.names), days(self.days.trim())) {
            (Ok(name), Ok(names), Ok(days)) => {
                Ok(NewToken { id: self.submission.clone(), name, names, days })
            }
            (name, names, days) => Err([name.err(), names.err(), days.err()].into_iter().flatten().collect()),
        }
    }
}

fn name(text: &str) -> Result<String, FieldError> {
    let rule = match text.chars().count() {
        0 => Some(Rule::Required),
        length if length > MAX_TOKEN_NAME as usize => Some(Rule::MaxLength { max: MAX_TOKEN_NAME }),
        _ => None,
    };
    rule.map_or_else(|| Ok(text.to_owned()), |rule| Err(FieldError { field: "name".to_owned(), rule }))
}

fn days(text: &str) -> Result<u32, FieldError> {
    let number = text.parse().ok().filter(|days| (1..=MAX_TOKEN_DAYS).contains(days));
    let rule = Rule::Range { min: 1, max: MAX_TOKEN_DAYS };
    number.ok_or_else(|| FieldError { field: "days".to_owned(), rule })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str, names: &str, days: &str) -> TokenForm {
        let [name, names, days] = [name, names, days].map(str::to_owned);
        TokenForm { submission: String::new(), name, names, days }
    }

    #[test]
    fn a_token_has_a_name_a_scope_and_an_end() {
        let new = form(" CI of web ", "Web-", "90").validate().unwrap();
        assert_eq!((new.name.as_str(), new.names, new.days), ("CI of web", vec!["Web-".to_owned()], 90));
        assert!(form("CI", "", "365").validate().unwrap().names.is_empty());
    }

    #[test]
    fn every_wrong_field_is_told() {
        for (form, field) in [
            (form("", "", "1"), "name"),
            (form(&"x".repeat(65), "", "1"), "name"),
            (form("CI", "a b", "1"), "names"),
            (form("CI", "", "0"), "days"),
            (form("CI", "", "366"), "days"),
            (form("CI", "", ""), "days"),
        ] {
            let errors = form.validate().unwrap_err();
            assert_eq!(
                errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(),
                [field],
                "{form:?}"
            );
        }
        assert_eq!(form("", "a b", "x").validate().unwrap_err().len(), 3);
    }
}
