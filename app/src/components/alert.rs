//! A message within the page.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::status::StatusKind;

/// A box with a message. An error is announced at once, others when the reader pauses.
#[component]
pub fn Alert(
    /// Success, warning, error or info.
    kind: StatusKind,
    /// A heading.
    #[prop(optional, into)]
    title: Option<String>,
    /// The message.
    children: Children,
) -> impl IntoView {
    let role = if kind == StatusKind::Error { "alert" } else { "status" };
    view! {
        <div class=format!("alert alert-{}", kind.class()) role=role>
            <Icon icon=kind.icon() />
            <div class="alert-content">
                {title.map(|title| view! { <p class="alert-title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
    .into_any()
}
