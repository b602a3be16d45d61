//! Ping states on screen.

use domain::language::Language;
use domain::nodes::PingStatus;
use leptos::prelude::*;

use crate::components::popover::Help;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::page::use_language;
use crate::text::nodes as text;

/// The state in words.
#[must_use]
pub fn ping_text(language: Language, status: PingStatus) -> &'static str {
    match status {
        PingStatus::Online => text::ping_online(language),
        PingStatus::ConnectionLost => text::ping_lost(language),
        PingStatus::Inactive => text::ping_inactive(language),
    }
}

const fn kind(status: PingStatus) -> StatusKind {
    match status {
        PingStatus::Online => StatusKind::Success,
        PingStatus::ConnectionLost => StatusKind::Error,
        PingStatus::Inactive => StatusKind::Stopped,
    }
}

fn meaning(language: Language, status: PingStatus) -> &'static str {
    match status {
        PingStatus::Online => text::ping_online_meaning(language),
        PingStatus::ConnectionLost => text::ping_lost_meaning(language),
        PingStatus::Inactive => text::ping_inactive_meaning(language),
    }
}

/// The state with its icon, or "-".
#[component]
pub fn Ping(
    /// Which, if SSM tells.
    status: Option<PingStatus>,
) -> impl IntoView {
    let language = use_language();
    match status {
        None => "-".into_any(),
        Some(status) => {
            view! { <StatusIndicator kind=kind(status) text=ping_text(language, status) /> }.into_any()
        }
    }
}

/// What the states mean, on demand.
#[component]
pub(super) fn Meanings() -> impl IntoView {
    let language = use_language();
    let entry = move |status| {
        view! {
            <div class="key-value">
                <dt><StatusIndicator kind=kind(status) text=ping_text(language, status) /></dt>
                <dd>{meaning(language, status)}</dd>
            </div>
        }
    };
    view! {
        <Help topic=text::ping_status(language)>
            <dl class="meanings">{PingStatus::ALL.map(entry).collect_view()}</dl>
        </Help>
    }
}
