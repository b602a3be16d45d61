//! Buttons that are more than a `<button class="button button-normal">`.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::page::use_language;
use crate::text::common;

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one main action of a page.
    Primary,
    /// Any other.
    #[default]
    Normal,
    /// Without a border.
    Link,
}

impl ButtonKind {
    /// Its style classes.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Normal => "button button-normal",
            Self::Link => "button button-link",
        }
    }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    /// Where to.
    #[prop(into)]
    href: String,
    /// How much it stands out.
    #[prop(optional)]
    kind: ButtonKind,
    /// Before the text.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// Why it cannot be followed; then it is no link but says the reason.
    #[prop(optional_no_strip, into)]
    disabled: Option<String>,
    /// The text.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    match disabled {
        Some(reason) => view! { <DisabledButton text reason kind /> }.into_any(),
        None => view! {
            <a class=kind.class() href=href>
                {icon.map(|icon| view! { <Icon icon /> })}
                {text}
            </a>
        }
        .into_any(),
    }
}

/// A button that cannot be pressed, and why: it takes the focus so that the reason can be reached.
#[component]
pub fn DisabledButton(
    /// The text.
    #[prop(into)]
    text: String,
    /// Why not.
    #[prop(into)]
    reason: String,
    /// How much it stands out.
    #[prop(optional)]
    kind: ButtonKind,
) -> impl IntoView {
    view! {
        <span class="disabled-reason">
            <button type="button" class=kind.class() aria-disabled="true" aria-description=reason.clone()>
                {text}
            </button>
            <span class="tooltip" aria-hidden="true">{reason}</span>
        </span>
    }
    .into_any()
}

/// Sends its form; while `pending`, shows that and cannot be pressed again.
#[component]
pub fn SubmitButton(
    /// The text.
    #[prop(into)]
    text: String,
    /// Whether the form is on its way.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// How much it stands out.
    #[prop(default = ButtonKind::Primary)]
    kind: ButtonKind,
) -> impl IntoView {
    let language = use_language();
    let working = move || pending.get().then(|| common::working(language));
    let stop = move |event: leptos::ev::MouseEvent| {
        if pending.get_untracked() {
            event.prevent_default();
        }
    };
    view! {
        <span class="submit">
            <button
                type="submit"
                class=kind.class()
                aria-disabled=move || pending.get().then_some("true")
                on:click=stop
            >
                {text}
            </button>
            <span class="secondary" role="status">{working}</span>
        </span>
    }
    .into_any()
}
