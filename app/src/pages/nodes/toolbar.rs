//! What can be done with the list and with the nodes chosen in it.

use domain::nodes::actions::ActionKind;
use domain::nodes::query::NodeQuery;
use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::SELECTION_FORM;
use super::actions::{denied_text, kind_text};
use crate::components::button::{ButtonKind, DisabledButton};
use crate::components::flash::use_flashes;
use crate::components::icon::Icon;
use crate::components::layout::use_here;
use crate::components::popover::Popover;
use crate::components::table::Selection;
use crate::error_text::error_text;
use crate::nodes::refresh_nodes;
use crate::page::{may, use_language};
use crate::text::nodes as text;

/// Refresh, download, and the actions on chosen nodes.
#[component]
pub(super) fn Toolbar(
    query: Memo<NodeQuery>,
    selection: Selection,
    /// Fetches the page anew.
    refetch: Callback<()>,
) -> impl IntoView {
    let language = use_language();
    let csv = move || query.with(|query| format!("/nodes.csv{}", query.with_size(None).to_query()));
    view! {
        <Refresh refetch />
        <a class="button button-normal" href=csv rel="external" download="">
            <Icon icon=Icon::Download />
            {text::download(language)}
        </a>
        <NodeActions selection />
    }
    .into_any()
}

/// Asks SSM now.
#[component]
fn Refresh(refetch: Callback<()>) -> impl IntoView {
    let language = use_language();
    let (next, flashes) = (use_here(), use_flashes());
    let (pending, set_pending) = signal(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        set_pending.set(true);
        spawn_local(async move {
            let answer = refresh_nodes().await;
            // The page may be gone by now.
            if set_pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => refetch.run(()),
                Err(error) => flashes.error(error_text(language, &error)),
            }
        });
    };
    view! {
        <form method="post" action="/nodes/refresh" on:submit=submit>
            <input type="hidden" name="next" value=next />
            <button
                class="button button-normal icon-only"
                aria-label=text::refresh(language)
                title=text::refresh(language)
                aria-disabled=move || pending.get().then_some("true")
            >
                <Icon icon=Icon::Refresh />
            </button>
            <span class="visually-hidden" role="status">
                {move || pending.get().then(|| text::refreshing(language))}
            </span>
        </form>
    }
}

/// The menu of actions: buttons of the form that the checkboxes belong to.
#[component]
fn NodeActions(selection: Selection) -> impl IntoView {
    let language = use_language();
    let count = move || selection.chosen.with(|chosen| chosen.len());
    let label = move || match count() {
        0 => text::node_actions(language).to_owned(),
        count => text::node_actions_of(language, count),
    };
    let summary =
        view! { <span class="button button-primary">{label}<Icon icon=Icon::Down /></span> }.into_any();
    let buttons = ActionKind::ALL
        .map(|kind| {
            let name = kind_text(language, kind);
            if may(kind.permission()) {
                view! { <ActionButton path=format!("/nodes/{}", kind.name()) name selection /> }.into_any()
            } else {
                let reason = denied_text(language, kind);
                view! { <DisabledButton text=name reason kind=ButtonKind::Link /> }.into_any()
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <form id=SELECTION_FORM method="get" class="node-actions">
            <Popover class="menu" summary>
                <div class="menu-items">{buttons}</div>
            </Popover>
        </form>
    }
}

/// Sends the chosen ids to the action's page. Without script nobody knows whether something is chosen: the page says so.
#[component]
fn ActionButton(path: String, name: &'static str, selection: Selection) -> impl IntoView {
    let language = use_language();
    let (hydrated, set_hydrated) = signal(false);
    Effect::new(move || set_hydrated.set(true));
    let nothing = move || hydrated.get() && selection.chosen.with(|chosen| chosen.is_empty());
    let hold = move |event: MouseEvent| {
        if selection.chosen.with_untracked(|chosen| chosen.is_empty()) {
            event.prevent_default();
        }
    };
    view! {
        <span class="disabled-reason">
            <button
                class="button button-link"
                formaction=path
                aria-disabled=move || nothing().then_some("true")
                aria-description=move || nothing().then(|| text::nothing_chosen(language))
                on:click=hold
            >
                {name}
            </button>
            {move || nothing().then(|| view! { <span class="tooltip" aria-hidden="true">{text::nothing_chosen(language)}</span> })}
        </span>
    }
}
