//! Managed nodes.

use leptos::prelude::*;

/// Managed nodes.
#[component]
pub fn Nodes() -> impl IntoView {
    view! { <h1>"Nodes"</h1> }
}
