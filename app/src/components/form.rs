//! Form fields: label, explanation, control, limits, and the error where it belongs.
//!
//! Controls are uncontrolled: the server renders the initial value, the browser owns what is typed, and a signal
//! follows it. So nothing typed before the script arrived is lost.

mod field;
mod inputs;
mod radio;
mod summary;
mod tag_editor;

pub use field::{FormField, field_id};
pub use inputs::{DateTimeInput, Select, SelectOption, TextArea, TextInput};
pub use radio::{RadioGroup, RadioOption};
pub use summary::ErrorSummary;
pub use tag_editor::{TagEditor, TagRows};

use domain::errors::{ApiError, FieldError};
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

    /// Replaces one field's errors, as when it has just been left.
    pub fn set_field(self, field: &str, errors: impl IntoIterator<Item = FieldError>) {
        self.0.update(|all| {
            all.retain(|error| error.field != field);
            all.extend(errors);
        });
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
