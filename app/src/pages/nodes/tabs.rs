//! The tabs of the managed nodes: each a page with an address of its own.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::page::use_language;
use crate::text::nodes as text;

/// "Managed nodes" and "Settings".
#[component]
pub fn NodesTabs() -> impl IntoView {
    let language = use_language();
    let path = use_location().pathname;
    let tab = move |href: &'static str, label: &'static str| {
        let current = move || path.with(|path| path.trim_end_matches('/') == href).then_some("page");
        view! { <li><a class="tab" href=href aria-current=current>{label}</a></li> }
    };
    view! {
        <nav class="tabs" aria-label=text::title(language)>
            <ul>
                {tab("/nodes", text::title(language))}
                {tab("/nodes/settings", text::settings(language))}
            </ul>
        </nav>
    }
    .into_any()
}
