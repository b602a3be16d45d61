//! How far an action has come, and what has come of each node.

mod results;

use domain::language::Language;
use domain::nodes::actions::{ActionProgress, ActionState, NodeAction};
use leptos::prelude::*;

use super::{denied_text, kind_text};
use crate::components::alert::Alert;
use crate::components::button::{DisabledButton, SubmitButton};
use crate::components::clock::use_now;
use crate::components::container::{Container, KeyValue, KeyValues, PageHeader};
use crate::components::item::{Gone, Item, if_there, use_id};
use crate::components::reload::{ReloadWithoutScript, ask_while};
use crate::components::status::{StatusIndicator, StatusKind};
use crate::components::time::{Time, TimeStyle};
use crate::error_text::error_text;
use crate::nodes::actions::{RetryRefused, ShownAction, get_action};
use crate::page::{may, use_language};
use crate::text::node_actions as text;
use results::Results;

/// An action, following it to its end.
#[component]
pub fn NodeActionPage() -> impl IntoView {
    let language = use_language();
    let (id, asked) = (use_id(), RwSignal::new(0_u32));
    let action = Resource::new(
        move || (id.get(), asked.get()),
        |(id, _)| async move { if_there(get_action(id).await) },
    );
    let gone = Gone {
        title: text::gone_title(language),
        description: text::gone(language),
        list: "/nodes",
        back: text::back_to_list(language),
    };
    let show = move |action| view! { <Action action asked /> }.into_any();
    view! { <Item resource=action id=|action: &ShownAction| action.progress.id.clone() gone show /> }
        .into_any()
}

#[component]
fn Action(action: Signal<ShownAction>, asked: RwSignal<u32>) -> impl IntoView {
    let language = use_language();
    let now = use_now();
    let refused = SharedValue::new(use_context::<RetryRefused>).into_inner();
    let first = action.get_untracked().progress;
    let state = Memo::new(move |_| action.with(|action| action.progress.state(now.get())));
    let running = Memo::new(move |_| state.get() == ActionState::Running);
    ask_while(running, move || {
        let _ = asked.try_update(|asked| *asked += 1);
    });
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
