//! The nodes in numbers: by ping status, platform and agent.

use domain::nodes::PingStatus;
use domain::overview::NodeCounts;
use leptos::prelude::*;

use super::chart::{bars, figure, stack};
use crate::components::alert::Alert;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::components::time::{Time, TimeStyle};
use crate::error_text::error_text;
use crate::page::use_language;
use crate::pages::nodes::{links, ping_text, use_fetched};
use crate::text::overview as text;

/// By ping status, with the age of what is shown.
#[component]
pub(super) fn Nodes(nodes: NodeCounts) -> impl IntoView {
    let language = use_language();
    let by_ping = nodes
        .by_ping
        .iter()
        .map(|(status, number)| {
            let kind = match status {
                PingStatus::Online => StatusKind::Success,
                PingStatus::ConnectionLost => StatusKind::Error,
                PingStatus::Inactive => StatusKind::Stopped,
            };
            let label = view! { <StatusIndicator kind text=ping_text(language, *status) /> }.into_any();
            figure(links::ping(*status), label, *number)
        })
        .collect_view();
    let parts: Vec<_> = nodes.by_ping.iter().map(|(status, number)| (class(*status), *number)).collect();
    let stale = nodes.failure.as_ref().map(|error| {
        let reason = error_text(language, error);
        view! {
            <Alert kind=StatusKind::Warning title=text::stale(language).to_owned()>
                <p>{reason}</p>
            </Alert>
        }
    });
    let of_page = nodes.fetched_at;
    let fetched = use_fetched(move || of_page);
    let age = move || match fetched.get() {
        None => text::not_fetched(language).into_any(),
        Some(at) => view! { {text::fetched(language)}" "<Time at style=TimeStyle::Relative /> }.into_any(),
    };
    view! {
        {stale}
        <ul class="figures">
            {figure("/nodes".to_owned(), text::total(language).into_any(), nodes.total)}
            {by_ping}
        </ul>
        {stack(&parts)}
        <p class="secondary">{age}</p>
    }
    .into_any()
}

const fn class(status: PingStatus) -> &'static str {
    match status {
        PingStatus::Online => "part-online",
        PingStatus::ConnectionLost => "part-lost",
        PingStatus::Inactive => "part-inactive",
    }
}

/// By platform.
#[component]
pub(super) fn Platforms(
    rows: Vec<(String, usize)>,
    /// Nodes that have not told theirs.
    without: usize,
    total: usize,
) -> impl IntoView {
    let language = use_language();
    let rows = rows.into_iter().map(|(platform, number)| {
        let name = if platform == "MacOS" { "macOS".to_owned() } else { platform.clone() };
        (name, links::platform(&platform), number)
    });
    let without =
        (without > 0).then(|| (text::not_reported(language).to_owned(), links::platform(""), without));
    bars(rows.chain(without).collect(), total)
}

/// By version of the SSM Agent.
#[component]
pub(super) fn Agents(
    rows: Vec<(String, usize)>,
    /// Nodes with another version.
    others: usize,
    /// Nodes that have not told theirs.
    without: usize,
    total: usize,
) -> impl IntoView {
    let language = use_language();
    let rest = links::other_agents(rows.iter().map(|(version, _)| version.as_str()));
    let named = rows.into_iter().map(|(version, number)| {
        let href = links::agent(&version);
        (version, href, number)
    });
    let others = (others > 0).then(|| (text::other_agents(language).to_owned(), rest, others));
    let without = (without > 0).then(|| (text::not_reported(language).to_owned(), links::agent(""), without));
    bars(named.chain(others).chain(without).collect(), total)
}
