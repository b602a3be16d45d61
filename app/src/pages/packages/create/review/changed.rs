//! Zips that were changed in S3 after they were checked.

use domain::packages::inspection::{FileProblem, FileReport};
use leptos::prelude::*;

use crate::components::alert::Alert;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::page::use_language;
use crate::pages::packages::create::steps::{Work, step_href, step_text};
use crate::text::publish_check as text;
use domain::packages::drafts::Step;

/// Their names; nothing where none were checked.
pub fn changed_files(work: Work) -> Vec<String> {
    let changed = |file: &&FileReport| {
        file.problems.iter().any(|problem| matches!(problem, FileProblem::Changed | FileProblem::Absent))
    };
    work.check.with(|check| match check.as_ref().and_then(|check| check.as_ref().ok()?.report.as_ref()) {
        Some(Ok(report)) => report.files.iter().filter(changed).map(|file| file.name.clone()).collect(),
        _ => Vec::new(),
    })
}

/// Says so, with the way to check them anew; or why that cannot be told.
#[component]
pub fn Changed(work: Work) -> impl IntoView {
    let language = use_language();
    move || {
        let failure = work.check.with(|check| match check {
            Some(Err(error)) => Some(error.clone()),
            Some(Ok(shown)) => shown.report.as_ref().and_then(|report| report.as_ref().err().cloned()),
            None => None,
        });
        if let Some(error) = failure {
            let title = text::not_judged(language);
            return Some(
                view! { <Alert kind=StatusKind::Warning title>{error_text(language, &error)}</Alert> }
                    .into_any(),
            );
        }
        let files = changed_files(work);
        if files.is_empty() {
            return None;
        }
        let href = step_href(&work.id(), Step::Check);
        let said = text::changed_objects(language, files.join(", "));
        Some(
            view! {
                <Alert kind=StatusKind::Warning>
                    <p>{said}</p>
                    <a class="button button-normal" href=href>{step_text(language, Step::Check)}</a>
                </Alert>
            }
            .into_any(),
        )
    }
}
