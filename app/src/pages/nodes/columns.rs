//! The columns of the node list, named as Fleet Manager names them.

use domain::language::Language;
use domain::nodes::ManagedNode;
use domain::nodes::property::Property;
use leptos::prelude::*;

use super::Ping;
use super::names::{property_name, value_name};
use crate::components::copy::CopyButton;
use crate::components::table::{Column, TablePreferences};
use crate::components::time::{Time, TimeStyle};
use crate::page::PageContext;
use crate::text::nodes as text;

/// The list's name in preferences.
pub(super) const TABLE: &str = "nodes";

/// Every column, from left to right.
pub(super) fn columns(language: Language) -> Vec<Column<ManagedNode>> {
    Property::ALL.into_iter().map(|property| column(language, property)).collect()
}

/// The columns that a person sees, from left to right, with their headings.
#[must_use]
pub fn columns_shown(page: &PageContext) -> Vec<(Property, &'static str)> {
    let choices = crate::components::table::choices(&columns(page.language));
    let shown = TablePreferences::of(page, TABLE, &choices).columns;
    let shown = shown.into_iter().filter_map(Property::from_id);
    shown.map(|property| (property, property_name(page.language, property))).collect()
}

fn column(language: Language, property: Property) -> Column<ManagedNode> {
    let cell = move |node: &ManagedNode| match property {
        Property::Id => id(language, node),
        Property::Ping => view! { <Ping status=node.ping_status /> }.into_any(),
        Property::LastPing => view! { <Time at=node.last_ping style=TimeStyle::Relative /> }.into_any(),
        Property::Registered => view! { <Time at=node.registered style=TimeStyle::Absolute /> }.into_any(),
        Property::Activation => activation(node),
        Property::SourceType => source_type(language, node),
        Property::Image => image(language, node),
        _ => match property.text(node) {
            None => "-".into_any(),
            Some(value) => value_name(language, property, &value).into_owned().into_any(),
        },
    };
    let column = Column::new(property.id(), property_name(language, property), cell).sorted_by_server();
    let column = match property {
        Property::Id => column.row_header().class("nowrap"),
        Property::Agent | Property::Ip => column.class("short"),
        Property::Registered | Property::SourceId | Property::Activation | Property::Image => column,
        _ => column.class("narrow"),
    };
    if is_usual(property) { column } else { column.hidden() }
}

/// Whether a column shows unless somebody has chosen otherwise: so many as fit beside the navigation on a screen of 1280.
const fn is_usual(property: Property) -> bool {
    matches!(
        property,
        Property::Id
            | Property::Name
            | Property::OperatingSystem
            | Property::SourceType
            | Property::Ping
            | Property::Agent
            | Property::Computer
            | Property::LastPing
    )
}

fn id(language: Language, node: &ManagedNode) -> AnyView {
    let id = node.id.clone();
    view! {
        <a class="code" href=format!("/nodes/{id}")>{id.clone()}</a>
        <CopyButton label=text::copy_id(language, &id) text=Signal::stored(id) />
    }
    .into_any()
}

/// AWS's name for hybrid nodes is long and the same for all of them: where there is little room, its beginning says enough.
fn source_type(language: Language, node: &ManagedNode) -> AnyView {
    let Some(source) = node.source_type.clone() else { return "-".into_any() };
    let name = value_name(language, Property::SourceType, &source).into_owned();
    view! { <span class="truncated" title=source>{name}</span> }.into_any()
}

/// Hybrid nodes have no image; that of an instance is missing where Sekisho may not ask EC2.
pub(super) fn image(language: Language, node: &ManagedNode) -> AnyView {
    match &node.image_id {
        Some(id) => view! { <code>{id.clone()}</code> }.into_any(),
        None if node.is_ec2() => {
            let reason = text::image_unknown(language);
            view! { <span title=reason>"-"<span class="visually-hidden">{reason}</span></span> }.into_any()
        }
        None => "-".into_any(),
    }
}

fn activation(node: &ManagedNode) -> AnyView {
    match node.activation_id.clone() {
        None => "-".into_any(),
        Some(id) => view! { <a class="code" href=format!("/activations/{id}")>{id.clone()}</a> }.into_any(),
    }
}
