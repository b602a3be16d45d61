//! What has happened to nodes: a list that can be looked through.

use std::sync::Arc;

use domain::language::Language;
use domain::nodes::events::{EventKind, FoundEvents, NodeChange, NodeEvent, Period};
use domain::nodes::is_hybrid_id;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::clock::use_now;
use crate::components::container::EmptyState;
use crate::components::live::use_live;
use crate::components::loaded::{Loaded, followed};
use crate::components::number::number;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::components::table::{Column, SelectFilter, Table, TableSpec};
use crate::components::time::{Time, TimeStyle};
use crate::nodes::changes::list_changes;
use crate::page::use_language;
use crate::text::changes as text;

/// Parameters of the address.
const KIND: &str = "kind";
const PERIOD: &str = "period";

/// The list, following what happens.
#[component]
pub fn NodeChanges() -> impl IntoView {
    let language = use_language();
    let (query, live) = (use_query_map(), use_live("nodes"));
    // The server leaves out what does not fit, before it takes the newest: the table's own filters would come too late.
    let asked = move || {
        query.with(|query| {
            let kind = query.get_str(KIND).and_then(EventKind::from_name);
            (kind, query.get_str(PERIOD).and_then(Period::from_name))
        })
    };
    let changes =
        Resource::new(move || (asked(), live.get()), |((kind, period), _)| list_changes(kind, period));
    let show = move |changes: Signal<FoundEvents>| {
        let rows = followed(move || changes.with(|changes| changes.newest.clone()));
        let more = move || {
            let (shown, matched) = changes.with(|changes| (changes.newest.len(), changes.matched));
            (shown < matched).then(|| text::more(language, number(shown), number(matched)))
        };
        view! {
            <Table
                spec=spec(language)
                rows
                total=followed(move || changes.with(|changes| changes.total))
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
        parameter: KIND,
        any: text::any_kind(language),
        options: EventKind::ALL.map(|kind| (kind.name(), kind_text(language, kind))).to_vec(),
        matches: Arc::new(|event: &NodeEvent, value| event.change.kind().name() == value),
    };
    let period = SelectFilter {
        parameter: PERIOD,
        any: text::any_period(language),
        options: Period::ALL.map(|period| (period.name(), period_text(language, period))).to_vec(),
        matches: Arc::new(move |event: &NodeEvent, value| {
            let begun = Period::from_name(value).map(|period| now.get_untracked() - period.length());
            begun.is_none_or(|begun| event.happened >= begun)
        }),
    };
    TableSpec::new("changes", key, columns(language))
        .ordered("when", true)
        .search(search_text)
        .filter(kind)
        .filter(period)
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
        Column::new("event", text::event(language), move |event: &NodeEvent| {
            indicator(event.change.kind(), event_text(language, event)).into_any()
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
    let language = use_language();
    // Several nodes may have one name.
    let id = event.node_name.is_some().then(|| event.node_id.clone());
    let name = event.node_name.clone().unwrap_or_else(|| event.node_id.clone());
    let what = indicator(event.change.kind(), event_text(language, &event));
    let at = event.happened;
    view! {
        <li>
            <div>
                <NodeLink event text=name />
                {id.map(|id| view! { <div class="row-id secondary">{id}</div> })}
            </div>
            {what}
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

/// What has happened to a node, in words. What is no hybrid node was not deregistered: an EC2 instance that is stopped is no
/// longer listed either.
fn event_text(language: Language, event: &NodeEvent) -> &'static str {
    match event.change.kind() {
        EventKind::Deregistered if !is_hybrid_id(&event.node_id) => text::no_longer_listed(language),
        kind => kind_text(language, kind),
    }
}

fn period_text(language: Language, period: Period) -> &'static str {
    match period {
        Period::Day => text::day(language),
    }
}

/// What has happened, with its icon.
#[component]
pub fn KindIndicator(
    /// Which.
    kind: EventKind,
) -> impl IntoView {
    indicator(kind, kind_text(use_language(), kind))
}

fn indicator(kind: EventKind, text: &'static str) -> impl IntoView {
    let status = match kind {
        EventKind::Registered | EventKind::BackOnline => StatusKind::Success,
        EventKind::ConnectionLost => StatusKind::Error,
        EventKind::Deregistered => StatusKind::Stopped,
        EventKind::AgentUpdated => StatusKind::Info,
    };
    view! { <StatusIndicator kind=status text /> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::OffsetDateTime;

    #[test]
    fn only_hybrid_nodes_are_deregistered() {
        let event = |node_id: &str, change| NodeEvent {
            happened: OffsetDateTime::UNIX_EPOCH,
            node_id: node_id.to_owned(),
            node_name: None,
            change,
        };
        let (hybrid, instance) = ("mi-0123456789abcdef0", "i-0238e4ae9600e8fdd");
        let said = |language, id, change| event_text(language, &event(id, change));
        assert_eq!(said(Language::En, hybrid, NodeChange::Deregistered), "Deregistered");
        assert_eq!(said(Language::En, instance, NodeChange::Deregistered), "No longer listed");
        assert_eq!(said(Language::Ja, instance, NodeChange::Deregistered), "一覧から消えました");
        assert_eq!(said(Language::En, instance, NodeChange::BackOnline), "Back online");
    }
}
