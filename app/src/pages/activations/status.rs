//! An activation's status on screen.

use domain::activations::ActivationStatus;
use domain::language::Language;
use leptos::prelude::*;

use crate::components::status::{StatusIndicator, StatusKind};
use crate::page::use_language;
use crate::text::activations as text;

/// The status in words.
#[must_use]
pub fn status_text(language: Language, status: ActivationStatus) -> &'static str {
    match status {
        ActivationStatus::Active => text::status_active(language),
        ActivationStatus::ExpiringSoon => text::status_expiring_soon(language),
        ActivationStatus::Exhausted => text::status_exhausted(language),
        ActivationStatus::Expired => text::status_expired(language),
    }
}

/// The status with its icon.
#[component]
pub fn Status(
    /// Which.
    status: ActivationStatus,
) -> impl IntoView {
    let kind = match status {
        ActivationStatus::Active => StatusKind::Success,
        ActivationStatus::ExpiringSoon => StatusKind::Warning,
        ActivationStatus::Exhausted => StatusKind::Info,
        ActivationStatus::Expired => StatusKind::Stopped,
    };
    view! { <StatusIndicator kind text=status_text(use_language(), status) /> }
}
