//! One activation.

use leptos::prelude::*;

/// One activation.
#[component]
pub fn ActivationDetail() -> impl IntoView {
    view! { <h1>"ActivationDetail"</h1> }
}
