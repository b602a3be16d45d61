//! Confirming a change of the tier: what it brings, the consent, and the way on.

use domain::errors::ApiError;
use domain::permission::Permission;
use domain::tier::{HybridNodes, STANDARD_TIER_LIMIT, Tier, TierSettings};
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::cost::{Lines, Source};
use super::use_tier_settings;
use crate::components::alert::Alert;
use crate::components::button::{LinkButton, SubmitButton};
use crate::components::container::{Container, PageHeader};
use crate::components::flash::use_flashes;
use crate::components::form::{Checkbox, FormErrors};
use crate::components::loaded::{Loaded, followed};
use crate::components::number::number;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::error_text::error_text;
use crate::page::{may, use_language};
use crate::text::tier as text;
use crate::tier::{TierRefused, change_tier};

/// The confirmation page; `?to=` names the tier.
#[component]
pub fn ChangeTier() -> impl IntoView {
    let query = use_query_map();
    let to = Memo::new(move |_| query.with(|query| query.get("to")).as_deref().and_then(Tier::from_name));
    let refused = SharedValue::new(use_context::<TierRefused>).into_inner().map(|TierRefused(error)| error);
    let settings = use_tier_settings();
    move || {
        let to = to.get().unwrap_or(Tier::Advanced);
        view! { <Confirmation to settings refused=refused.clone() /> }
    }
}

#[component]
fn Confirmation(
    to: Tier,
    settings: Resource<Result<TierSettings, ApiError>>,
    refused: Option<ApiError>,
) -> impl IntoView {
    let attempt = Attempt::new(refused);
    let show = move |settings: Signal<TierSettings>| {
        // Whether the change to it is still pending, where it is the tier already.
        let already = followed(move || {
            let setting = settings.with(|settings| settings.tier.setting.clone());
            setting.filter(|setting| setting.tier == to).map(|setting| setting.pending)
        });
        move || match already.get() {
            Some(pending) => view! { <Already to pending attempt /> }.into_any(),
            None => view! { <Question to settings attempt /> }.into_any(),
        }
    };
    view! { <Loaded resource=settings children=show /> }.into_any()
}

/// There is nothing to change.
#[component]
fn Already(
    to: Tier,
    /// Whether AWS is still carrying the change out.
    pending: bool,
    attempt: Attempt,
) -> impl IntoView {
    let language = use_language();
    let sentence = match (pending, to) {
        (true, _) => text::change_pending(language),
        (false, Tier::Advanced) => text::already_advanced(language),
        (false, Tier::Standard) => text::already_standard(language),
    };
    view! {
        <PageHeader title=crate::text::layout::change_tier(language) />
        <Failure attempt />
        <Alert kind=StatusKind::Info>
            <p>{sentence}</p>
            <LinkButton href="/nodes/settings" text=text::back_to_settings(language) />
        </Alert>
    }
    .into_any()
}

/// What the change brings; for those who may change it, with the consent.
#[component]
fn Question(to: Tier, settings: Signal<TierSettings>, attempt: Attempt) -> impl IntoView {
    let language = use_language();
    let allowed = may(Permission::ChangeTier);
    let title = match to {
        _ if !allowed => crate::text::layout::change_tier(language),
        Tier::Advanced => text::confirm_up(language),
        Tier::Standard => text::confirm_back(language),
    };
    let nodes = move || settings.with(|settings| settings.hybrid.as_ref().ok().cloned());
    let cost = move |hybrid: HybridNodes| {
        view! {
            <Lines nodes=hybrid.count />
            <Source />
        }
    };
    let about = match to {
        Tier::Advanced => view! {
            <p>{text::up_does(language)}</p>
            {move || nodes().map(cost)}
            <p>{text::up_takes(language)}</p>
        }
        .into_any(),
        Tier::Standard => view! { <Conditions settings /> }.into_any(),
    };
    view! {
        <PageHeader title description=text::confirm_description(language).to_owned() />
        <Failure attempt />
        {(!allowed).then(|| view! { <Alert kind=StatusKind::Info>{text::change_denied(language)}</Alert> })}
        <Container title=text::confirm_what(language)>{about}</Container>
        {allowed.then(|| view! { <ConsentForm to attempt /> })}
    }
    .into_any()
}

