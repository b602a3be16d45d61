//! Deleting a saved estimate: a dialog where there is script, a page of its own where there is none.

use domain::costs::SavedEstimate;
use domain::errors::ApiError;
use domain::permission::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::components::alert::Alert;
use crate::components::button::{ButtonKind, DisabledButton, SubmitButton};
use crate::components::container::{Container, PageHeader};
use crate::components::dialog::{Dialog, DialogActions, DialogHandle};
use crate::components::flash::use_flashes;
use crate::components::loaded::Loaded;
use crate::components::status::StatusKind;
use crate::costs::{EstimateDeleteRefused, delete_estimate, list_estimates};
use crate::error_text::error_text;
use crate::page::{may, use_language};
use crate::text::costs as text;

/// The confirmation page.
#[component]
pub fn DeleteEstimate() -> impl IntoView {
    let language = use_language();
    let refused = SharedValue::new(use_context::<EstimateDeleteRefused>).into_inner();
    let params = use_params_map();
    let estimates = Resource::new(|| (), |()| list_estimates());
    let failure = refused.map(|EstimateDeleteRefused(error)| {
        view! {
            <Alert kind=StatusKind::Error title=text::not_deleted(language)>{error_text(language, &error)}</Alert>
        }
    });
    let show = move |estimates: Signal<Vec<SavedEstimate>>| {
        let id = params.with(|params| params.get("id")).unwrap_or_default();
        let found = estimates.with_untracked(|all| all.iter().find(|estimate| estimate.id == id).cloned());
        match found {
            Some(estimate) => view! { <Confirm estimate /> }.into_any(),
            None => {
                view! { <Alert kind=StatusKind::Info>{error_text(language, &ApiError::NotFound)}</Alert> }
                    .into_any()
            }
        }
    };
    view! {
        <PageHeader title=text::delete_title(language) />
        {failure}
        <Loaded resource=estimates children=show />
        <p><a class="button button-normal" href="/costs/estimates">{text::back_to_list(language)}</a></p>
    }
    .into_any()
}

/// The question, and the form that answers it.
#[component]
fn Confirm(estimate: SavedEstimate) -> impl IntoView {
    let language = use_language();
    if !may(Permission::SaveEstimate) {
        return view! { <Alert kind=StatusKind::Info>{text::delete_denied(language)}</Alert> }.into_any();
    }
    let action = format!("/costs/estimates/{}/delete", estimate.id);
    view! {
        <Container title=text::delete_question(language, &estimate.name)>
            <p>{text::delete_does(language)}</p>
            <form method="post" action=action>
                <div class="form-actions">
                    <a class="button button-link" href="/costs/estimates">{text::cancel(language)}</a>
                    <SubmitButton text=text::delete(language) />
                </div>
            </form>
        </Container>
    }
    .into_any()
}

/// The dialog, one a page, and what it is about.
#[derive(Clone, Copy, Default)]
pub struct DeleteDialogState {
    dialog: DialogHandle,
    target: RwSignal<Option<SavedEstimate>>,
}

impl DeleteDialogState {
    /// A dialog about nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks about an estimate. `false` when the dialog could not be shown.
    fn ask(self, estimate: SavedEstimate) -> bool {
        self.target.set(Some(estimate));
        self.dialog.open()
    }
}

/// A link that asks whether to delete, and says why it cannot where it cannot.
#[component]
pub fn DeleteLink(
    /// Which.
    estimate: SavedEstimate,
    /// The page's dialog.
    state: DeleteDialogState,
) -> impl IntoView {
    let language = use_language();
    let kind = ButtonKind::Link;
    if !may(Permission::SaveEstimate) {
        return view! { <DisabledButton text=text::delete(language) reason=text::delete_denied(language) kind /> }
            .into_any();
    }
    let label = text::delete_named(language, &estimate.name);
    let href = format!("/costs/estimates/{}/delete", estimate.id);
    let ask = move |event: leptos::ev::MouseEvent| {
        if state.ask(estimate.clone()) {
            event.prevent_default();
        }
    };
    view! { <a class=kind.class() href=href aria-label=label on:click=ask>{text::delete(language)}</a> }
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
    let target = move || state.target.get().map(|estimate| (estimate.id, estimate.name)).unwrap_or_default();
    let delete = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        let (id, name) = untrack(target);
        pending.set(true);
        failure.set(None);
        leptos::task::spawn_local(async move {
            let deleted = delete_estimate(id).await;
            if pending.is_disposed() {
                return;
            }
            pending.set(false);
            match deleted {
                Ok(()) => {
                    state.dialog.close();
                    flashes.success(text::deleted(language, name));
                    on_deleted.run(());
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    let failed = move || {
        failure.get().map(|error| {
            view! {
                <Alert kind=StatusKind::Error title=text::not_deleted(language)>{error_text(language, &error)}</Alert>
            }
        })
    };
    view! {
        <Dialog handle=state.dialog id="delete-estimate" title=text::delete_title(language)>
            <p>{move || text::delete_question(language, target().1)}</p>
            <p>{text::delete_does(language)}</p>
            {failed}
            <form method="post" action=move || format!("/costs/estimates/{}/delete", target().0) on:submit=delete>
                <DialogActions handle=state.dialog>
                    <SubmitButton text=text::delete(language) pending />
                </DialogActions>
            </form>
        </Dialog>
    }
    .into_any()
}
