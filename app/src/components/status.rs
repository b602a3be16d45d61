//! State in an icon and words: never by colour alone.

use leptos::prelude::*;

use crate::components::icon::Icon;

/// How good or bad a state is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusKind {
    /// As it should be.
    Success,
    /// Worth a look.
    Warning,
    /// Something is wrong.
    Error,
    /// Neither good nor bad.
    Info,
    /// Waiting.
    Pending,
    /// Over, or switched off.
    Stopped,
}

impl StatusKind {
    /// Its drawing.
    #[must_use]
    pub const fn icon(self) -> Icon {
        match self {
            Self::Success => Icon::Success,
            Self::Warning => Icon::Warning,
            Self::Error => Icon::Error,
            Self::Info => Icon::Info,
            Self::Pending => Icon::Pending,
            Self::Stopped => Icon::Stopped,
        }
    }

    /// Its name in style classes.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Info => "info",
            Self::Pending => "pending",
            Self::Stopped => "stopped",
        }
    }
}

/// Icon and text in the state's colour.
#[component]
pub fn StatusIndicator(
    /// How good or bad.
    kind: StatusKind,
    /// The state's name.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <span class=format!("status status-{}", kind.class())>
            <Icon icon=kind.icon() />
            {text}
        </span>
    }
}

/// A short word in a coloured box.
#[component]
pub fn Badge(
    /// The word.
    #[prop(into)]
    text: String,
    /// Grey without one.
    #[prop(optional, into)]
    kind: Option<StatusKind>,
) -> impl IntoView {
    view! { <span class=format!("badge badge-{}", kind.map_or("grey", StatusKind::class))>{text}</span> }
}
