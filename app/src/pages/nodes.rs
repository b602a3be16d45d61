//! Managed nodes: the list.

mod about;
pub mod actions;
pub mod changes;
mod columns;
pub mod detail;
mod fetched;
mod filter;
pub mod links;
mod names;
mod ping;
pub mod settings;
mod tabs;
mod tier_badge;
mod toolbar;

pub use columns::columns_shown;
pub use fetched::use_fetched;
pub use names::{property_name, value_name};
pub use ping::{Ping, ping_text};
pub use tabs::NodesTabs;
pub use tier_badge::{SettingBadge, TierBadge, tier_text};

use domain::language::Language;
use domain::nodes::property::Property;
use domain::nodes::query::NodeQuery;
use domain::nodes::{ManagedNode, NodePage};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::components::button::LinkButton;
use crate::components::container::EmptyState;
use crate::components::live::use_live;
use crate::components::loaded::{Loaded, followed};
use crate::components::table::{Links, Page, Selection, TableBody, TableFrame, TablePreferences, choices};
use crate::nodes::list_nodes;
use crate::page::{may, use_language, use_page};
use crate::text::nodes as text;
use about::{About, Stale};
use columns::{TABLE, columns};
use fetched::use_minutes;
use filter::{PropertyFilter, href};
use names::value_of;
use toolbar::Toolbar;

/// The list's address.
const PATH: &str = "/nodes";
/// The form of the rows that are chosen.
const SELECTION_FORM: &str = "chosen-nodes";

/// Every node that SSM manages, following changes. Pages are made by the server: a fleet may be ten thousand.
#[component]
pub fn Nodes() -> impl IntoView {
    let language = use_language();
    let columns = StoredValue::new(columns(language));
    let choices = columns.with_value(|columns| choices(columns));
    let preferences = use_page().with_value(|page| TablePreferences::of(page, TABLE, &choices));
    let query = use_node_query(language, preferences.page_size);
    let (live, minutes) = (use_live("nodes"), use_minutes());
    let nodes = Resource::new(
        move || (query.with(NodeQuery::to_query), live.get(), minutes.get()),
        |(query, ..)| list_nodes(query),
    );
    let selection = Selection::new(SELECTION_FORM);
    let refetch = Callback::new(move |()| nodes.refetch());
    let show = move |nodes: Signal<NodePage>| {
        let nodes = followed(move || nodes.get());
        let page = followed(move || nodes.with(page));
        let matched = Signal::derive(move || page.with(|page| page.matched));
        let filtered = Signal::derive(move || query.with(NodeQuery::is_filtered));
        view! {
            <Stale nodes />
            <TableFrame
                name=TABLE
                body=TableBody::new(columns.get_value(), &preferences, page)
                preferences=preferences.clone()
                filtered
                links=links(query)
                tools=view! { <PropertyFilter query matched /> }.into_any()
                title=text::title(language).to_owned()
                badge=Some(view! { <TierBadge /> }.into_any())
                description=Some(view! { <About nodes /> }.into_any())
                actions=Some(view! { <Toolbar query selection refetch /> }.into_any())
                selection=Some(selection)
                empty=ViewFn::from(|| view! { <Empty /> })
            />
        }
    };
    view! {
        <NodesTabs />
        <Loaded resource=nodes children=show />
    }
    .into_any()
}

/// What the address asks for, in pages of the preferred size where it does not say. Links from here do say, unless the size
/// is the usual one: what they lead to has the same rows for others.
fn use_node_query(language: Language, preferred: usize) -> Memo<NodeQuery> {
    let search = use_location().search;
    let value_of = move |property, typed: &str| value_of(language, property, typed);
    Memo::new(move |_| search.with(|search| NodeQuery::parse_named(search, value_of)).preferring(preferred))
}

fn links(query: Memo<NodeQuery>) -> Links {
    let sorted = move |column| {
        let property = Property::from_id(column);
        query.with(|query| property.map_or_else(|| query.clone(), |property| query.sorted_by(property)))
    };
    Links {
        direction: Callback::new(move |column| {
            query.with(|query| Property::from_id(column).and_then(|property| query.direction(property)))
        }),
        sorted_by: Callback::new(move |column| href(&sorted(column))),
        at_page: Callback::new(move |page| query.with(|query| href(&query.at_page(page)))),
        cleared: Signal::derive(move || query.with(|query| href(&query.cleared()))),
    }
}

fn page(page: &NodePage) -> Page<ManagedNode> {
    Page {
        rows: page.nodes.iter().map(|node| (node.id.clone(), node.clone())).collect(),
        matched: page.matched,
        total: page.total,
        number: page.number,
        pages: page.pages,
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
