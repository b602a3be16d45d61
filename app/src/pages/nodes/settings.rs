//! The settings of the managed nodes: the activation tier, what it is good for, and what it costs.

mod change;
mod cost;
mod reasons;

pub use change::ChangeTier;
pub use cost::MonthlyCost;

use domain::errors::ApiError;
use domain::language::Language;
use domain::permission::Permission;
use domain::tier::{HybridNodes, STANDARD_TIER_LIMIT, Tier, TierSetting, TierSettings, TierState};
use leptos::prelude::*;

use super::fetched::use_minutes;
use super::tabs::NodesTabs;
use super::tier_badge::{SettingBadge, tier_text};
use crate::components::alert::Alert;
use crate::components::button::{ButtonKind, LinkButton};
use crate::components::container::{Container, KeyValue, KeyValues, PageHeader};
use crate::components::live::use_live;
use crate::components::loaded::Loaded;
use crate::components::number::number;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::components::time::{Time, TimeStyle};
use crate::error_text::error_text;
use crate::page::{may, use_language};
use crate::text::tier as text;
use crate::tier::get_tier_settings;
use cost::Cost;
use reasons::Reasons;

/// The Settings tab, following changes.
#[component]
pub fn NodeSettings() -> impl IntoView {
    let language = use_language();
    let settings = use_tier_settings();
    view! {
        <NodesTabs />
        <PageHeader
            title=crate::text::nodes::settings(language)
            description=text::settings_description(language).to_owned()
        />
        <Loaded resource=settings children=|settings| view! { <Settings settings /> } />
    }
    .into_any()
}

/// The tier and the nodes that it is about, fetched again when one of them changes, and now and then for when that was read.
fn use_tier_settings() -> Resource<Result<TierSettings, ApiError>> {
    let (tier, nodes, minutes) = (use_live("tier"), use_live("nodes"), use_minutes());
    Resource::new(move || (tier.get(), nodes.get(), minutes.get()), |_| get_tier_settings())
}

#[component]
fn Settings(settings: Signal<TierSettings>) -> impl IntoView {
    move || {
        settings.with(|settings| {
            let setting = settings.tier.setting.clone();
            let hybrid = settings.hybrid.as_ref().ok().cloned();
            view! {
                <Notices settings=settings.clone() />
                <Current settings=settings.clone() />
                <Reasons setting=setting.clone() hybrid=hybrid.clone() />
                <Cost setting hybrid />
            }
            .into_any()
        })
    }
}

/// What is under way, and what could not be read.
#[component]
fn Notices(settings: TierSettings) -> impl IntoView {
    let language = use_language();
    let pending = settings.tier.setting.filter(|setting| setting.pending).map(|setting| {
        let name = tier_text(language, setting.tier);
        let takes = match setting.tier {
            Tier::Advanced => text::up_takes(language),
            Tier::Standard => text::back_takes(language),
        };
        view! {
            <Alert kind=StatusKind::Info title=text::pending_title(language, name)>
                <p>{takes}" "<span class="only-with-script">{text::pending_follows(language)}</span></p>
                <p class="only-without-script">
                    <a class="button button-normal" href="" rel="external">{text::pending_look(language)}</a>
                </p>
            </Alert>
        }
    });
    let stale = |error: ApiError, title: &'static str| {
        view! {
            <Alert kind=StatusKind::Warning title=title.to_owned()>
                <p>{error_text(language, &error)}</p>
            </Alert>
        }
    };
    let nodes_failure = settings.hybrid.map_or_else(Some, |hybrid| hybrid.failure);
    view! {
        {pending}
        {settings.tier.failure.map(|error| stale(error, text::stale(language)))}
        {nodes_failure.map(|error| stale(error, text::nodes_stale(language)))}
    }
    .into_any()
}

