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
        let (kind, title, words) = if gone {
            // As wished, whoever has deleted it.
            (StatusKind::Info, text::not_found_title(language), text::not_found(language).to_owned())
        } else {
            (StatusKind::Error, text::not_deleted(language), error_text(language, &error))
        };
        view! { <Alert kind title>{words}</Alert> }
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
    /// Why its deletion has failed.
    failure: RwSignal<Option<ApiError>>,
    /// The ids whose deletion is under way: the dialog may be about another one by now.
    pending: RwSignal<Vec<String>>,
}

impl DeleteDialogState {
    /// A dialog about nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks about an activation. `false` when the dialog could not be shown.
    fn ask(self, activation: Activation) -> bool {
        self.failure.set(None);
        self.target.set(Some(activation));
        self.dialog.open()
    }

    /// The id of what it is about.
    fn id(self) -> String {
        self.target.with(|target| target.as_ref().map(|activation| activation.id.clone()).unwrap_or_default())
    }

    /// Whether the deletion of what it is about is under way.
    fn is_pending(self) -> bool {
        let id = self.id();
        self.pending.with(|pending| pending.contains(&id))
    }

    /// Notes that the deletion of what it is about is under way. Its id, unless it was before.
    fn begin(self) -> Option<String> {
        if untrack(move || self.is_pending()) {
            return None;
        }
        let id = untrack(move || self.id());
        self.failure.set(None);
        self.pending.update(|pending| pending.push(id.clone()));
        Some(id)
    }

    /// Notes that a deletion was answered. Whether the dialog is still about that.
    fn end(self, id: &str) -> bool {
        self.pending.update(|pending| pending.retain(|other| other != id));
        untrack(move || self.id()) == id
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
    let delete = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(id) = state.begin() else { return };
        leptos::task::spawn_local(async move {
            let deleted = delete_activation(id.clone()).await;
            if state.target.is_disposed() {
                return;
            }
            let shown = state.end(&id);
            let told = match deleted {
                Ok(()) => text::deleted(language, id),
                // As wished, whoever has deleted it.
                Err(ApiError::NotFound) => text::already_deleted(language, id),
                Err(error) if shown => return state.failure.set(Some(error)),
                Err(error) => {
                    let error = error_text(language, &error);
                    return flashes.error(text::not_deleted_named(language, id, error));
                }
            };
            if shown {
                state.dialog.close();
            }
            flashes.success(told);
            on_deleted.run(());
        });
    };
    let target = move || state.target.get().map(|activation| view! { <Target activation /> });
    let failed = move || {
        state.failure.get().map(|error| {
            view! {
                <Alert kind=StatusKind::Error title=text::not_deleted(language)>{error_text(language, &error)}</Alert>
            }
        })
    };
    view! {
        <Dialog handle=state.dialog id="delete-activation" title=text::delete_title(language)>
            <p>{move || text::delete_question(language, state.id())}</p>
            {target}
            <Consequences />
            {failed}
            <form method="post" action=move || format!("/activations/{}/delete", state.id()) on:submit=delete>
                <DialogActions handle=state.dialog>
                    <SubmitButton text=text::delete(language) pending=Signal::derive(move || state.is_pending()) />
                </DialogActions>
            </form>
        </Dialog>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn activation(id: &str) -> Activation {
        Activation {
            id: id.to_owned(),
            description: None,
            default_instance_name: None,
            iam_role: "BB_Hybrid_Activation".to_owned(),
            registration_limit: 1,
            registrations: 0,
            expires: None,
            expired: false,
            created: None,
            tags: Vec::new(),
        }
    }

    fn with_dialog(test: impl FnOnce(DeleteDialogState)) {
        Owner::new().with(|| test(DeleteDialogState::new()));
    }

    #[test]
    fn the_failure_of_one_is_not_shown_at_the_next() {
        with_dialog(|state| {
            state.ask(activation("a"));
            assert_eq!(state.begin().as_deref(), Some("a"));
            assert!(state.end("a"));
            state.failure.set(Some(ApiError::Throttled));
            state.ask(activation("b"));
            assert_eq!(state.failure.get_untracked(), None);
        });
    }

    #[test]
    fn each_is_deleted_once_and_none_waits_for_another() {
        with_dialog(|state| {
            state.ask(activation("a"));
            assert_eq!(state.begin().as_deref(), Some("a"));
            assert_eq!(state.begin(), None);
            state.ask(activation("b"));
            let pending = || untrack(move || state.is_pending());
            assert!(!pending());
            assert_eq!(state.begin().as_deref(), Some("b"));
            assert!(!state.end("a"), "the dialog is about another by now");
            assert!(pending() && state.end("b") && !pending());
        });
    }
}
