//! The sign-in page.

use leptos::prelude::*;

/// The sign-in page.
#[component]
pub fn Login() -> impl IntoView {
    view! { <h1>"Login"</h1> }
}
