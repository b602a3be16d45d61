//! What the steps have in common: the draft that they work on, their list, and the form around each.

mod form;
mod list;
#[cfg(feature = "hydrate")]
mod send;
mod work;

pub(super) use form::StepForm;
pub(super) use list::StepList;
pub(super) use work::{Work, step_of};

use domain::language::Language;
use domain::packages::drafts::Step;

use crate::text::publish as text;

/// A step's name on screen.
pub(super) fn step_text(language: Language, step: Step) -> &'static str {
    match step {
        Step::Details => text::step_details(language),
        Step::Location => text::step_location(language),
        Step::Software => text::step_software(language),
        Step::Scripts => text::step_scripts(language),
        Step::Manifest => text::step_manifest(language),
        Step::Check => text::step_check(language),
        Step::Review => text::step_review(language),
    }
}

/// A step's address.
pub(super) fn step_href(draft: &str, step: Step) -> String {
    format!("/packages/drafts/{draft}/{}", step.name())
}
