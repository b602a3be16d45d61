//! How many nodes there are, how old the list is, and what the ping states mean.

use domain::nodes::NodePage;
use leptos::prelude::*;

use super::fetched::use_fetched;
use super::ping;
use crate::components::alert::Alert;
use crate::components::loaded::followed;
use crate::components::number::number;
use crate::components::status::StatusKind;
use crate::components::time::{Time, TimeStyle};
use crate::error_text::error_text;
use crate::page::use_language;
use crate::text::nodes as text;

/// "Total: 17 nodes, last fetched 5:29 PM", and what the ping states mean.
#[component]
pub(super) fn About(nodes: Signal<NodePage>) -> impl IntoView {
    let language = use_language();
    // Most refreshes change nothing that is shown, and the list is not sent again for them.
    let fetched = use_fetched(move || nodes.with(|nodes| nodes.fetched_at));
    let total = move || match nodes.with(|nodes| nodes.total) {
        1 => text::total_one(language).to_owned(),
        total => text::total(language, number(total)),
    };
    let age = move || match fetched.get() {
        None => text::not_fetched(language).into_any(),
        Some(at) => view! {
            {text::last_fetched(language)}" "
            <Time at style=TimeStyle::Clock />
        }
        .into_any(),
    };
    view! {
        <div class="about">
            <span>{total}{text::separator(language)}<span class="fetched">{age}</span></span>
            <ping::Meanings />
        </div>
    }
}

/// Says so when the last refresh failed: what is shown is older than it should be.
#[component]
pub(super) fn Stale(nodes: Signal<NodePage>) -> impl IntoView {
    let language = use_language();
    let failure = followed(move || nodes.with(|nodes| (nodes.failure.clone(), nodes.fetched_at)));
    move || {
        let (error, fetched) = failure.get();
        error.map(|error| {
            let age = fetched.map(|at| {
                view! { <p>{text::stale_since(language)}" "<Time at style=TimeStyle::Both /></p> }
            });
            view! {
                <Alert kind=StatusKind::Warning title=text::stale(language).to_owned()>
                    <p>{error_text(language, &error)}</p>
                    {age}
                </Alert>
            }
        })
    }
}
