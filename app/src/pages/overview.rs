//! The overview.

use leptos::prelude::*;

/// The overview.
#[component]
pub fn Overview() -> impl IntoView {
    view! { <h1>"Overview"</h1> }
}
