//! Adds a filter without script, by three fields.

use domain::nodes::query::NodeQuery;
use leptos::prelude::*;

use super::fields::{FilterForm, Start};
use crate::page::use_language;
use crate::text::filter as text;

/// The fields, where there is no script: open when what they sent was no filter.
#[component]
pub(super) fn AddFilter(query: Memo<NodeQuery>, go: Callback<NodeQuery>) -> impl IntoView {
    let language = use_language();
    let draft = query.with_untracked(|query| query.draft.clone());
    let open = draft.is_some();
    let start = draft.map_or_else(Start::default, Start::from);
    view! {
        <details class="add-filter only-without-script" open=open>
            <summary>{text::add(language)}</summary>
            <FilterForm rest=query go start />
        </details>
    }
    .into_any()
}
