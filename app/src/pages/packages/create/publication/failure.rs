//! Why a publication came to nothing, and what to do about it.

use domain::errors::ApiError;
use domain::language::Language;
use domain::packages::drafts::Step;
use domain::packages::publications::Failure;
use leptos::prelude::*;

use crate::components::alert::Alert;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::page::use_language;
use crate::text::publication as text;

/// AWS's own reason, the cure, and the way back to the draft.
#[component]
pub fn Failed(failure: Failure, left: Vec<String>, draft: String) -> impl IntoView {
    let language = use_language();
    let kind = if failure == Failure::Cancelled { StatusKind::Info } else { StatusKind::Error };
    let cure = cure(language, &failure).map(|cure| view! { <p>{cure}</p> });
    let left = (!left.is_empty()).then(|| {
        let items =
            left.into_iter().map(|key| view! { <li><code class="code">{key}</code></li> }).collect_view();
        view! {
            <p>{text::left(language)}</p>
            <ul>{items}</ul>
        }
    });
    let href = format!("/packages/drafts/{draft}/{}", Step::Review.name());
    view! {
        <Alert kind title=text::failed_title(language)>
            <p>{reason(language, &failure)}</p>
            {cure}
            <p>{text::draft_kept(language)}</p>
            {left}
            <a class="button button-normal" href=href>{text::to_draft(language)}</a>
        </Alert>
    }
    .into_any()
}

/// Why it came to nothing, and what helps where that can be told.
#[must_use]
pub fn failure_text(language: Language, failure: &Failure) -> String {
    let cure = cure(language, failure).map(|cure| format!(" {cure}")).unwrap_or_default();
    format!("{}{cure}", reason(language, failure))
}

fn reason(language: Language, failure: &Failure) -> String {
    match failure {
        Failure::Cancelled => text::reason_cancelled(language).to_owned(),
        Failure::Interrupted => text::reason_interrupted(language).to_owned(),
        Failure::Aws { error } => error_text(language, error),
        Failure::Rejected { information } => text::reason_rejected(language, information),
        Failure::NameTaken => text::reason_name_taken(language).to_owned(),
        Failure::TimedOut => text::reason_timed_out(language).to_owned(),
        Failure::ObjectExists { key } => text::reason_object_exists(language, key),
        Failure::ObjectChanged { key } => text::reason_object_changed(language, key),
        Failure::HashDiffers { zip_name } => text::reason_hash_differs(language, zip_name),
        Failure::Unreadable { file_name } => text::reason_unreadable(language, file_name),
    }
}

/// What helps, where that can be told.
fn cure(language: Language, failure: &Failure) -> Option<&'static str> {
    match failure {
        Failure::Aws { error: ApiError::Upstream { code, .. } } => match code.as_str() {
            "AccessDenied" | "AccessDeniedException" => Some(text::cure_denied(language)),
            "DocumentAlreadyExists" | "DocumentAlreadyExistsException" => Some(text::cure_exists(language)),
            "DuplicateDocumentVersionName" | "DuplicateDocumentVersionNameException" => {
                Some(text::cure_version_name(language))
            }
            "DuplicateDocumentContent" | "DuplicateDocumentContentException" => {
                Some(text::cure_content(language))
            }
            "DocumentVersionLimitExceeded" | "DocumentVersionLimitExceededException" => {
                Some(text::cure_versions(language))
            }
            "DocumentLimitExceeded" | "DocumentLimitExceededException" => Some(text::cure_packages(language)),
            "NoSuchBucket" => Some(text::cure_bucket(language)),
            _ => None,
        },
        Failure::Aws { error: ApiError::Throttled | ApiError::Unreachable { .. } }
        | Failure::Interrupted
        | Failure::TimedOut => Some(text::cure_again(language)),
        Failure::Rejected { .. } => Some(text::cure_rejected(language)),
        Failure::NameTaken => Some(text::cure_exists(language)),
        Failure::ObjectExists { .. } => Some(text::cure_prefix(language)),
        Failure::ObjectChanged { .. } => Some(text::cure_check(language)),
        Failure::HashDiffers { .. } | Failure::Unreadable { .. } => Some(text::cure_upload(language)),
        Failure::Cancelled | Failure::Aws { .. } => None,
    }
}
