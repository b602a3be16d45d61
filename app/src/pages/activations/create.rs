//! The create form.

use leptos::prelude::*;

/// The create form.
#[component]
pub fn CreateActivation() -> impl IntoView {
    view! { <h1>"CreateActivation"</h1> }
}
