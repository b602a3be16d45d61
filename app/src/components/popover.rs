//! More about something, on demand: works without script, being a `<details>`.

use leptos::prelude::*;

use crate::page::use_language;
use crate::text::common;

/// An "Info" link that opens a small box.
#[component]
pub fn Help(
    /// What it is about, for those who only hear the link.
    #[prop(into)]
    topic: String,
    /// The explanation.
    children: Children,
) -> impl IntoView {
    let language = use_language();
    view! {
        <details class="popover help">
            <summary aria-label=common::info_about(language, topic)>{common::info(language)}</summary>
            <div class="popover-box">{children()}</div>
        </details>
    }
}

/// A button that opens a box of whatever is given, such as a menu.
#[component]
pub fn Popover(
    /// Style class beside `popover`.
    #[prop(optional)]
    class: &'static str,
    /// What the button shows.
    summary: AnyView,
    /// The button's name when what it shows is no text.
    #[prop(optional, into)]
    label: Option<String>,
    /// What the box holds.
    children: Children,
) -> impl IntoView {
    view! {
        <details class=format!("popover {class}") name="popover">
            <summary aria-label=label>{summary}</summary>
            <div class="popover-box">{children()}</div>
        </details>
    }
}
