//! Get started: the five steps from a machine to a managed node.

mod agent;
mod choice;
mod network;
mod role;

use domain::endpoints::Network;
use domain::errors::ApiError;
use domain::get_started::Progress;
use domain::language::Language;
use domain::permission::Permission;
use domain::tier::{HybridNodes, STANDARD_TIER_LIMIT, Tier};
use leptos::prelude::*;

use crate::components::button::{ButtonKind, DisabledButton, LinkButton};
use crate::components::container::{Container, PageHeader};
use crate::components::live::use_live;
use crate::components::loaded::{Loaded, followed};
use crate::components::number::number;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::error_text::error_text;
use crate::get_started::get_progress;
use crate::page::{may, use_language};
use crate::pages::nodes::SettingBadge;
use crate::text::get_started as text;
use agent::Agent;
use choice::{Choice, ChoiceForm};
use network::Route;
use role::Role;

/// The page; Region, network and system are in its address.
#[component]
pub fn GetStarted() -> impl IntoView {
    let language = use_language();
    let choice = Choice::from_query();
    let (activations, nodes, tier) = (use_live("activations"), use_live("nodes"), use_live("tier"));
    let source = move || (activations.get(), nodes.get(), tier.get());
    let progress = Resource::new(source, |_| get_progress());
    view! {
        <PageHeader title=text::title(language) description=text::description(language).to_owned() />
        <ChoiceForm choice />
        <Loaded resource=progress children=move |progress| view! { <Steps progress choice /> } />
    }
    .into_any()
}

/// A step: its number and name, how far it has come, what to do.
#[component]
fn Step(
    number: u32,
    #[prop(into)] title: String,
    /// How far it has come, as far as the console can know.
    #[prop(into)]
    done: ViewFn,
    children: Children,
) -> impl IntoView {
    let language = use_language();
    view! {
        <Container title=text::step(language, number, title) actions=done.run().into_any()>
            {children()}
        </Container>
    }
    .into_any()
}

#[component]
fn Steps(progress: Signal<Progress>, choice: Choice) -> impl IntoView {
    let language = use_language();
    let roles = followed(move || progress.with(|progress| progress.roles.clone()));
    view! {
        <Step number=1 title=text::route(language) done=|| ()>
            <Route choice />
        </Step>
        <Step
            number=2
            title=text::role(language)
            done=move || view! { {move || state(language, roles.get().map(|roles| roles.is_ready()))} }
        >
            <Role roles choice />
        </Step>
        <Step
            number=3
            title=text::activation(language)
            done=move || view! { {move || activation_state(language, progress)} }
        >
            <p>{text::activation_about(language)}</p>
            <p>{text::activation_code(language)}</p>
            <div class="actions">
                {create_button(language)}
                <LinkButton href="/activations" text=text::activation_list(language) />
            </div>
        </Step>
        <Step
            number=4
            title=text::agent(language)
            done=move || view! { {move || node_state(language, progress)} }
        >
            <Agent choice />
        </Step>
        <Step number=5 title=text::tier(language) done=move || view! { {move || tier_state(progress)} }>
            <p>{text::tier_about(language)}</p>
            <ul class="reasons">
                <li>{crate::text::tier::reason_number(language, number(STANDARD_TIER_LIMIT))}</li>
                <li>{crate::text::tier::reason_session(language)}</li>
                <li>{crate::text::tier::reason_patch(language)}</li>
            </ul>
            <p>{move || tier_advice(language, progress)}</p>
            <div class="actions">
                <LinkButton href="/nodes/settings" text=text::tier_settings(language) />
            </div>
        </Step>
    }
    .into_any()
}

fn create_button(language: Language) -> AnyView {
    let (text, kind) = (crate::text::overview::create(language), ButtonKind::Primary);
    if may(Permission::CreateActivation) {
        view! { <LinkButton href="/activations/new" text kind /> }.into_any()
    } else {
        let reason = crate::text::overview::create_denied(language);
        view! { <DisabledButton text reason kind /> }.into_any()
    }
}

