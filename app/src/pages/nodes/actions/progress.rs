//! How far an action has come, and what has come of each node.

mod results;

use std::time::Duration;

use domain::errors::ApiError;
use domain::language::Language;
use domain::nodes::actions::{ActionProgress, ActionState, NodeAction};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{denied_text, kind_text};
use crate::components::alert::Alert;
use crate::components::button::{DisabledButton, SubmitButton};
use crate::components::clock::use_now;
use crate::components::container::{Container, EmptyState, KeyValue, KeyValues, PageHeader};
use crate::components::loaded::Loaded;
use crate::components::reload::ReloadWithoutScript;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::components::time::{Time, TimeStyle};
use crate::error_text::error_text;
use crate::nodes::actions::{RetryRefused, ShownAction, get_action};
use crate::page::{may, use_language};
use crate::text::node_actions as text;
use results::Results;

/// How often the page asks while the action runs. Only this page is interested, and only the database is asked.
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser asks again"))]
const EVERY: Duration = Duration::from_secs(1);

/// An action, following it to its end.
#[component]
pub fn NodeActionPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let asked = RwSignal::new(0_u32);
    let action = Resource::new(
        move || (id.get(), asked.get()),
        |(id, _)| async move {
            match get_action(id).await {
                Ok(action) => Ok(Some(action)),
                // Not an error but a state: actions are not kept for ever.
                Err(ApiError::NotFound) => Ok(None),
                Err(error) => Err(error),
            }
        },
    );
    view! {
        <Loaded resource=action let:found>
            <Found found asked />
        </Loaded>
    }
    .into_any()
}

#[component]
fn Found(found: Signal<Option<ShownAction>>, asked: RwSignal<u32>) -> impl IntoView {
    let id = Memo::new(move |_| found.with(|found| found.as_ref().map(|action| action.progress.id.clone())));
    move || match id.get().and(found.get_untracked()) {
        Some(first) => {
            let action = Signal::derive(move || found.get().unwrap_or_else(|| first.clone()));
            view! { <Action action asked /> }.into_any()
        }
        None => view! { <Gone /> }.into_any(),
    }
}

/// There is no such action, or no longer.
#[component]
fn Gone() -> impl IntoView {
    let language = use_language();
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <PageHeader title=text::gone_title(language) />
        <EmptyState title=text::gone_title(language) description=text::gone(language).to_owned()>
            <a class="button button-normal" href="/nodes">{text::back_to_list(language)}</a>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Action(action: Signal<ShownAction>, asked: RwSignal<u32>) -> impl IntoView {
    let language = use_language();
    let now = use_now();
    let refused = SharedValue::new(use_context::<RetryRefused>).into_inner();
    let first = action.get_untracked().progress;
    let state = Memo::new(move |_| action.with(|action| action.progress.state(now.get())));
    ask_again(state, asked);
    let refusal = refused.map(|RetryRefused(error)| {
        view! {
            <Alert kind=StatusKind::Error title=text::not_begun(language)>{error_text(language, &error)}</Alert>
        }
    });
    view! {
        <PageHeader title=kind_text(language, first.action.kind()) />
        {refusal}
        <Container title=text::progress(language)>
            <Summary action state />
            <KeyValues>
                {what(language, first.action.clone())}
                <KeyValue label=text::begun_by(language)>{first.username}</KeyValue>
                <KeyValue label=text::begun(language)><Time at=first.begun style=TimeStyle::Both /></KeyValue>
            </KeyValues>
        </Container>
        <Container title=text::results(language)>
            <Results action />
        </Container>
        <div class="form-actions">
            <a class="button button-normal" href="/nodes">{text::back_to_list(language)}</a>
            <Retry action state />
        </div>
    }
    .into_any()
}

/// Asks again every second while the action runs. Without script the page loads itself anew.
fn ask_again(state: Memo<ActionState>, asked: RwSignal<u32>) {
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        if state.get() != ActionState::Running {
            return;
        }
        let ask = move || {
            let _ = asked.try_update(|asked| *asked += 1);
        };
        if let Ok(handle) = set_interval_with_handle(ask, EVERY) {
            on_cleanup(move || handle.clear());
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (state, asked);
}

/// How many are done and have failed, in words and as a bar.
#[component]
fn Summary(action: Signal<ShownAction>, state: Memo<ActionState>) -> impl IntoView {
    let language = use_language();
    let counts = Memo::new(move |_| {
        action.with(|ShownAction { progress, .. }| (progress.nodes.len(), progress.done(), progress.failed()))
    });
    let said = move || {
        let (total, done, failed) = counts.get();
        let (kind, text) = match state.get() {
            ActionState::Running => (StatusKind::Pending, text::running(language, done + failed, total)),
            ActionState::Interrupted => (StatusKind::Warning, text::interrupted(language, done, total)),
            ActionState::Ended if failed == 0 => (StatusKind::Success, text::all_done(language, total)),
            ActionState::Ended => (StatusKind::Error, text::some_failed(language, failed, total)),
        };
        view! { <StatusIndicator kind text /> }
    };
    let reload = move || {
        let running = state.get() == ActionState::Running;
        running.then(|| view! { <ReloadWithoutScript /> })
    };
    view! {
        <div class="progress">
            <p role="status">{said}</p>
            <progress
                aria-label=text::progress(language)
                max=move || counts.get().0.to_string()
                value=move || (counts.get().1 + counts.get().2).to_string()
            ></progress>
            {reload}
        </div>
    }
    .into_any()
}

/// What is done, beyond its name.
fn what(language: Language, action: NodeAction) -> AnyView {
    let list = |texts: Vec<String>| {
        let items = texts.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
        view! { <ul class="plain-list">{items}</ul> }
    };
    match action {
        NodeAction::Deregister => ().into_any(),
        NodeAction::Role { iam_role } => {
            view! { <KeyValue label=text::new_role(language)>{iam_role}</KeyValue> }.into_any()
        }
        NodeAction::Tags { set, remove } => {
            let tags: Vec<_> = set.iter().map(|tag| format!("{} = {}", tag.key, tag.value)).collect();
            let set = (!tags.is_empty()).then(|| list(tags));
            let set = set.map(|tags| view! { <KeyValue label=text::tags_set(language)>{tags}</KeyValue> });
            let remove = (!remove.is_empty()).then(|| list(remove));
            let remove =
                remove.map(|keys| view! { <KeyValue label=text::tags_removed(language)>{keys}</KeyValue> });
            view! {
                {set}
                {remove}
            }
            .into_any()
        }
    }
}

/// Tries again what has failed or was never come to.
#[component]
fn Retry(action: Signal<ShownAction>, state: Memo<ActionState>) -> impl IntoView {
    let language = use_language();
    let kind = action.with_untracked(|action| action.progress.action.kind());
    let allowed = may(kind.permission());
    let left = Memo::new(move |_| {
        let ended = state.get() != ActionState::Running;
        let left = |progress: &ActionProgress| progress.failed() + progress.waiting();
        if ended { action.with(|action| left(&action.progress)) } else { 0 }
    });
    move || {
        let count = left.get();
        if count == 0 {
            return ().into_any();
        }
        let label = text::retry(language, count);
        if !allowed {
            return view! { <DisabledButton text=label reason=denied_text(language, kind) /> }.into_any();
        }
        let (id, submission) =
            action.with_untracked(|action| (action.progress.id.clone(), action.submission.clone()));
        view! {
            <form method="post" action=format!("/nodes/actions/{id}/retry")>
                <input type="hidden" name="submission" value=submission />
                <SubmitButton text=label />
            </form>
        }
        .into_any()
    }
}
