//! The overview: how things stand, each figure leading to what it counts.

mod activations;
mod changes;
mod chart;
mod nodes;
mod tier;

use domain::errors::ApiError;
use domain::language::Language;
use domain::overview::{NodeCounts, Overview as Fleet};
use domain::permission::Permission;
use leptos::prelude::*;

use crate::components::alert::Alert;
use crate::components::button::{ButtonKind, DisabledButton, LinkButton};
use crate::components::container::{Container, PageHeader};
use crate::components::live::use_live;
use crate::components::loaded::{Loaded, followed};
use crate::components::number::number;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::overview::{count_activations, get_overview};
use crate::page::{may, use_language};
use crate::text::overview as text;
use activations::Activations;
use changes::Changes;
use nodes::{Agents, Nodes, Platforms};
use tier::Tier;

/// Nodes, activations, the tier and the last day, following changes.
#[component]
pub fn Overview() -> impl IntoView {
    let language = use_language();
    let (activations, nodes, tier) = (use_live("activations"), use_live("nodes"), use_live("tier"));
    let fleet = Resource::new(move || (nodes.get(), tier.get()), |_| get_overview());
    let counts = Resource::new(move || activations.get(), |_| count_activations());
    let show = move |fleet: Signal<Fleet>| {
        let total =
            Memo::new(move |_| fleet.with(|fleet| fleet.nodes.as_ref().ok().map(|nodes| nodes.total)));
        let announcement =
            move || total.get().map(|total| format!("{}: {}", text::total(language), number(total)));
        view! {
            <p class="visually-hidden" role="status">{announcement}</p>
            {move || fleet.with(is_empty).then(|| view! { <FirstSteps /> })}
            <div class="columns">
                <Container title=text::nodes(language) actions=view_all("/nodes", text::all_nodes(language))>
                    {part(fleet, |fleet| fleet.nodes.clone(), |nodes| view! { <Nodes nodes /> }.into_any())}
                </Container>
                <Container
                    title=text::activations(language)
                    actions=view_all("/activations", text::all_activations(language))
                >
                    <Loaded resource=counts children=|counts| view! { <Activations counts /> } />
                </Container>
            </div>
            <Details fleet />
        }
    };
    view! {
        <PageHeader
            title=text::title(language)
            description=text::description(language).to_owned()
            actions=create_button(language)
        />
        <Loaded resource=fleet children=show />
    }
    .into_any()
}

/// The last day, the tier, and by platform and agent.
#[component]
fn Details(fleet: Signal<Fleet>) -> impl IntoView {
    let language = use_language();
    let platforms = |fleet: &Fleet| {
        fleet.nodes.clone().map(|nodes| (nodes.by_platform, nodes.without_platform, nodes.total))
    };
    let agents = |fleet: &Fleet| {
        let told = |nodes: NodeCounts| (nodes.by_agent, nodes.other_agents, nodes.without_agent, nodes.total);
        fleet.nodes.clone().map(told)
    };
    let tier = |fleet: &Fleet| {
        let hybrid = fleet.nodes.as_ref().ok().map(|nodes| nodes.hybrid);
        fleet.tier.clone().map(|tier| (tier.setting, hybrid))
    };
    view! {
        <div class="columns">
            <Container
                title=text::changes(language)
                actions=view_all("/nodes/changes", text::all_changes(language))
            >
                {part(fleet, |fleet| fleet.changes.clone(), |changes| view! { <Changes changes /> }.into_any())}
            </Container>
            <Container
                title=text::tier(language)
                actions=view_all("/nodes/settings", text::tier_settings(language))
            >
                {part(fleet, tier, |(setting, hybrid)| view! { <Tier setting hybrid /> }.into_any())}
            </Container>
        </div>
        <div class="columns">
            <Container title=text::platforms(language)>
                {part(fleet, platforms, |(rows, without, total)| {
                    view! { <Platforms rows without total /> }.into_any()
                })}
            </Container>
            <Container title=text::agents(language)>
                {part(fleet, agents, |(rows, others, without, total)| {
                    view! { <Agents rows others without total /> }.into_any()
                })}
            </Container>
        </div>
    }
    .into_any()
}

/// A part of the whole, or why it is missing; made again when it has changed.
fn part<T>(
    fleet: Signal<Fleet>,
    take: fn(&Fleet) -> Result<T, ApiError>,
    show: fn(T) -> AnyView,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let language = use_language();
    let part = followed(move || fleet.with(take));
    move || match part.get() {
        Ok(part) => show(part),
        Err(error) => {
            let text = error_text(language, &error);
            view! { <Alert kind=StatusKind::Error><p>{text}</p></Alert> }.into_any()
        }
    }
}

fn is_empty(fleet: &Fleet) -> bool {
    fleet.nodes.as_ref().is_ok_and(|nodes| nodes.total == 0 && nodes.fetched_at.is_some())
}

fn create_button(language: Language) -> AnyView {
    let (text, kind) = (text::create(language), ButtonKind::Primary);
    if may(Permission::CreateActivation) {
        view! { <LinkButton href="/activations/new" text kind /> }.into_any()
    } else {
        view! { <DisabledButton text reason=text::create_denied(language) kind /> }.into_any()
    }
}

fn view_all(href: &'static str, label: &'static str) -> AnyView {
    view! { <LinkButton href text=label /> }.into_any()
}

/// What to do when there is nothing yet.
#[component]
fn FirstSteps() -> impl IntoView {
    let language = use_language();
    view! {
        <Container
            title=text::first_steps(language)
            actions=view_all("/get-started", crate::text::get_started::title(language))
        >
            <ol class="steps">
                <li>{text::step_create(language)}</li>
                <li>{text::step_register(language)}</li>
                <li>{text::step_watch(language)}</li>
            </ol>
        </Container>
    }
    .into_any()
}
