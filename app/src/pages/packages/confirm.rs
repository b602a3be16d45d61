//! Forms that ask once more before a package is changed. They are posted by the browser itself, with or without script.

use domain::errors::ApiError;
use domain::language::Language;
use leptos::prelude::*;

use super::frame::Denied;
use crate::components::alert::Alert;
use crate::components::button::SubmitButton;
use crate::components::container::{Container, PageHeader};
use crate::components::form::{ErrorSummary, FormErrors};
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::packages::{ChangeRefused, ShownPackage};
use crate::page::use_language;
use crate::text::{common, packages as text};
use domain::packages::change::{ChangeKind, PackageChange};

/// The change of this kind that was sent to this page and not made.
pub(super) fn use_refused(kind: ChangeKind) -> Option<(PackageChange, ApiError)> {
    let refused = SharedValue::new(use_context::<ChangeRefused>).into_inner();
    let refused = refused.filter(|refused| refused.change.kind() == kind);
    refused.map(|refused| (refused.change, refused.error))
}

/// What heads the failure of a change that takes several calls: those before the one that failed have had their effect.
pub(super) fn part_title(language: Language, error: &ApiError) -> &'static str {
    match error {
        ApiError::Unauthenticated | ApiError::Forbidden | ApiError::NotFound | ApiError::Invalid { .. } => {
            text::not_changed(language)
        }
        _ => text::partly_changed(language),
    }
}

/// A confirmation: what happens, fields where there are any, and the buttons.
#[component]
pub(super) fn Confirmation(
    /// The page's title.
    title: String,
    /// The package.
    shown: ShownPackage,
    /// Where the form is posted.
    action: String,
    /// Where "Cancel" leads.
    back: String,
    /// What is asked.
    question: String,
    /// The button's text.
    submit: &'static str,
    /// Why an earlier try failed.
    error: Option<ApiError>,
    /// What the fields' errors are about.
    errors: FormErrors,
    /// A field's name on screen.
    #[prop(default = |_| String::new())]
    label: fn(&str) -> String,
    /// The command that does the same.
    command: String,
    /// What happens, and fields.
    children: Children,
) -> impl IntoView {
    let language = use_language();
    let failure = error.filter(|error| !errors.take(error)).map(|error| {
        view! {
            <Alert kind=StatusKind::Error title=text::not_changed(language)>{error_text(language, &error)}</Alert>
        }
    });
    let form = match shown.denied {
        Some(denied) => view! { <Denied denied /> }.into_any(),
        None => view! {
            <form class="form-page" method="post" action=action novalidate=true>
                <ErrorSummary errors label />
                <Container title=question>{children()}</Container>
                <super::cli::Command command />
                <div class="form-actions">
                    <a class="button button-link" href=back>{common::cancel(language)}</a>
                    <SubmitButton text=submit />
                </div>
            </form>
        }
        .into_any(),
    };
    view! {
        <PageHeader title />
        {failure}
        {form}
    }
    .into_any()
}
