//! More about something, on demand: works without script, being a `<details>`.

mod later;

pub use later::{Content, LazyPopover};

use leptos::prelude::*;

use crate::page::use_language;
use crate::text::common;

/// Lets an open popover close as one expects: by Escape, by a click elsewhere, by leaving the page. Called once, by
/// the layout.
pub fn close_when_left() {
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        let click = window_event_listener(leptos::ev::click, |event| {
            use wasm_bindgen::JsCast;
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
            if let Some(open) = open_popover()
                && !open.contains(target.as_ref())
            {
                open.set_open(false);
            }
        });
        let key = window_event_listener(leptos::ev::keydown, |event| {
            if event.key() == "Escape"
                && let Some(open) = open_popover()
            {
                open.set_open(false);
                if let Ok(Some(summary)) = open.query_selector("summary") {
                    use wasm_bindgen::JsCast;
                    // The focus was inside the box that is gone now.
                    let _ = summary.unchecked_into::<web_sys::HtmlElement>().focus();
                }
            }
        });
        on_cleanup(move || {
            click.remove();
            key.remove();
        });
    });
    #[cfg(feature = "hydrate")]
    {
        let path = leptos_router::hooks::use_location().pathname;
        Effect::new(move || {
            path.track();
            if let Some(open) = open_popover() {
                open.set_open(false);
            }
        });
    }
}

/// The open one: there is at most one, all of them having the same `name`.
#[cfg(feature = "hydrate")]
fn open_popover() -> Option<web_sys::HtmlDetailsElement> {
    use wasm_bindgen::JsCast;
    let open = document().query_selector("details.popover[open]").ok().flatten()?;
    Some(open.unchecked_into())
}

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
        <details class="popover help" name="popover">
            <summary aria-label=common::info_about(language, topic)>{common::info(language)}</summary>
            <div class="popover-box">{children()}</div>
        </details>
    }
    .into_any()
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
    .into_any()
}
