//! Code to read and to copy.

use leptos::prelude::*;

use crate::components::copy::CopyButton;
use crate::page::use_language;
use crate::text::common;

/// Lines of code with a button that copies them. Long lines wrap on screen only.
#[component]
pub fn CodeBlock(
    /// What is shown.
    #[prop(into)]
    code: Signal<String>,
    /// What is copied when it differs from what is shown, as with a masked secret.
    #[prop(optional, into)]
    copied: Option<Signal<String>>,
    /// What the code is.
    #[prop(into)]
    label: String,
    /// Called after a successful copy.
    #[prop(optional, into)]
    on_copied: Option<Callback<()>>,
    /// Called when the button cannot copy: what is masked must be shown to be copied by hand.
    #[prop(optional, into)]
    on_failed: Option<Callback<()>>,
) -> impl IntoView {
    let language = use_language();
    let text = copied.unwrap_or(code);
    let region = common::code_of(language, &label);
    let copy = common::copy_code(language);
    view! {
        <div class="code-block">
            <CopyButton
                text=text
                label=copy
                labelled=true
                full_label=format!("{copy}: {label}")
                on_copied
                on_failed
            />
            <pre role="region" aria-label=region><code>{move || code.get()}</code></pre>
        </div>
    }
    .into_any()
}
