//! The page on which an activation is created and its code is shown, once.

mod code;
mod commands;
mod expiry;
mod form;
mod progress;
mod success;

use domain::activations::NewActivation;
use domain::errors::ApiError;
use domain::permission::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::activations::{CreateOutcome, Creation, FormStart, start_activation};
use crate::components::alert::Alert;
use crate::components::button::LinkButton;
use crate::components::container::PageHeader;
use crate::components::loaded::Skeleton;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::page::{may, use_language};
use crate::text::activations as text;

pub use commands::{architecture_text, route_text, shell_text};
use form::ActivationForm;
use success::Success;

/// The create form; after it was taken, what it has created.
#[component]
pub fn CreateActivation() -> impl IntoView {
    // A form posted without script arrives with its outcome. It travels in the page, so that the browser starts from
    // what the server has rendered.
    let outcome = SharedValue::new(use_context::<CreateOutcome>).into_inner();
    let (creation, refused) = match outcome {
        Some(CreateOutcome::Taken(creation)) => (Some(creation), None),
        Some(CreateOutcome::Refused { form, error }) => (None, Some((form, error))),
        None => (None, None),
    };
    let taken = RwSignal::new(creation);
    move || match taken.get() {
        Some(Creation::Created(activation)) => view! { <Success activation /> }.into_any(),
        Some(Creation::Earlier { activation_id }) => view! { <Earlier activation_id /> }.into_any(),
        None => view! { <Fill refused=refused.clone() taken /> }.into_any(),
    }
}

/// The form, once it is known what it starts with.
#[component]
fn Fill(refused: Option<(NewActivation, ApiError)>, taken: RwSignal<Option<Creation>>) -> impl IntoView {
    let language = use_language();
    // Somebody whose session has ended gets what they typed back; who may not create gets no form to begin with.
    let allowed = refused.is_some() || may(Permission::CreateActivation);
    let query = use_query_map();
    let copy_of = Memo::new(move |_| query.with(|query| query.get("clone")));
    let start = Resource::new(
        move || copy_of.get(),
        move |copy_of| async move {
            if allowed { start_activation(copy_of).await } else { Err(ApiError::Forbidden) }
        },
    );
    let shown = move |start: Result<FormStart, ApiError>| {
        match (start, refused.clone()) {
        (_, None) if !allowed => view! {
            <Alert kind=StatusKind::Info>{text::create_denied(language)}</Alert>
        }
        .into_any(),
        (Err(error), None) => view! {
            <Alert kind=StatusKind::Error title=text::start_failed(language)>{error_text(language, &error)}</Alert>
        }
        .into_any(),
        (Ok(start), None) => view! { <ActivationForm start copy_of=copy_of.get_untracked() taken /> }.into_any(),
        (start, Some((form, error))) => {
            let roles = start.and_then(|start| start.roles);
            let start = FormStart { form, roles, copy_failure: None };
            view! { <ActivationForm start error taken /> }.into_any()
        }
    }
    };
    view! {
        <PageHeader title=text::create_title(language) description=text::create_intro(language) />
        <Suspense fallback=|| view! { <Skeleton /> }>
            {move || {
                let shown = shown.clone();
                Suspend::new(async move { shown(start.await) })
            }}
        </Suspense>
    }
    .into_any()
}

/// The form was sent twice: there is an activation, and nothing new.
#[component]
fn Earlier(activation_id: String) -> impl IntoView {
    let language = use_language();
    view! {
        <PageHeader title=text::create_title(language) />
        <Alert kind=StatusKind::Warning title=text::earlier_title(language)>
            <p>{text::earlier(language)}</p>
            <p>{text::earlier_hint(language)}</p>
        </Alert>
        <div class="actions">
            <LinkButton href=format!("/activations/{activation_id}") text=text::open(language) />
            // A new document: its form gets a token of its own.
            <a class="button button-normal" href="/activations/new" rel="external">{text::create_another(language)}</a>
        </div>
    }
    .into_any()
}
