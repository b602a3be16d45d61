//! Nodes that are likely the same machine.

use domain::language::Language;
use domain::nodes::similar::{SimilarNode, SimilarNodes};
use leptos::prelude::*;

use crate::components::container::Container;
use crate::components::number::number;
use crate::components::time::{Time, TimeStyle};
use crate::nodes::detail::NodeDetail;
use crate::page::use_language;
use crate::pages::nodes::Ping;
use crate::text::{node as text, nodes};

/// The nodes that look like this one; nothing where there are none.
#[component]
pub fn Similar(
    /// The node.
    detail: Signal<NodeDetail>,
) -> impl IntoView {
    let language = use_language();
    let similar = Memo::new(move |_| detail.with(|detail| detail.similar.clone()));
    move || {
        let SimilarNodes { named, others } = similar.get();
        let row = |node: SimilarNode| view! { <Row node /> };
        (!named.is_empty()).then(|| {
            let more = (others > 0).then(|| text::similar_more(language, number(others)));
            view! {
                <Container title=text::similar(language) description=text::similar_description(language).to_owned()>
                    <div class="table-region" tabindex="0" role="region" aria-label=text::similar(language)>
                        <table>
                            <thead>
                                <tr>
                                    <th scope="col">{nodes::node_id(language)}</th>
                                    <th scope="col">{nodes::node_name(language)}</th>
                                    <th scope="col">{text::similar_same(language)}</th>
                                    <th scope="col">{nodes::ping_status(language)}</th>
                                    <th scope="col">{nodes::last_ping(language)}</th>
                                </tr>
                            </thead>
                            <tbody>{named.into_iter().map(row).collect_view()}</tbody>
                        </table>
                    </div>
                    {more.map(|more| view! { <p class="secondary">{more}</p> })}
                </Container>
            }
        })
    }
}

#[component]
fn Row(node: SimilarNode) -> impl IntoView {
    let language = use_language();
    let common = in_common(language, &node);
    view! {
        <tr>
            <th scope="row"><a class="code" href=format!("/nodes/{}", node.id)>{node.id.clone()}</a></th>
            <td>{node.name.unwrap_or_else(|| "-".to_owned())}</td>
            <td>{common}</td>
            <td class="nowrap"><Ping status=node.ping_status /></td>
            <td><Time at=node.last_ping style=TimeStyle::Relative /></td>
        </tr>
    }
    .into_any()
}

fn in_common(language: Language, node: &SimilarNode) -> &'static str {
    match (node.same_computer_name, node.same_ip_address) {
        (true, true) => text::similar_both(language),
        (true, false) => text::similar_name(language),
        _ => text::similar_address(language),
    }
}
