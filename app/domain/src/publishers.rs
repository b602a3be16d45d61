//! What publishers may do, as admins set it, and the tokens that act for them in pipelines.

mod form;
mod rights;
mod rule;
mod token;

pub use form::RuleForm;
pub use rights::Rights;
pub use rule::{MAX_ENTRIES, MAX_QUOTA_MIB, Publisher, PublisherRule, PublisherRules};
pub use token::{MAX_TOKEN_DAYS, MAX_TOKEN_NAME, NewToken, TOKEN_PREFIX, Token, TokenForm};

/// The lines of a text area in which something stands.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// What a package's name may begin with, a line each.
fn name_prefixes(field: &str, text: &str) -> Result<Vec<String>, crate::errors::FieldError> {
    use crate::errors::{FieldError, Rule};
    use crate::packages::name::{NAME_LENGTH, is_name_prefix};

    let broken = |rule| FieldError { field: field.to_owned(), rule };
    let mut names: Vec<_> = lines(text).map(str::to_owned).collect();
    if let Some(wrong) = names.iter().find(|name| !is_name_prefix(name)) {
        let reserved = crate::packages::name::is_reserved(wrong);
        let rule =
            if reserved { Rule::AwsOwnedName } else { Rule::Identifier { min: 1, max: NAME_LENGTH.1 } };
        return Err(broken(rule));
    }
    names.sort();
    names.dedup();
    if names.len() > MAX_ENTRIES as usize {
        Err(broken(Rule::TooMany { max: MAX_ENTRIES }))
    } else {
        Ok(names)
    }
}
