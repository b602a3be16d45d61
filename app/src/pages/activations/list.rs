//! The list of activations.

use leptos::prelude::*;

/// The list of activations.
#[component]
pub fn ActivationList() -> impl IntoView {
    view! { <h1>"ActivationList"</h1> }
}
