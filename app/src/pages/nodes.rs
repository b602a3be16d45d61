//! Managed nodes: the list.

pub mod actions;
pub mod changes;
mod columns;
pub mod detail;
pub mod links;
mod ping;
pub mod settings;
mod tabs;
mod tier_badge;

pub use ping::{Ping, ping_text};
pub use tabs::NodesTabs;
pub use tier_badge::{SettingBadge, TierBadge, tier_text};

use std::sync::Arc;

use domain::language::Language;
use domain::nodes::{ManagedNode, NodeSnapshot, PingStatus};
use leptos::prelude::*;

use crate::components::alert::Alert;
use crate::components::button::LinkButton;
use crate::components::container::EmptyState;
use crate::components::live::use_live;
use crate::components::loaded::Loaded;
use crate::components::status::StatusKind;
use crate::components::table::{SelectFilter, Table, TableSpec};
use crate::components::time::{Time, TimeStyle};
use crate::error_text::error_text;
use crate::nodes::list_nodes;
use crate::page::{may, use_language};
use crate::text::nodes as text;

/// Every node that SSM manages, following changes.
#[component]
pub fn Nodes() -> impl IntoView {
    let language = use_language();
    let live = use_live("nodes");
    let snapshot = Resource::new(move || live.get(), |_| list_nodes());
    let show = move |snapshot: Signal<NodeSnapshot>| {
        let rows = Memo::new(move |_| snapshot.with(|snapshot| snapshot.nodes.clone()));
        view! {
            <Stale snapshot />
            <Table
                spec=spec(language)
                rows
                title=text::title(language)
                description=view! { <About snapshot /> }.into_any()
                empty=move || view! { <Empty /> }
            />
        }
    };
    view! {
        <NodesTabs />
        <Loaded resource=snapshot children=show />
    }
    .into_any()
}

fn spec(language: Language) -> TableSpec<ManagedNode> {
    let ping = SelectFilter {
        parameter: "ping",
        any: text::any_ping(language),
        options: PingStatus::ALL.map(|status| (status.name(), ping_text(language, status))).to_vec(),
        matches: Arc::new(|node: &ManagedNode, value| {
            node.ping_status.is_some_and(|ping| ping.name() == value)
        }),
    };
    let platform = SelectFilter {
        parameter: "platform",
        any: text::any_platform(language),
        options: vec![("Linux", "Linux"), ("Windows", "Windows"), ("MacOS", "macOS")],
        matches: Arc::new(|node: &ManagedNode, value| node.platform_type.as_deref() == Some(value)),
    };
    TableSpec::new("nodes", |node: &ManagedNode| node.id.clone(), columns::columns(language))
        .search(search_text)
        .filter(ping)
        .filter(platform)
}

fn search_text(node: &ManagedNode, text: &mut String) {
    let parts = [
        Some(&node.id),
        node.name.as_ref(),
        node.computer_name.as_ref(),
        node.platform_name.as_ref(),
        node.platform_version.as_ref(),
        node.agent_version.as_ref(),
        node.ip_address.as_ref(),
        node.activation_id.as_ref(),
    ];
    for part in parts.into_iter().flatten() {
        text.push_str(part);
        text.push(' ');
    }
}

/// How old the list is, and what the ping states mean.
#[component]
fn About(snapshot: Signal<NodeSnapshot>) -> impl IntoView {
    let language = use_language();
    let fetched = Memo::new(move |_| snapshot.with(|snapshot| snapshot.fetched_at));
    let age = move || match fetched.get() {
        None => text::not_fetched(language).into_any(),
        Some(at) => view! {
            {text::fetched(language)}" "
            <Time at style=TimeStyle::Relative />
        }
        .into_any(),
    };
    view! {
        <div class="about">
            <span>{age}</span>
            <ping::Meanings />
        </div>
    }
}

/// Says so when the last refresh failed.
#[component]
fn Stale(snapshot: Signal<NodeSnapshot>) -> impl IntoView {
    let language = use_language();
    let failure = Memo::new(move |_| snapshot.with(|snapshot| snapshot.failure.clone()));
    move || {
        failure.get().map(|error| {
            view! {
                <Alert kind=StatusKind::Warning title=text::stale(language).to_owned()>
                    <p>{error_text(language, &error)}</p>
                </Alert>
            }
        })
    }
}

/// No nodes at all: the way to the first.
#[component]
fn Empty() -> impl IntoView {
    let language = use_language();
    let allowed = may(domain::permission::Permission::CreateActivation);
    view! {
        <EmptyState title=text::empty(language) description=text::empty_hint(language).to_owned()>
            {allowed
                .then(|| view! { <LinkButton href="/activations/new" text=text::create_activation(language) /> })}
        </EmptyState>
    }
}
