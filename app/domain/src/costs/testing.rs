//! What the calculators' tests share.

use rust_decimal::Decimal;

use super::Fields;
use super::number::parse;
use crate::errors::{FieldError, Rule};

/// One broken rule.
pub fn broken(field: &str, rule: Rule) -> Vec<FieldError> {
    vec![FieldError { field: field.to_owned(), rule }]
}

/// The fields with another value in one of them.
pub fn set(fields: &Fields, name: &str, value: &str) -> Fields {
    let others = fields.pairs().iter().filter(|(known, _)| known != name).cloned();
    Fields::new(others.chain([(name.to_owned(), value.to_owned())]))
}

/// A number.
pub fn number(text: &str) -> Decimal {
    parse(text).unwrap()
}
