//! Removing a draft: the question, on a page of its own.

use domain::permission::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::components::alert::Alert;
use crate::components::button::SubmitButton;
use crate::components::container::{Container, PageHeader};
use crate::components::loaded::Loaded;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::packages::drafts::{DraftRefused, ShownDraft, get_draft};
use crate::page::{may, use_language};
use crate::pages::packages::signed_out::signed_out;
use crate::pages::packages::size::size_text;
use crate::text::publish as text;

/// Asks whether to remove a draft and its files.
#[component]
pub fn RemoveDraft() -> impl IntoView {
    if let Some(again) = signed_out() {
        return again;
    }
    let language = use_language();
    let refused = SharedValue::new(use_context::<DraftRefused>).into_inner();
    let failure = refused.map(|DraftRefused(error)| {
        view! {
            <Alert kind=StatusKind::Error title=text::not_removed(language)>{error_text(language, &error)}</Alert>
        }
    });
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let draft = Resource::new(move || id.get(), get_draft);
    let body = if may(Permission::PublishPackage) {
        view! {
            <Loaded resource=draft let:shown>
                <Question shown=shown.get_untracked() />
            </Loaded>
        }
        .into_any()
    } else {
        view! { <Alert kind=StatusKind::Info>{text::denied(language)}</Alert> }.into_any()
    };
    view! {
        <PageHeader title=text::remove_title(language) />
        {failure}
        {body}
    }
    .into_any()
}

#[component]
fn Question(shown: ShownDraft) -> impl IntoView {
    let language = use_language();
    let draft = shown.draft;
    let name = Some(draft.contents.name).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| text::unnamed(language).to_owned());
    let bytes: u64 = draft.files.iter().map(|file| file.received).sum();
    let does = text::remove_does(language, draft.files.len(), size_text(bytes));
    view! {
        <Container title=text::remove_question(language, name)>
            <p>{does}</p>
            <form method="post" action=format!("/packages/drafts/{}/remove", draft.id)>
                <div class="form-actions">
                    <a class="button button-link" href="/packages/create">{text::cancel(language)}</a>
                    <SubmitButton text=text::remove(language) />
                </div>
            </form>
        </Container>
    }
    .into_any()
}
