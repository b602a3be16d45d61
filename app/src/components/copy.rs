//! Copies a text to the clipboard, and says whether that worked.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::page::use_language;
use crate::text::common;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Copied,
    Failed,
}

/// A button that copies. It needs the browser's script; without, the text beside it can still be selected.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// What the button is called: "Copy activation ID".
    #[prop(into)]
    label: String,
    /// Whether the button shows its name; otherwise only the icon shows.
    #[prop(optional)]
    labelled: bool,
    /// What tells it from others that show the same name; it begins with that.
    #[prop(optional, into)]
    full_label: Option<String>,
    /// Called after a successful copy.
    #[prop(optional_no_strip, into)]
    on_copied: Option<Callback<()>>,
    /// Called when the browser refuses.
    #[prop(optional_no_strip, into)]
    on_failed: Option<Callback<()>>,
) -> impl IntoView {
    let language = use_language();
    let (outcome, set_outcome) = signal(None::<Outcome>);
    let copy = move |_| {
        copy_text(&text.get_untracked(), move |copied| {
            set_outcome.set(Some(if copied { Outcome::Copied } else { Outcome::Failed }));
            if let Some(then) = if copied { on_copied } else { on_failed } {
                then.run(());
            }
            set_timeout(move || set_outcome.set(None), std::time::Duration::from_secs(4));
        });
    };
    let said = move || match outcome.get() {
        None => "",
        Some(Outcome::Copied) => common::copied(language),
        Some(Outcome::Failed) => common::copy_failed(language),
    };
    let class = if labelled { "button button-normal" } else { "button button-icon" };
    view! {
        <span class="copy">
            <button
                type="button"
                class=class
                aria-label=full_label.or_else(|| (!labelled).then(|| label.clone()))
                title=(!labelled).then(|| label.clone())
                on:click=copy
            >
                {move || view! { <Icon icon=if outcome.get() == Some(Outcome::Copied) { Icon::Check } else { Icon::Copy } /> }}
                {labelled.then(|| label.clone())}
            </button>
            <span class="copy-outcome" role="status">{said}</span>
        </span>
    }
    .into_any()
}

/// Tries the clipboard; it is missing on plain http addresses other than localhost.
#[cfg(feature = "hydrate")]
fn copy_text(text: &str, done: impl FnOnce(bool) + 'static) {
    use wasm_bindgen::JsCast;

    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into());
    let Some(clipboard) = clipboard.ok().and_then(|found| found.dyn_into::<web_sys::Clipboard>().ok()) else {
        return done(false);
    };
    let written = clipboard.write_text(text);
    leptos::task::spawn_local(async move {
        done(wasm_bindgen_futures::JsFuture::from(written).await.is_ok());
    });
}

#[cfg(not(feature = "hydrate"))]
fn copy_text(_text: &str, done: impl FnOnce(bool) + 'static) {
    done(false);
}