/// Done, to be done, or not to be known and why.
fn state(language: Language, done: Result<bool, ApiError>) -> AnyView {
    let (kind, text) = said(language, done);
    view! { <StatusIndicator kind text /> }.into_any()
}

fn said(language: Language, done: Result<bool, ApiError>) -> (StatusKind, String) {
    match done {
        Ok(true) => (StatusKind::Success, text::done(language).to_owned()),
        Ok(false) => (StatusKind::Pending, text::to_do(language).to_owned()),
        Err(error) => (StatusKind::Warning, error_text(language, &error)),
    }
}

fn activation_state(language: Language, progress: Signal<Progress>) -> AnyView {
    match progress.with(|progress| progress.usable_activations.clone()) {
        Ok(0) => state(language, Ok(false)),
        Ok(count) => {
            let text = text::activations_usable(language, count);
            view! { <StatusIndicator kind=StatusKind::Success text /> }.into_any()
        }
        Err(error) => state(language, Err(error)),
    }
}

fn node_state(language: Language, progress: Signal<Progress>) -> AnyView {
    let (kind, text) = nodes_said(language, progress.with(|progress| progress.hybrid.clone()));
    view! { <StatusIndicator kind text /> }.into_any()
}

/// Nodes that SSM has not told of yet are not none.
fn nodes_said(language: Language, hybrid: Result<HybridNodes, ApiError>) -> (StatusKind, String) {
    match hybrid {
        Ok(HybridNodes { fetched_at: None, failure: None, .. }) => {
            (StatusKind::Pending, crate::text::tier::condition_unknown(language).to_owned())
        }
        Ok(HybridNodes { fetched_at: None, failure: Some(error), .. }) | Err(error) => {
            said(language, Err(error))
        }
        Ok(HybridNodes { count: 0, .. }) => said(language, Ok(false)),
        Ok(hybrid) => (StatusKind::Success, text::nodes_registered(language, number(hybrid.count))),
    }
}

fn tier_state(progress: Signal<Progress>) -> Option<impl IntoView> {
    let setting =
        progress.with(|progress| progress.tier.as_ref().ok().and_then(|tier| tier.setting.clone()))?;
    Some(view! { <SettingBadge setting /> })
}

/// Whether this fleet needs the step.
fn tier_advice(language: Language, progress: Signal<Progress>) -> Option<String> {
    progress.with(|progress| {
        let hybrid = progress.hybrid.as_ref().ok().filter(|hybrid| hybrid.fetched_at.is_some())?;
        let advanced = progress.tier.as_ref().ok()?.setting.as_ref()?.tier == Tier::Advanced;
        Some(match (advanced, hybrid.fit_standard()) {
            (true, _) => text::tier_is_advanced(language).to_owned(),
            (false, true) => {
                text::tier_fits(language, number(hybrid.count), number(hybrid.left_in_standard()))
            }
            (false, false) => text::tier_needed(language, number(hybrid.count)),
        })
    })
}

/// A network's name on screen.
fn network_text(language: Language, network: Network) -> &'static str {
    match network {
        Network::Internet => text::over_internet(language),
        Network::Vpc => text::over_vpc(language),
    }
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;

    use super::*;

    #[test]
    fn nodes_that_are_not_known_are_not_none() {
        let said = |fetched_at, failure| {
            let hybrid = HybridNodes { count: 0, fetched_at, failure };
            nodes_said(Language::En, Ok(hybrid))
        };
        let told = Some(OffsetDateTime::UNIX_EPOCH);
        assert_eq!(said(told, None), (StatusKind::Pending, text::to_do(Language::En).to_owned()));
        assert_eq!(said(told, Some(ApiError::Throttled)).1, text::to_do(Language::En), "older, but known");
        let unknown = crate::text::tier::condition_unknown(Language::En);
        assert_eq!(said(None, None), (StatusKind::Pending, unknown.to_owned()));
        let throttled = error_text(Language::En, &ApiError::Throttled);
        assert_eq!(said(None, Some(ApiError::Throttled)), (StatusKind::Warning, throttled));
    }
}
