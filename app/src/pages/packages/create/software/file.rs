//! One file: on its way, refused, or with what it says of itself and the nodes that it is for.

use domain::packages::drafts::{DraftFile, FileState};
use leptos::prelude::*;

use super::facts::Facts;
use super::refused::refused_text;
use super::targets::Targets;
use super::uploads::{Sending, SendingState, Uploads};
use crate::components::alert::Alert;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::page::use_language;
use crate::pages::packages::create::steps::Work;
use crate::pages::packages::size::size_text;
use crate::text::publish_software as text;

/// A file of the draft.
#[component]
pub fn File(work: Work, uploads: Uploads, id: String) -> impl IntoView {
    let language = use_language();
    let Some(first) = work.draft.with_untracked(|draft| draft.file(&id).cloned()) else {
        return ().into_any();
    };
    let (name, key) = (first.file_name.clone(), id.clone());
    let file = Memo::new(move |_| {
        work.draft.with(|draft| draft.file(&key).cloned()).unwrap_or_else(|| first.clone())
    });
    let state = Memo::new(move |_| file.with(|file| file.state.clone()));
    let body = move || {
        let now = file.get_untracked();
        match state.get() {
            FileState::Uploading => view! { <Arriving uploads file /> }.into_any(),
            FileState::Checking => {
                view! { <StatusIndicator kind=StatusKind::Pending text=text::checking(language) /> }.into_any()
            }
            FileState::Refused { reason } => view! {
                <Alert kind=StatusKind::Error title=text::refused(language)>{refused_text(language, &reason)}</Alert>
            }
            .into_any(),
            FileState::Ready { sha256, .. } => view! {
                <Facts file=now.clone() sha256 />
                <Targets work file=now />
            }
            .into_any(),
            FileState::Carried { zip } => view! {
                <p>{text::carried(language, zip.name)}</p>
                <Facts file=now.clone() sha256=zip.sha256 />
                <Targets work file=now />
            }
            .into_any(),
        }
    };
    let heading = format!("file-{id}");
    let labelled = heading.clone();
    view! {
        <section class="container" aria-labelledby=labelled>
            <div class="container-header">
                <h3 id=heading>{name.clone()}</h3>
                <Remove work uploads id name />
            </div>
            <div class="container-body">{body}</div>
        </section>
    }
    .into_any()
}

/// Removes the file: at once where there is script, by the form's other action where there is none.
#[component]
fn Remove(work: Work, uploads: Uploads, id: String, name: String) -> impl IntoView {
    let language = use_language();
    let action = format!("/packages/drafts/{}/files/{id}/remove", work.id());
    let remove = move |event: leptos::ev::MouseEvent| {
        if uploads.remove(&id) {
            event.prevent_default();
        }
    };
    view! {
        <button
            class="button button-normal"
            formaction=action
            aria-label=text::remove_named(language, name)
            on:click=remove
        >
            {text::remove(language)}
        </button>
    }
    .into_any()
}

/// How much has arrived.
#[component]
fn Arriving(uploads: Uploads, file: Memo<DraftFile>) -> impl IntoView {
    let language = use_language();
    let (id, size) = file.with_untracked(|file| (file.id.clone(), file.size));
    let key = id.clone();
    let sending = Memo::new(move |_| uploads.sending.with(|sending| sending.get(&key).cloned()));
    let sent = move || sending.get().map_or_else(|| file.with(|file| file.received), |sending| sending.sent);
    let said = move || {
        let so_far = text::so_far(language, size_text(sent()), size_text(size));
        match sending.get() {
            Some(Sending { state: SendingState::Running, speed: Some(speed), .. }) => {
                format!("{so_far} · {}", text::speed(language, size_text(speed)))
            }
            Some(Sending { state: SendingState::Waiting, .. }) => {
                format!("{so_far} · {}", text::waiting(language))
            }
            _ => so_far,
        }
    };
    let help = move || match sending.get().map(|sending| sending.state) {
        Some(SendingState::Cut) => {
            let id = id.clone();
            view! {
                <Alert kind=StatusKind::Warning title=text::cut(language)>
                    <button type="button" class="button button-normal" on:click=move |_| uploads.retry(&id)>
                        {text::go_on(language)}
                    </button>
                </Alert>
            }
            .into_any()
        }
        Some(_) => ().into_any(),
        None => view! { <Alert kind=StatusKind::Info>{text::choose_again(language)}</Alert> }.into_any(),
    };
    view! {
        <div class="progress">
            <p>{said}</p>
            <progress
                aria-label=text::sending_named(language, file.with_untracked(|file| file.file_name.clone()))
                max=size.to_string()
                value=move || sent().to_string()
            ></progress>
            {help}
        </div>
    }
    .into_any()
}
