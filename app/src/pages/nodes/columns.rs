//! The columns of the node list, named as Fleet Manager names them.

use std::cmp::Ordering;

use domain::language::Language;
use domain::nodes::ManagedNode;
use leptos::prelude::*;

use super::Ping;
use crate::components::table::Column;
use crate::components::time::{Time, TimeStyle};
use crate::text::nodes as text;

type Field = fn(&ManagedNode) -> Option<&str>;

/// A column of plain text, sorted without regard to case.
macro_rules! text_column {
    ($id:expr, $heading:expr, $field:expr) => {{
        const FIELD: Field = $field;
        Column::new($id, $heading, |node| or_dash(FIELD(node)))
            .sorted_by(|a, b| FIELD(a).map(str::to_lowercase).cmp(&FIELD(b).map(str::to_lowercase)))
    }};
}

/// Every column, from left to right.
pub(super) fn columns(language: Language) -> Vec<Column<ManagedNode>> {
    vec![
        Column::new("id", text::node_id(language), |node: &ManagedNode| {
            view! { <span class="code">{node.id.clone()}</span> }.into_any()
        })
        .sorted_by(|a, b| a.id.cmp(&b.id))
        .row_header()
        .class("nowrap"),
        text_column!("name", text::node_name(language), |node| node.name.as_deref()),
        Column::new("os", text::operating_system(language), |node: &ManagedNode| {
            or_dash(operating_system(node).as_deref())
        })
        .sorted_by(|a, b| operating_system(a).cmp(&operating_system(b))),
        Column::new("source", text::source_type(language), move |node: &ManagedNode| {
            or_dash(source(language, node).as_deref())
        })
        .sorted_by(|a, b| a.source_type.cmp(&b.source_type)),
        Column::new("ping", text::ping_status(language), |node: &ManagedNode| {
            view! { <Ping status=node.ping_status /> }.into_any()
        })
        .sorted_by(|a, b| a.ping_status.cmp(&b.ping_status))
        .class("nowrap"),
        Column::new("agent", text::agent_version(language), |node: &ManagedNode| {
            or_dash(node.agent_version.as_deref())
        })
        .sorted_by(|a, b| compare_versions(a.agent_version.as_deref(), b.agent_version.as_deref()))
        .class("nowrap"),
        text_column!("computer", text::computer_name(language), |node| node.computer_name.as_deref()),
        Column::new("last_ping", text::last_ping(language), |node: &ManagedNode| {
            view! { <Time at=node.last_ping style=TimeStyle::Relative /> }.into_any()
        })
        .sorted_by(|a, b| a.last_ping.cmp(&b.last_ping))
        .class("nowrap"),
        text_column!("state", text::node_state(language), |node| node.state.as_deref()).hidden(),
        text_column!("ip", text::ip_address(language), |node| node.ip_address.as_deref()).hidden(),
        text_column!("role", text::iam_role(language), |node| node.iam_role.as_deref()).hidden(),
        Column::new("activation", text::activation_id(language), activation)
            .sorted_by(|a, b| a.activation_id.cmp(&b.activation_id))
            .hidden(),
        Column::new("registered", text::registered(language), |node: &ManagedNode| {
            view! { <Time at=node.registered style=TimeStyle::Absolute /> }.into_any()
        })
        .sorted_by(|a, b| a.registered.cmp(&b.registered))
        .hidden(),
    ]
}

fn or_dash(text: Option<&str>) -> AnyView {
    text.unwrap_or("-").to_owned().into_any()
}

fn operating_system(node: &ManagedNode) -> Option<String> {
    let name = node.platform_name.as_ref().or(node.platform_type.as_ref())?;
    Some(node.platform_version.as_ref().map_or_else(|| name.clone(), |version| format!("{name} {version}")))
}

/// EC2 instances by their common name, everything else as AWS has it.
fn source(language: Language, node: &ManagedNode) -> Option<String> {
    let source = node.source_type.as_deref()?;
    Some(if source == "AWS::EC2::Instance" { text::ec2_instance(language) } else { source }.to_owned())
}

fn activation(node: &ManagedNode) -> AnyView {
    match node.activation_id.clone() {
        None => "-".into_any(),
        Some(id) => view! { <a class="code" href=format!("/activations/{id}")>{id.clone()}</a> }.into_any(),
    }
}

/// By number, part for part: 3.10 is later than 3.9.
fn compare_versions(a: Option<&str>, b: Option<&str>) -> Ordering {
    let parts = |version: Option<&str>| {
        version.map(|v| v.split('.').map(|part| part.parse::<u64>().unwrap_or(0)).collect::<Vec<_>>())
    };
    parts(a).cmp(&parts(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert_eq!(compare_versions(Some("3.2.815.0"), Some("3.10.1.0")), Ordering::Less);
        assert_eq!(compare_versions(Some("3.2.815.0"), Some("3.2.815.0")), Ordering::Equal);
        assert_eq!(compare_versions(None, Some("1.0")), Ordering::Less);
    }
}
