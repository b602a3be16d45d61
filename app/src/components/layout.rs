//! The frame around every page behind the sign-in.

use leptos::prelude::*;

/// Top bar, navigation and the page.
#[component]
pub fn Layout(children: Children) -> impl IntoView {
    view! { <main id="content">{children()}</main> }
}
