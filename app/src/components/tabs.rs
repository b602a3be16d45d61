//! Tabs by URL: each is a link, so that a tab can be linked to, opened apart, and used without script.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

/// A tab's name in the query and on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// In the query.
    pub id: &'static str,
    /// On screen.
    pub label: String,
}

/// The chosen tab's id: what the query names, or the first.
#[must_use]
pub fn use_tab(parameter: &'static str, tabs: &[Tab]) -> Memo<&'static str> {
    let query = use_query_map();
    let ids: Vec<_> = tabs.iter().map(|tab| tab.id).collect();
    Memo::new(move |_| {
        let named = query.with(|query| query.get(parameter));
        let known = ids.iter().find(|id| named.as_deref() == Some(**id));
        known.or(ids.first()).copied().unwrap_or_default()
    })
}

/// The row of tabs. What the chosen one holds is the page's to render, by [`use_tab`].
#[component]
pub fn Tabs(
    /// What the row is called.
    #[prop(into)]
    label: String,
    /// The query parameter that names the tab.
    parameter: &'static str,
    /// From left to right.
    tabs: Vec<Tab>,
) -> impl IntoView {
    let chosen = use_tab(parameter, &tabs);
    let (location, query) = (use_location(), use_query_map());
    let links = tabs
        .into_iter()
        .map(|tab| {
            let id = tab.id;
            let href = move || {
                let mut query = query.get();
                query.replace(parameter, id.to_owned());
                format!("{}{}", location.pathname.get(), query.to_query_string())
            };
            let current = move || (chosen.get() == id).then_some("true");
            view! { <li><a class="tab" href=href aria-current=current data-noscroll="">{tab.label}</a></li> }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=label>
            <ul>{links}</ul>
        </nav>
    }
    .into_any()
}
