//! What has happened to nodes: a list that can be looked through.

use std::sync::Arc;

use domain::language::Language;
use domain::nodes::events::{EventKind, NodeChange, NodeEvent, NodeEvents};
use leptos::prelude::*;
use time::Duration;

use crate::components::clock::use_now;
use crate::components::container::EmptyState;
use crate::components::live::use_live;
use crate::components::loaded::{Loaded, followed};
use crate::components::status::{StatusIndicator, StatusKind};
use crate::components::table::{Column, SelectFilter, Table, TableSpec};
use crate::components::time::{Time, TimeStyle};
use crate::nodes::list_changes;
use crate::page::use_language;
use crate::text::changes as text;

/// The list, following what happens.
#[component]
pub fn NodeChanges() -> impl IntoView {
    let language = use_language();
    let live = use_live("nodes");
    let changes = Resource::new(move || live.get(), |_| list_changes());
    let show = move |changes: Signal<NodeEvents>| {
        let rows = followed(move || changes.with(|changes| changes.newest.clone()));
        let more = move || {
            let (shown, total) = changes.with(|changes| (changes.newest.len(), changes.total()));
            (shown < total).then(|| text::more(language, shown, total))
        };
        view! {
            <Table
                spec=spec(language)
                rows
                title=text::title(language)
                description=view! { {text::description(language)}" "{more} }.into_any()
                empty=move || {
                    view! {
                        <EmptyState title=text::empty(language) description=text::empty_hint(language).to_owned() />
                    }
                }
            />
        }
    };
    view! { <Loaded resource=changes children=show /> }.into_any()
}

fn spec(language: Language) -> TableSpec<NodeEvent> {
    let now = use_now();
    let kind = SelectFilter {
        parameter: "kind",
        any: text::any_kind(language),
        options: EventKind::ALL.map(|kind| (kind.name(), kind_text(language, kind))).to_vec(),
        matches: Arc::new(|event: &NodeEvent, value| event.change.kind().name() == value),
    };
    let period = SelectFilter {
        parameter: "period",
        any: text::any_period(language),
        options: vec![("day", text::day(language))],
        matches: Arc::new(move |event: &NodeEvent, _| event.happened >= now.get_untracked() - Duration::DAY),
    };
    TableSpec::new("changes", key, columns(language)).search(search_text).filter(kind).filter(period)
}

fn key(event: &NodeEvent) -> String {
    format!("{}/{}/{}", event.happened.unix_timestamp(), event.node_id, event.change.kind().name())
}

fn search_text(event: &NodeEvent, text: &mut String) {
    text.push_str(&event.node_id);
    text.push(' ');
    text.push_str(event.node_name.as_deref().unwrap_or_default());
}

fn columns(language: Language) -> Vec<Column<NodeEvent>> {
    vec![
        Column::new("when", text::when(language), |event: &NodeEvent| {
            view! { <Time at=event.happened style=TimeStyle::Both /> }.into_any()
        })
        .sorted_by(|a, b| a.happened.cmp(&b.happened)),
        Column::new("event", text::event(language), |event: &NodeEvent| {
            view! { <KindIndicator kind=event.change.kind() /> }.into_any()
        })
        .class("nowrap"),
        Column::new("node", text::node(language), |event: &NodeEvent| {
            event.node_name.clone().unwrap_or_else(|| "-".to_owned()).into_any()
        })
        .sorted_by(|a, b| a.node_name.cmp(&b.node_name)),
        Column::new("id", text::node_id(language), |event: &NodeEvent| {
            view! { <NodeLink event=event.clone() text=event.node_id.clone() /> }.into_any()
        })
        .sorted_by(|a, b| a.node_id.cmp(&b.node_id))
        .row_header()
        .class("nowrap"),
        Column::new("details", text::details(language), move |event: &NodeEvent| {
            details(language, &event.change)
        }),
    ]
}

fn details(language: Language, change: &NodeChange) -> AnyView {
    match change {
        NodeChange::Registered { activation_id: Some(id) } => {
            let href = format!("/activations/{id}");
            view! { <a href=href>{text::with_activation(language, id)}</a> }.into_any()
        }
        NodeChange::ConnectionLost { last_ping: Some(at) } => {
            view! { {text::last_ping(language)}" "<Time at=*at style=TimeStyle::Absolute /> }.into_any()
        }
        NodeChange::AgentUpdated { from, to } => text::from_to(language, from, to).into_any(),
        _ => "-".into_any(),
    }
}

/// Leads to the node, unless it is gone.
#[component]
fn NodeLink(event: NodeEvent, text: String) -> impl IntoView {
    if event.change == NodeChange::Deregistered {
        return view! { <span>{text}</span> }.into_any();
    }
    let href = super::links::node(&event.node_id);
    view! { <a href=href>{text}</a> }.into_any()
}

/// One event in a line: what, which node, when.
#[component]
pub fn EventRow(
    /// Which.
    event: NodeEvent,
) -> impl IntoView {
    // Several nodes may have one name.
    let id = event.node_name.is_some().then(|| event.node_id.clone());
    let name = event.node_name.clone().unwrap_or_else(|| event.node_id.clone());
    let (kind, at) = (event.change.kind(), event.happened);
    view! {
        <li>
            <div>
                <NodeLink event text=name />
                {id.map(|id| view! { <div class="row-id secondary">{id}</div> })}
            </div>
            <KindIndicator kind />
            <Time at style=TimeStyle::Relative />
        </li>
    }
    .into_any()
}

/// What has happened, in words.
#[must_use]
pub fn kind_text(language: Language, kind: EventKind) -> &'static str {
    match kind {
        EventKind::Registered => text::registered(language),
        EventKind::ConnectionLost => text::connection_lost(language),
        EventKind::BackOnline => text::back_online(language),
        EventKind::Deregistered => text::deregistered(language),
        EventKind::AgentUpdated => text::agent_updated(language),
    }
}

/// What has happened, with its icon.
#[component]
pub fn KindIndicator(
    /// Which.
    kind: EventKind,
) -> impl IntoView {
    let status = match kind {
        EventKind::Registered | EventKind::BackOnline => StatusKind::Success,
        EventKind::ConnectionLost => StatusKind::Error,
        EventKind::Deregistered => StatusKind::Stopped,
        EventKind::AgentUpdated => StatusKind::Info,
    };
    view! { <StatusIndicator kind=status text=kind_text(use_language(), kind) /> }
}
