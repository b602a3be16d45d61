//! What has come of each node.

use domain::errors::ApiError;
use domain::language::Language;
use domain::nodes::actions::{ActionKind, NodeOutcome, NodeResult};
use leptos::prelude::*;

use crate::components::status::{StatusIndicator, StatusKind};
use crate::error_text::error_text;
use crate::nodes::actions::ShownAction;
use crate::page::use_language;
use crate::text::{node_actions as text, nodes};

/// A row for each node, those that have failed first once there are any.
#[component]
pub fn Results(
    /// The action.
    action: Signal<ShownAction>,
) -> impl IntoView {
    let language = use_language();
    let kind = action.with_untracked(|action| action.progress.action.kind());
    let rows = Memo::new(move |_| {
        let mut nodes = action.with(|action| action.progress.nodes.clone());
        nodes.sort_by_key(|node| !matches!(node.outcome, NodeOutcome::Failed(_)));
        nodes
    });
    view! {
        <div class="table-region" tabindex="0" role="region" aria-label=text::results(language)>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{nodes::node_id(language)}</th>
                        <th scope="col">{nodes::node_name(language)}</th>
                        <th scope="col">{text::result(language)}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || rows.get() key=row_key children=move |node| view! { <Row kind node /> } />
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A row is made anew when its outcome changes.
fn row_key(node: &NodeResult) -> (String, u8) {
    let outcome = match node.outcome {
        NodeOutcome::Waiting => 0,
        NodeOutcome::Done => 1,
        NodeOutcome::Failed(_) => 2,
    };
    (node.id.clone(), outcome)
}

#[component]
fn Row(kind: ActionKind, node: NodeResult) -> impl IntoView {
    let language = use_language();
    // What is deregistered has no page any more.
    let gone = kind == ActionKind::Deregister && node.outcome == NodeOutcome::Done;
    let id = if gone {
        view! { <span class="code">{node.id}</span> }.into_any()
    } else {
        view! { <a class="code" href=format!("/nodes/{}", node.id)>{node.id.clone()}</a> }.into_any()
    };
    let outcome = match node.outcome {
        NodeOutcome::Waiting => {
            view! { <StatusIndicator kind=StatusKind::Pending text=text::waiting(language) /> }.into_any()
        }
        NodeOutcome::Done => {
            view! { <StatusIndicator kind=StatusKind::Success text=done_text(language, kind) /> }.into_any()
        }
        NodeOutcome::Failed(error) => view! {
            <StatusIndicator kind=StatusKind::Error text=text::failed(language) />
            {explanation(language, &error).map(|text| view! { <p>{text}</p> })}
            <p class="secondary">{error_text(language, &error)}</p>
        }
        .into_any(),
    };
    view! {
        <tr>
            <th scope="row">{id}</th>
            <td>{node.name.unwrap_or_else(|| "-".to_owned())}</td>
            <td>{outcome}</td>
        </tr>
    }
    .into_any()
}

fn done_text(language: Language, kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Deregister => text::deregistered(language),
        ActionKind::Role => text::role_changed(language),
        ActionKind::Tags => text::tags_changed(language),
    }
}

/// What AWS's commonest codes mean, in plain words beside its own.
fn explanation(language: Language, error: &ApiError) -> Option<&'static str> {
    let ApiError::Upstream { code, .. } = error else { return None };
    match code.as_str() {
        "InvalidInstanceId" | "InvalidResourceId" => Some(text::not_registered(language)),
        "TooManyTagsError" => Some(text::too_many_tags(language)),
        "AccessDeniedException" => Some(text::console_denied(language)),
        _ => None,
    }
}
