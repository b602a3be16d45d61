//! Form fields: label, explanation, control, limits, and the error where it belongs.
//!
//! Controls are uncontrolled: the server renders the initial value, the browser owns what is typed, and a signal
//! follows it. So nothing typed before the script arrived is lost.

mod checkbox;
mod field;
mod inputs;
mod radio;
mod released;
mod summary;
mod tag_editor;

pub use checkbox::Checkbox;
pub use field::{FormField, field_id};
pub use inputs::{DateTimeInput, Select, SelectOption, TextArea, TextInput};
pub use radio::{RadioGroup, RadioOption};
#[cfg(feature = "hydrate")]
pub use released::once_released;
pub use summary::ErrorSummary;
pub use tag_editor::{TagEditor, TagRows};

use domain::errors::{ApiError, FieldError, Rule};
use leptos::prelude::*;

use crate::error_text::rule_text;
use crate::page::use_language;

/// The broken rules of a form, by field.
#[derive(Clone, Copy, Debug, Default)]
pub struct FormErrors(RwSignal<Vec<FieldError>>);

impl FormErrors {
    /// With what an earlier attempt has broken.
    #[must_use]
    pub fn new(errors: Vec<FieldError>) -> Self {
        Self(RwSignal::new(errors))
    }

    /// Takes the field errors of a failure. `false` when it has none: it then belongs in the flash bar.
    #[must_use]
    pub fn take(self, error: &ApiError) -> bool {
        let fields = if let ApiError::Invalid { fields } = error { fields.clone() } else { Vec::new() };
        let any = !fields.is_empty();
        self.0.set(fields);
        any
    }

    /// Forgets every error.
    pub fn clear(self) {
        self.0.set(Vec::new());
    }

    /// A field was left, and `broken` is all that is wrong with the form now: shows that field's errors, and those of
    /// other fields that were shown before and still hold.
    pub fn left(self, field: &str, broken: Vec<FieldError>) {
        self.0.update(|shown| *shown = standing(broken, shown, field));
    }

    /// Every error, in the form's order.
    #[must_use]
    pub fn all(self) -> Signal<Vec<FieldError>> {
        self.0.into()
    }

    /// The sentence at a field, when a rule is broken there.
    #[must_use]
    pub fn at(self, field: impl Into<String>) -> Signal<Option<String>> {
        let (language, field) = (use_language(), field.into());
        Signal::derive(move || {
            self.0.with(|errors| {
                errors.iter().find(|e| e.field == field).map(|error| rule_text(language, &error.rule))
            })
        })
    }
}

/// The errors to show after a field was left, in the form's order. What only the server knows holds until its field
/// is left.
fn standing(broken: Vec<FieldError>, before: &[FieldError], left: &str) -> Vec<FieldError> {
    let told =
        before.iter().filter(|error| error.rule == Rule::AssumableRole && error.field != left).cloned();
    let shown = |error: &FieldError| before.iter().any(|other| other.field == error.field);
    broken.into_iter().filter(|error| error.field == left || shown(error)).chain(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(field: &str, rule: Rule) -> FieldError {
        FieldError { field: field.to_owned(), rule }
    }

    #[test]
    fn a_left_field_tells_its_own_errors_only() {
        let broken = vec![error("limit", Rule::Required), error("name", Rule::NameCharacters)];
        assert_eq!(standing(broken, &[], "name"), [error("name", Rule::NameCharacters)]);
    }

    #[test]
    fn errors_shown_before_stay_in_order_while_they_hold() {
        let before = [error("limit", Rule::Required), error("name", Rule::NameCharacters)];
        let broken = vec![error("limit", Rule::Required), error("expires", Rule::InFuture)];
        let expected = [error("limit", Rule::Required), error("expires", Rule::InFuture)];
        assert_eq!(standing(broken, &before, "expires"), expected);
    }

    #[test]
    fn what_the_server_told_holds_until_its_field_is_left() {
        let before = [error("iam_role", Rule::AssumableRole)];
        assert_eq!(standing(Vec::new(), &before, "name"), before);
        assert_eq!(standing(Vec::new(), &before, "iam_role"), []);
    }
}
