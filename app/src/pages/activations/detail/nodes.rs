//! The nodes that an activation has brought.

use domain::activations::Activation;
use domain::nodes::{ManagedNode, PingStatus};
use leptos::prelude::*;

use crate::activations::activation_nodes;
use crate::components::container::Container;
use crate::components::live::use_live;
use crate::components::loaded::Loaded;
use crate::components::time::{Time, TimeStyle};
use crate::page::use_language;
use crate::pages::nodes::Ping;
use crate::text::{activations as text, nodes as nodes_text};

/// The nodes, as they come and go.
#[component]
pub fn ActivationNodes(
    /// Their activation.
    activation: Signal<Activation>,
) -> impl IntoView {
    let language = use_language();
    let id = Memo::new(move |_| activation.with(|activation| activation.id.clone()));
    let (nodes, activations) = (use_live("nodes"), use_live("activations"));
    let resource =
        Resource::new(move || (id.get(), nodes.get(), activations.get()), |(id, ..)| activation_nodes(id));
    view! {
        <Container title=text::nodes_title(language)>
            <Loaded resource let:nodes>
                <Rows nodes />
                {move || {
                    let used = activation.with(|activation| activation.registrations as usize);
                    let gone = used.saturating_sub(nodes.with(Vec::len));
                    (gone > 0).then(|| view! { <p class="secondary">{text::nodes_gone(language, gone)}</p> })
                }}
            </Loaded>
        </Container>
    }
    .into_any()
}

#[component]
fn Rows(nodes: Signal<Vec<ManagedNode>>) -> impl IntoView {
    let language = use_language();
    let none = move || nodes.with(Vec::is_empty);
    view! {
        <Show
            when=move || !none()
            fallback=move || view! { <p class="secondary">{text::nodes_empty(language)}</p> }
        >
            <div class="table-region" tabindex="0" role="region" aria-label=text::nodes_title(language)>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{text::node_id(language)}</th>
                            <th scope="col">{text::node_name(language)}</th>
                            <th scope="col">{text::node_computer(language)}</th>
                            <th scope="col">{nodes_text::ping_status(language)}</th>
                            <th scope="col">{text::node_registered(language)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || nodes.get() key=row_key children=|node| view! { <Row node /> } />
                    </tbody>
                </table>
            </div>
        </Show>
    }
    .into_any()
}

/// A row is made anew when what it shows changes.
fn row_key(node: &ManagedNode) -> (String, Option<PingStatus>, Option<String>) {
    (node.id.clone(), node.ping_status, node.computer_name.clone())
}

#[component]
fn Row(node: ManagedNode) -> impl IntoView {
    let given = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    view! {
        <tr>
            <th scope="row" class="nowrap"><a href=format!("/nodes/{}", node.id)>{node.id.clone()}</a></th>
            <td>{given(node.name)}</td>
            <td>{given(node.computer_name)}</td>
            <td><Ping status=node.ping_status /></td>
            <td><Time at=node.registered style=TimeStyle::Relative /></td>
        </tr>
    }
    .into_any()
}
