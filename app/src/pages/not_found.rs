//! The answer to an address without a page.

use leptos::prelude::*;

/// The answer to an address without a page.
#[component]
pub fn NotFound() -> impl IntoView {
    view! { <h1>"NotFound"</h1> }
}
