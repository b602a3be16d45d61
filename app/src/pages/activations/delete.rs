//! Deleting an activation: a dialog where there is script, a page of its own where there is none.

use domain::activations::Activation;
use domain::errors::ApiError;
use domain::permission::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::activations::{DeleteRefused, delete_activation, get_activation};
use crate::components::alert::Alert;
use crate::components::button::{ButtonKind, DisabledButton, SubmitButton};
use crate::components::container::{Container, KeyValue, KeyValues, PageHeader};
use crate::components::dialog::{Dialog, DialogActions, DialogHandle};
use crate::components::flash::use_flashes;
use crate::components::status::StatusKind;
use crate::components::time::{Time, TimeStyle};
use crate::error_text::error_text;
use crate::page::{may, use_language};
use crate::text::activations as text;

/// The confirmation page.
#[component]
pub fn DeleteActivation() -> impl IntoView {
    let language = use_language();
    let refused = SharedValue::new(use_context::<DeleteRefused>).into_inner();
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id")).unwrap_or_default();
    let activation = Resource::new(id, get_activation);
    // Without it the question can still be answered.
    let target =
        move || activation.get().and_then(Result::ok).map(|activation| view! { <Target activation /> });
    let gone = matches!(&refused, Some(DeleteRefused(ApiError::NotFound)));
    let failure = refused.map(|DeleteRefused(error)| {
        view! {
            <Alert kind=StatusKind::Error title=text::not_deleted(language)>{error_text(language, &error)}</Alert>
        }
    });
    let form = move || {
        view! {
            <form method="post" action=move || format!("/activations/{}/delete", id())>
                <div class="form-actions">
                    <a class="button button-link" href=move || format!("/activations/{}", id())>
                        {text::cancel(language)}
                    </a>
                    <SubmitButton text=text::delete(language) />
                </div>
            </form>
        }
    };
    let allowed = may(Permission::DeleteActivation);
    view! {
        <PageHeader title=text::delete_title(language) />
        {failure}
        {(!allowed).then(|| view! { <Alert kind=StatusKind::Info>{text::delete_denied(language)}</Alert> })}
        <Show when=move || allowed && !gone>
            <Container title=text::delete_question(language, id())>
                <Transition>{target}</Transition>
                <Consequences />
                {form}
            </Container>
        </Show>
        {gone.then(|| view! { <a class="button button-normal" href="/activations">{text::back_to_list(language)}</a> })}
    }
    .into_any()
}

/// Which activation it is about: an id alone says little.
#[component]
fn Target(activation: Activation) -> impl IntoView {
    let language = use_language();
    let registered = text::registered_of(language, activation.registrations, activation.registration_limit);
    let description = activation
        .description
        .map(|description| view! { <KeyValue label=text::description(language)>{description}</KeyValue> });
    view! {
        <KeyValues>
            {description}
            <KeyValue label=text::registered(language)>{registered}</KeyValue>
            <KeyValue label=text::expires(language)><Time at=activation.expires style=TimeStyle::Both /></KeyValue>
        </KeyValues>
    }
    .into_any()
}

/// What deletion does, and what it does not.
#[component]
fn Consequences() -> impl IntoView {
    let language = use_language();
    view! {
        <ul>
            <li>{text::delete_does(language)}</li>
            <li>{text::delete_does_not(language)}</li>
            <li>{text::delete_final(language)}</li>
        </ul>
    }
    .into_any()
}

/// The dialog, one a page, and what it is about.
#[derive(Clone, Copy, Default)]
pub struct DeleteDialogState {
    dialog: DialogHandle,
    target: RwSignal<Option<Activation>>,
}

impl DeleteDialogState {
    /// A dialog about nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks about an activation. `false` when the dialog could not be shown.
    fn ask(self, activation: Activation) -> bool {
        self.target.set(Some(activation));
        self.dialog.open()
    }
}

/// A link that asks whether to delete, and says why it cannot where it cannot.
#[component]
pub fn DeleteLink(
    /// Which, as it is when somebody asks.
    activation: Signal<Activation>,
    /// The page's dialog.
    state: DeleteDialogState,
    /// How much it stands out.
    #[prop(optional)]
    kind: ButtonKind,
) -> impl IntoView {
    let language = use_language();
    if !may(Permission::DeleteActivation) {
        return view! {
            <DisabledButton text=text::delete(language) reason=text::delete_denied(language) kind />
        }
        .into_any();
    }
    let id = activation.with_untracked(|activation| activation.id.clone());
    let label = text::delete_named(language, &id);
    let href = format!("/activations/{id}/delete");
    let ask = move |event: leptos::ev::MouseEvent| {
        if state.ask(activation.get_untracked()) {
            event.prevent_default();
        }
    };
    view! {
        <a class=kind.class() href=href aria-label=label on:click=ask>
            {text::delete(language)}
        </a>
    }
    .into_any()
}

/// The dialog itself.
#[component]
pub fn DeleteDialog(
    /// What it is about.
    state: DeleteDialogState,
    /// Called after the deletion.
    on_deleted: Callback<()>,
) -> impl IntoView {
    let language = use_language();
    let flashes = use_flashes();
    let (pending, failure) = (RwSignal::new(false), RwSignal::new(None::<ApiError>));
    let id = move || state.target.with(|target| target.as_ref().map(|a| a.id.clone()).unwrap_or_default());
    let delete = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        let id = untrack(id);
        pending.set(true);
        failure.set(None);
        leptos::task::spawn_local(async move {
            let deleted = delete_activation(id.clone()).await;
            if pending.is_disposed() {
                return;
            }
            pending.set(false);
            match deleted {
                Ok(()) => {
                    state.dialog.close();
                    flashes.success(text::deleted(language, id));
                    on_deleted.run(());
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    let target = move || state.target.get().map(|activation| view! { <Target activation /> });
    let failed = move || {
        failure.get().map(|error| {
            view! {
                <Alert kind=StatusKind::Error title=text::not_deleted(language)>{error_text(language, &error)}</Alert>
            }
        })
    };
    view! {
        <Dialog handle=state.dialog id="delete-activation" title=text::delete_title(language)>
            <p>{move || text::delete_question(language, id())}</p>
            {target}
            <Consequences />
            {failed}
            <form method="post" action=move || format!("/activations/{}/delete", id()) on:submit=delete>
                <DialogActions handle=state.dialog>
                    <SubmitButton text=text::delete(language) pending />
                </DialogActions>
            </form>
        </Dialog>
    }
    .into_any()
}
