//! What somebody may publish: by their rule, and by the token that acts for them.

use serde::{Deserialize, Serialize};

use super::rule::PublisherRule;
use crate::errors::{FieldError, Rule};
use crate::packages::drafts::{Contents, DraftChange};

/// What somebody may publish. Admins have no rule; only a token has a scope.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    /// The rule that an admin has set.
    pub rule: Option<PublisherRule>,
    /// What names of packages begin with, as far as a token says; none for any.
    pub scope: Vec<String>,
}

impl Rights {
    /// What speaks against a package's name.
    #[must_use]
    pub fn name_rule(&self, name: &str) -> Option<Rule> {
        let scope = PublisherRule { names: self.scope.clone(), ..PublisherRule::default() };
        self.rule.as_ref().and_then(|rule| rule.name_rule(name)).or_else(|| scope.name_rule(name))
    }

    /// What speaks against a place, at the field that it can be mended in. What is not given yet is not judged.
    #[must_use]
    pub fn place_error(&self, bucket: &str, prefix: &str) -> Option<FieldError> {
        let rule = self.rule.as_ref()?;
        if bucket.is_empty() || rule.allows_place(bucket, prefix) {
            return None;
        }
        // What has a slash was given as an address.
        let field = if bucket.contains('/') {
            "s3_url"
        } else if rule.allows_bucket(bucket) {
            "prefix"
        } else {
            "bucket"
        };
        Some(FieldError { field: field.to_owned(), rule: Rule::AllowedPlace { places: rule.place_names() } })
    }

    /// What speaks against changes of a draft, by field.
    #[must_use]
    pub fn change_errors(&self, changes: &[DraftChange]) -> Vec<FieldError> {
        let error = |change: &DraftChange| match change {
            DraftChange::Details { name, .. } => self.name_error(name),
            DraftChange::Location { bucket, prefix } => self.place_error(bucket, prefix),
            _ => None,
        };
        changes.iter().filter_map(error).collect()
    }

    /// What speaks against a draft as it is, by field.
    #[must_use]
    pub fn draft_errors(&self, contents: &Contents) -> Vec<FieldError> {
        let errors = [self.name_error(&contents.name), self.place_error(&contents.bucket, &contents.prefix)];
        errors.into_iter().flatten().collect()
    }

    fn name_error(&self, name: &str) -> Option<FieldError> {
        let rule = if name.is_empty() { None } else { self.name_rule(name) };
        rule.map(|rule| FieldError { field: "name".to_owned(), rule })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packages::location::Location;

    fn rights() -> Rights {
        let place = Location { bucket: "packages".to_owned(), prefix: "web".to_owned() };
        let rule = PublisherRule { places: vec![place], names: vec!["Web-".to_owned()], quota_mib: None };
        Rights { rule: Some(rule), scope: vec!["Web-Tool".to_owned()] }
    }

    fn fields(errors: Vec<FieldError>) -> Vec<String> {
        errors.into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn a_token_narrows_what_the_rule_allows() {
        let rights = rights();
        assert_eq!(rights.name_rule("Web-Tool-2"), None);
        let beginning = |text: &str| Some(Rule::BeginsWith { prefixes: vec![text.to_owned()] });
        assert_eq!(rights.name_rule("Web-Other"), beginning("Web-Tool"));
        assert_eq!(rights.name_rule("Db-Tool"), beginning("Web-"));
        assert_eq!(Rights::default().name_rule("Db-Tool"), None);
    }

    #[test]
    fn what_is_not_allowed_is_told_at_its_field() {
        let rights = rights();
        let details = |name: &str| DraftChange::Details {
            name: name.to_owned(),
            version_name: String::new(),
            publisher: String::new(),
        };
        let place = |bucket: &str, prefix: &str| DraftChange::Location {
            bucket: bucket.to_owned(),
            prefix: prefix.to_owned(),
        };
        assert_eq!(fields(rights.change_errors(&[details("Db"), place("other", "web")])), ["name", "bucket"]);
        assert_eq!(fields(rights.change_errors(&[details(""), place("packages", "db")])), ["prefix"]);
        assert_eq!(fields(rights.change_errors(&[place("packages/db", "web")])), ["s3_url"]);
        assert!(
            rights
                .change_errors(&[details("Web-Tool"), place("", ""), place("packages", "web/1")])
                .is_empty()
        );
        assert!(Rights::default().change_errors(&[details("Db"), place("other", "")]).is_empty());
    }
}