/// What AWS asks for before it goes back, and what is lost then (user guide: reverting to the standard tier).
#[component]
fn Conditions(settings: Signal<TierSettings>) -> impl IntoView {
    let language = use_language();
    let count = move || {
        let hybrid = settings.with(|settings| settings.hybrid.as_ref().ok().cloned());
        let (kind, text) = match hybrid.filter(|hybrid| hybrid.fetched_at.is_some()) {
            None => (StatusKind::Pending, text::condition_unknown(language).to_owned()),
            Some(hybrid) if hybrid.fit_standard() => {
                (StatusKind::Success, text::condition_met(language, number(hybrid.count)))
            }
            Some(hybrid) => {
                let excess = hybrid.count - STANDARD_TIER_LIMIT;
                (StatusKind::Error, text::condition_not_met(language, number(hybrid.count), number(excess)))
            }
        };
        view! { <StatusIndicator kind text /> }
    };
    let settled = move || {
        let pending =
            settings.with(|settings| settings.tier.setting.as_ref().is_some_and(|setting| setting.pending));
        let (kind, text) = if pending {
            (StatusKind::Error, text::condition_pending(language))
        } else {
            (StatusKind::Success, text::condition_settled(language))
        };
        view! { <StatusIndicator kind text /> }
    };
    view! {
        <h3>{text::conditions(language)}</h3>
        <ul class="reasons">
            <li><p>{text::condition_number(language, number(STANDARD_TIER_LIMIT))}</p><p>{count}</p></li>
            <li><p>{text::condition_no_change(language)}</p><p>{settled}</p></li>
        </ul>
        <h3>{text::lost(language)}</h3>
        <ul class="reasons">
            <li>{text::lost_session(language)}</li>
            <li>{text::lost_patch(language)}</li>
        </ul>
        <p>{text::back_takes(language)}</p>
    }
    .into_any()
}

/// One try after another.
#[derive(Clone, Copy)]
struct Attempt {
    errors: FormErrors,
    /// A failure that belongs to no field.
    failure: RwSignal<Option<ApiError>>,
    pending: RwSignal<bool>,
}

impl Attempt {
    fn new(refused: Option<ApiError>) -> Self {
        let errors = FormErrors::default();
        let failure = RwSignal::new(refused.filter(|error| !errors.take(error)));
        Self { errors, failure, pending: RwSignal::new(false) }
    }

    fn fail(self, error: ApiError) {
        self.pending.set(false);
        self.failure.set((!self.errors.take(&error)).then_some(error));
    }
}

/// Why the tier was not changed.
#[component]
fn Failure(attempt: Attempt) -> impl IntoView {
    let language = use_language();
    move || {
        attempt.failure.get().map(|error| {
            view! {
                <Alert kind=StatusKind::Error title=text::not_changed(language)>
                    <p>{error_text(language, &error)}</p>
                </Alert>
            }
        })
    }
}

/// The box and the button.
#[component]
fn ConsentForm(to: Tier, attempt: Attempt) -> impl IntoView {
    let language = use_language();
    let consent = match to {
        Tier::Advanced => text::consent_up(language),
        Tier::Standard => text::consent_back(language),
    };
    let (navigate, flashes) = (use_navigate(), use_flashes());
    let node = NodeRef::<html::Input>::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        let Some(ticked) = node.get_untracked().map(|input| input.checked()) else { return };
        event.prevent_default();
        if attempt.pending.get_untracked() {
            return;
        }
        attempt.errors.clear();
        attempt.failure.set(None);
        attempt.pending.set(true);
        let navigate = navigate.clone();
        leptos::task::spawn_local(async move {
            let changed = change_tier(to, ticked).await;
            if attempt.pending.is_disposed() {
                return;
            }
            match changed {
                Ok(_) => {
                    flashes.success(crate::text::layout::tier_change_requested(language));
                    navigate("/nodes/settings", NavigateOptions::default());
                }
                Err(error) => attempt.fail(error),
            }
        });
    };
    view! {
        <form class="form-page" method="post" action=format!("/nodes/settings/tier?to={}", to.name()) on:submit=send>
            <Container title=text::consent(language)>
                <Checkbox name="consent" label=consent error=attempt.errors.at("consent") node />
            </Container>
            <div class="form-actions">
                <a class="button button-link" href="/nodes/settings">{crate::text::common::cancel(language)}</a>
                <SubmitButton text=text::change(language) pending=attempt.pending />
            </div>
        </form>
    }
    .into_any()
}