/// The tier as it is.
#[component]
fn Current(settings: TierSettings) -> impl IntoView {
    let language = use_language();
    let change = change_button(language, &settings);
    let TierState { setting, read_at, .. } = settings.tier;
    let badge = setting
        .clone()
        .map_or_else(|| "-".into_any(), |setting| view! { <SettingBadge setting /> }.into_any());
    let (kind, status) = status(language, setting.as_ref());
    // The button says so too, but only where somebody points at it.
    let denied = (!may(Permission::ChangeTier))
        .then(|| view! { <p class="secondary">{text::change_denied(language)}</p> });
    let (changed, by) = setting.map_or((None, None), |setting| (setting.changed, setting.changed_by));
    view! {
        <Container
            title=text::current(language)
            description=text::current_description(language).to_owned()
            actions=change
        >
            <KeyValues>
                <KeyValue label=text::tier(language)>{badge}</KeyValue>
                <KeyValue label=text::status(language)><StatusIndicator kind text=status /></KeyValue>
                <KeyValue label=text::hybrid_nodes(language)>
                    <HybridCount hybrid=settings.hybrid.ok() />
                </KeyValue>
                <KeyValue label=text::changed(language)><Time at=changed style=TimeStyle::Both /></KeyValue>
                <KeyValue label=text::changed_by(language)>
                    <span class="code wrap">{by.unwrap_or_else(|| "-".to_owned())}</span>
                </KeyValue>
                <KeyValue label=text::read_at(language)><Time at=read_at style=TimeStyle::Relative /></KeyValue>
            </KeyValues>
            {denied}
        </Container>
    }
    .into_any()
}

fn status(language: Language, setting: Option<&TierSetting>) -> (StatusKind, &'static str) {
    match setting {
        None => (StatusKind::Pending, text::unknown(language)),
        Some(TierSetting { pending: true, .. }) => (StatusKind::Pending, text::status_pending(language)),
        Some(TierSetting { tier: Tier::Standard, .. }) => {
            (StatusKind::Success, text::status_default(language))
        }
        Some(TierSetting { tier: Tier::Advanced, .. }) => {
            (StatusKind::Success, text::status_customized(language))
        }
    }
}

/// How many hybrid nodes there are, beside what the standard tier admits; leads to them.
#[component]
fn HybridCount(hybrid: Option<HybridNodes>) -> impl IntoView {
    let language = use_language();
    match hybrid.filter(|hybrid| hybrid.fetched_at.is_some()) {
        None => "-".into_any(),
        Some(hybrid) => view! {
            <a href=super::links::hybrid()>{text::hybrid_of_limit(language, number(hybrid.count), number(STANDARD_TIER_LIMIT))}</a>
        }
        .into_any(),
    }
}

/// Leads to the confirmation, or says why one cannot change now.
fn change_button(language: Language, settings: &TierSettings) -> AnyView {
    let setting = settings.tier.setting.as_ref();
    let to = setting.map(|setting| setting.tier.other());
    let too_many = settings.hybrid.as_ref().is_ok_and(|hybrid| !hybrid.fit_standard());
    let disabled = if !may(Permission::ChangeTier) {
        Some(text::change_denied(language).to_owned())
    } else if setting.is_none() {
        Some(text::change_unknown(language).to_owned())
    } else if setting.is_some_and(|setting| setting.pending) {
        Some(text::change_pending(language).to_owned())
    } else if to == Some(Tier::Standard) && too_many {
        Some(text::change_too_many(language, number(STANDARD_TIER_LIMIT)))
    } else {
        None
    };
    let href = format!("/nodes/settings/tier?to={}", to.map_or("", Tier::name));
    let text = match to {
        Some(Tier::Standard) => text::change_back(language),
        _ => text::change_up(language),
    };
    let kind = if to == Some(Tier::Standard) { ButtonKind::Normal } else { ButtonKind::Primary };
    match disabled {
        Some(reason) => view! { <LinkButton href text kind disabled=reason /> }.into_any(),
        None => view! { <LinkButton href text kind /> }.into_any(),
    }
}
