//! What has changed in the last day.

use domain::nodes::events::NodeEvents;
use leptos::prelude::*;

use super::chart::figure;
use crate::page::use_language;
use crate::pages::nodes::changes::{EventRow, KindIndicator};
use crate::text::overview as text;

/// How often each thing has happened, and the newest by name.
#[component]
pub(super) fn Changes(changes: NodeEvents) -> impl IntoView {
    let language = use_language();
    let figures = changes
        .counts
        .iter()
        .map(|(kind, number)| {
            let label = view! { <KindIndicator kind=*kind /> }.into_any();
            figure(format!("/nodes/changes?period=day&kind={}", kind.name()), label, *number)
        })
        .collect_view();
    let newest = if changes.newest.is_empty() {
        view! { <p class="secondary">{text::no_changes(language)}</p> }.into_any()
    } else {
        let rows = changes.newest.into_iter().map(|event| view! { <EventRow event /> });
        view! {
            <h3>{text::newest_changes(language)}</h3>
            <ul class="rows">{rows.collect_view()}</ul>
        }
        .into_any()
    };
    view! {
        <ul class="figures">{figures}</ul>
        {newest}
    }
    .into_any()
}
