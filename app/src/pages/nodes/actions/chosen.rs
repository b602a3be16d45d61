//! The nodes that were chosen, and those to which it cannot be done.

use domain::language::Language;
use domain::nodes::actions::{ActionKind, ChosenNode, Obstacle};
use leptos::prelude::*;

use super::not_hybrid_text;
use crate::components::alert::Alert;
use crate::components::status::StatusKind;
use crate::page::use_language;
use crate::pages::nodes::Ping;
use crate::text::{node_actions as text, nodes};

/// A table of the nodes; with their roles where another one is given.
#[component]
pub fn Chosen(
    /// What is done.
    kind: ActionKind,
    /// To these.
    nodes: Vec<ChosenNode>,
) -> impl IntoView {
    let language = use_language();
    let with_role = kind == ActionKind::Role;
    let given = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let row = move |node: ChosenNode| {
        view! {
            <tr>
                <th scope="row"><a class="code" href=format!("/nodes/{}", node.id)>{node.id.clone()}</a></th>
                <td>{given(node.name)}</td>
                <td>{given(node.computer_name)}</td>
                <td class="nowrap"><Ping status=node.ping_status /></td>
                {with_role.then(|| view! { <td>{given(node.iam_role)}</td> })}
            </tr>
        }
    };
    view! {
        <div class="table-region table-short" tabindex="0" role="region" aria-label=text::nodes(language)>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{nodes::node_id(language)}</th>
                        <th scope="col">{nodes::node_name(language)}</th>
                        <th scope="col">{nodes::computer_name(language)}</th>
                        <th scope="col">{nodes::ping_status(language)}</th>
                        {with_role.then(|| view! { <th scope="col">{text::present_role(language)}</th> })}
                    </tr>
                </thead>
                <tbody>{nodes.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The chosen nodes that are left out, each with the reason.
#[component]
pub fn Impossible(
    /// What is done.
    kind: ActionKind,
    /// Not to these.
    nodes: Vec<ChosenNode>,
) -> impl IntoView {
    let language = use_language();
    if nodes.is_empty() {
        return ().into_any();
    }
    let title = text::impossible(language, nodes.len());
    let item = move |node: ChosenNode| {
        let reason = node.obstacle.map(|obstacle| obstacle_text(language, kind, obstacle));
        view! {
            <li>
                <code>{node.id}</code>
                {node.name.map(|name| format!(" ({name})"))}": "{reason}
            </li>
        }
    };
    view! {
        <Alert kind=StatusKind::Warning title>
            <ul>{nodes.into_iter().map(item).collect_view()}</ul>
        </Alert>
    }
    .into_any()
}

fn obstacle_text(language: Language, kind: ActionKind, obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Unknown => text::unknown(language),
        Obstacle::NotHybrid => not_hybrid_text(language, kind),
    }
}
