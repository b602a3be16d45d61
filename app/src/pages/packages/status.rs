//! What has become of a version, in icon and words.

use domain::language::Language;
use domain::packages::catalogue::PackageStatus;
use leptos::prelude::*;

use crate::components::status::{StatusIndicator, StatusKind};
use crate::page::use_language;
use crate::text::packages as text;

/// The status in words.
#[must_use]
pub fn status_text(language: Language, status: PackageStatus) -> &'static str {
    match status {
        PackageStatus::Creating => text::status_creating(language),
        PackageStatus::Active => text::status_active(language),
        PackageStatus::Updating => text::status_updating(language),
        PackageStatus::Deleting => text::status_deleting(language),
        PackageStatus::Failed => text::status_failed(language),
    }
}

/// The status, or a dash where it is not known.
#[component]
pub fn Status(
    /// What it is.
    status: Option<PackageStatus>,
) -> impl IntoView {
    let language = use_language();
    let Some(status) = status else { return "-".into_any() };
    let kind = match status {
        PackageStatus::Active => StatusKind::Success,
        PackageStatus::Failed => StatusKind::Error,
        PackageStatus::Creating | PackageStatus::Updating | PackageStatus::Deleting => StatusKind::Pending,
    };
    view! { <StatusIndicator kind text=status_text(language, status) /> }.into_any()
}
