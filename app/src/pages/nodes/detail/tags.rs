//! The node's tags.

use domain::errors::ApiError;
use domain::nodes::is_hybrid_id;
use domain::tags::Tag;
use leptos::prelude::*;

use crate::components::container::{KeyValue, KeyValues};
use crate::components::live::use_live;
use crate::components::loaded::Loaded;
use crate::nodes::detail::node_tags;
use crate::page::use_language;
use crate::text::{activations, node as text, node_actions};

/// The tags, asked of SSM when the page opens and whenever the nodes have changed.
#[component]
pub fn Tags(
    /// The node's id.
    id: String,
) -> impl IntoView {
    let language = use_language();
    if !is_hybrid_id(&id) {
        return view! { <p class="secondary">{node_actions::tags_not_hybrid(language)}</p> }.into_any();
    }
    let live = use_live("nodes");
    let tags = Resource::new(
        move || (id.clone(), live.get()),
        |(id, _)| async move {
            match node_tags(id).await {
                Ok(tags) => Ok(Some(tags)),
                // The page itself is about to hear of it.
                Err(ApiError::NotFound) => Ok(None),
                Err(error) => Err(error),
            }
        },
    );
    view! {
        <Loaded resource=tags let:tags>
            <Pairs tags />
        </Loaded>
    }
    .into_any()
}

#[component]
fn Pairs(tags: Signal<Option<Vec<Tag>>>) -> impl IntoView {
    let language = use_language();
    let pair = |tag: Tag| {
        let value = if tag.value.is_empty() { "-".to_owned() } else { tag.value };
        view! { <KeyValue label=tag.key>{value}</KeyValue> }
    };
    move || match tags.get() {
        None => view! { <p class="secondary">{text::tags_gone(language)}</p> }.into_any(),
        Some(tags) if tags.is_empty() => {
            view! { <p class="secondary">{activations::tags_none(language)}</p> }.into_any()
        }
        Some(tags) => view! { <KeyValues>{tags.into_iter().map(pair).collect_view()}</KeyValues> }.into_any(),
    }
}
