//! The overview: how things stand, each figure leading to what it counts.

use domain::activations::ActivationStatus;
use domain::language::Language;
use domain::nodes::PingStatus;
use domain::overview::{ActivationCounts, NodeCounts, Overview as Counts};
use domain::permission::Permission;
use leptos::prelude::*;

use crate::components::alert::Alert;
use crate::components::button::{ButtonKind, DisabledButton, LinkButton};
use crate::components::container::{Container, PageHeader};
use crate::components::live::use_live;
use crate::components::loaded::Loaded;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::components::time::{Time, TimeStyle};
use crate::error_text::error_text;
use crate::overview::get_overview;
use crate::page::{may, use_language};
use crate::pages::activations::status::status_text;
use crate::pages::nodes::ping_text;
use crate::text::overview as text;

/// Activations and nodes in numbers.
#[component]
pub fn Overview() -> impl IntoView {
    let language = use_language();
    let (activations, nodes) = (use_live("activations"), use_live("nodes"));
    let counts = Resource::new(move || (activations.get(), nodes.get()), |_| get_overview());
    let show = |counts: Signal<Counts>| move || counts.with(figures);
    view! {
        <PageHeader
            title=text::title(language)
            description=text::description(language).to_owned()
            actions=create_button(language)
        />
        <Loaded resource=counts children=show />
    }
    .into_any()
}

fn create_button(language: Language) -> AnyView {
    let (text, kind) = (text::create(language), ButtonKind::Primary);
    if may(Permission::CreateActivation) {
        view! { <LinkButton href="/activations/new" text kind /> }.into_any()
    } else {
        view! { <DisabledButton text reason=text::create_denied(language) kind /> }.into_any()
    }
}

fn figures(counts: &Counts) -> impl IntoView + use<> {
    let language = use_language();
    let new = matches!((&counts.activations, &counts.nodes), (Ok(a), Ok(n)) if a.total == 0 && n.total == 0);
    let activations = match &counts.activations {
        Ok(counts) => activation_figures(language, counts).into_any(),
        Err(error) => failure(language, error),
    };
    let nodes = match &counts.nodes {
        Ok(counts) => node_figures(language, counts).into_any(),
        Err(error) => failure(language, error),
    };
    view! {
        {new.then(|| first_steps(language))}
        <div class="columns">
            <Container title=text::activations(language) actions=view_all(language, "/activations")>{activations}</Container>
            <Container title=text::nodes(language) actions=view_all(language, "/nodes")>{nodes}</Container>
        </div>
    }
}

fn failure(language: Language, error: &domain::errors::ApiError) -> AnyView {
    let text = error_text(language, error);
    view! { <Alert kind=StatusKind::Error><p>{text}</p></Alert> }.into_any()
}

fn view_all(language: Language, href: &'static str) -> AnyView {
    let label = if href == "/nodes" { text::all_nodes(language) } else { text::all_activations(language) };
    view! { <LinkButton href text=label /> }.into_any()
}

/// A number, what it counts, and the list of just that.
fn figure(href: String, label: AnyView, number: usize) -> impl IntoView {
    view! {
        <li>
            <a class="figure" href=href>
                <span class="figure-label">{label}</span>
                <span class="figure-number">{number}</span>
            </a>
        </li>
    }
}

fn activation_figures(language: Language, counts: &ActivationCounts) -> impl IntoView + use<> {
    let by_status = counts
        .by_status
        .iter()
        .map(|(status, number)| {
            let kind = match status {
                ActivationStatus::Active => StatusKind::Success,
                ActivationStatus::ExpiringSoon => StatusKind::Warning,
                ActivationStatus::Exhausted => StatusKind::Info,
                ActivationStatus::Expired => StatusKind::Stopped,
            };
            let label = view! { <StatusIndicator kind text=status_text(language, *status) /> }.into_any();
            figure(format!("/activations?status={}", status.name()), label, *number)
        })
        .collect_view();
    let remaining = match counts.remaining {
        1 => text::remaining_one(language).to_owned(),
        remaining => text::remaining(language, remaining),
    };
    view! {
        <ul class="figures">{by_status}</ul>
        <p class="secondary">{remaining}</p>
    }
}

fn node_figures(language: Language, counts: &NodeCounts) -> impl IntoView + use<> {
    let by_ping = counts
        .by_ping
        .iter()
        .map(|(status, number)| {
            let kind = match status {
                PingStatus::Online => StatusKind::Success,
                PingStatus::ConnectionLost => StatusKind::Error,
                PingStatus::Inactive => StatusKind::Stopped,
            };
            let label = view! { <StatusIndicator kind text=ping_text(language, *status) /> }.into_any();
            figure(format!("/nodes?ping={}", status.name()), label, *number)
        })
        .collect_view();
    let total = counts.total;
    let platforms = counts
        .by_platform
        .iter()
        .map(|(platform, number)| {
            let percent = (number * 100).checked_div(total).unwrap_or_default().to_string();
            let name = if platform == "MacOS" { "macOS" } else { platform };
            view! {
                <li>
                    <span class="bar-label">
                        <a href=format!("/nodes?platform={platform}")>{name.to_owned()}</a>
                        <span>{*number}</span>
                    </span>
                    <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                        <rect width=percent height="6" />
                    </svg>
                </li>
            }
        })
        .collect_view();
    let stale = counts.failure.as_ref().map(|error| {
        let reason = error_text(language, error);
        view! {
            <Alert kind=StatusKind::Warning title=text::stale(language).to_owned()>
                <p>{reason}</p>
            </Alert>
        }
    });
    let fetched = match counts.fetched_at {
        None => text::not_fetched(language).into_any(),
        Some(at) => view! { {text::fetched(language)}" "<Time at style=TimeStyle::Relative /> }.into_any(),
    };
    view! {
        {stale}
        <ul class="figures">{by_ping}</ul>
        <ul class="bars">{platforms}</ul>
        <p class="secondary">{fetched}</p>
    }
}

/// What to do when there is nothing yet.
fn first_steps(language: Language) -> impl IntoView {
    view! {
        <Container title=text::first_steps(language)>
            <ol class="steps">
                <li>{text::step_create(language)}</li>
                <li>{text::step_register(language)}</li>
                <li>{text::step_watch(language)}</li>
            </ol>
        </Container>
    }
}
