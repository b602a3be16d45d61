//! Adds a filter without script, by three fields.

use domain::nodes::query::NodeQuery;
use leptos::prelude::*;

/// The fields, where there is no script: open when what they sent was no filter.
#[component]
pub(super) fn AddFilter(query: Memo<NodeQuery>, go: Callback<NodeQuery>) -> impl IntoView {
    let open = query.with_untracked(|query| query.draft.is_some());
    // Where there is script, the input above does the same: this stays hidden, as the server has made it.
    #[cfg(not(feature = "ssr"))]
    let fields = {
        let _ = go;
        view! { <details class="add-filter only-without-script" open=open></details> }
    };
    #[cfg(feature = "ssr")]
    let fields = {
        use super::fields::{FilterForm, Start};
        let start =
            query.with_untracked(|query| query.draft.clone()).map_or_else(Start::default, Start::from);
        view! {
            <details class="add-filter only-without-script" open=open>
                <summary>{crate::text::filter::add(crate::page::use_language())}</summary>
                <FilterForm rest=query go start />
            </details>
        }
    };
    fields.into_any()
}
