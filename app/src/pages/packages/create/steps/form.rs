//! The form of a step: its failure, its fields, and the way back and on.

use domain::errors::ApiError;
use leptos::prelude::*;

use super::step_href;
use super::work::Work;
use crate::components::alert::Alert;
use crate::components::button::SubmitButton;
use crate::components::form::ErrorSummary;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::page::use_language;
use crate::pages::packages::create::software::target_label;
use crate::text::{publish as text, publish_scripts};

/// The form's id: buttons outside it belong to it.
pub const FORM: &str = "wizard-form";

/// A step's form. One markup serves the browser and those without script.
#[component]
pub fn StepForm(
    /// The draft.
    work: Work,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let language = use_language();
    let (id, step) = (work.id(), work.step.get_untracked());
    let submit = move |event: leptos::ev::SubmitEvent| {
        #[cfg(feature = "hydrate")]
        super::send::submit(&event, work);
        #[cfg(not(feature = "hydrate"))]
        let _ = (event, work);
    };
    let previous = step.previous(work.kind()).map(|previous| {
        view! {
            <button class="button button-normal" name="then" value=previous.name()>{text::previous(language)}</button>
        }
    });
    view! {
        <form
            id=FORM
            class="form-page"
            method="post"
            action=step_href(&id, step)
            novalidate=true
            on:submit=submit
        >
            // The return key presses a form's first button: not the one that leads back, nor one that removes a file.
            <button class="visually-hidden" tabindex="-1" aria-hidden="true">{text::next(language)}</button>
            <Failure work />
            <ErrorSummary errors=work.errors attempt=work.attempts label=field_label />
            <input
                type="hidden"
                name="revision"
                prop:value=move || work.draft.with(|draft| draft.revision.to_string())
                value=work.draft.with_untracked(|draft| draft.revision.to_string())
            />
            {children()}
            <div class="form-actions">
                <a class="button button-link" href="/packages/create">{text::later(language)}</a>
                {previous}
                <SubmitButton text=text::next(language) pending=work.pending />
            </div>
        </form>
    }
    .into_any()
}

/// What went wrong with the whole, and the way back in for somebody whose session has ended.
#[component]
fn Failure(work: Work) -> impl IntoView {
    let language = use_language();
    move || {
        work.failure.get().map(|error| {
            let hint = match &error {
                ApiError::Unauthenticated => Some(view! {
                    <p><a href="/login" target="_blank" rel="external">{text::sign_in_again(language)}</a></p>
                }
                .into_any()),
                ApiError::Conflict { .. } => Some(view! {
                    <p><a class="button button-normal" href="" rel="external">{text::reload(language)}</a></p>
                }
                .into_any()),
                _ => None,
            };
            let said = match &error {
                ApiError::Conflict { .. } => text::changed_elsewhere(language).to_owned(),
                error => error_text(language, error),
            };
            view! {
                <Alert kind=StatusKind::Error title=text::not_saved(language)>
                    <p>{said}</p>
                    {hint}
                </Alert>
            }
        })
    }
}

/// A field's name on screen.
fn field_label(field: &str) -> String {
    let language = use_language();
    match field {
        "name" => text::field_name(language).to_owned(),
        "version_name" => text::field_version(language).to_owned(),
        "publisher" => text::field_publisher(language).to_owned(),
        "bucket" => text::field_bucket(language).to_owned(),
        "s3_url" => text::field_url(language).to_owned(),
        "prefix" => text::field_prefix(language).to_owned(),
        "manifest" => text::step_manifest(language).to_owned(),
        field => match field.split('.').next() {
            Some("target") => target_label(language, field),
            Some("unpack") => publish_scripts::take_out(language).to_owned(),
            Some("install") => publish_scripts::install(language).to_owned(),
            Some("update") => publish_scripts::update(language).to_owned(),
            Some("uninstall") => publish_scripts::uninstall(language).to_owned(),
            Some("validate") => publish_scripts::validate(language).to_owned(),
            _ => field.to_owned(),
        },
    }
}
