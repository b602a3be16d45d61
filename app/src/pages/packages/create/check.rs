//! The step that looks at zips which lie in S3 already: begun by a button, followed while it goes on, and told in words.

mod problem;
mod report;

use domain::errors::ApiError;
use domain::packages::drafts::{Draft, Step};
use domain::packages::inspection::{Check, CheckProgress, CheckState, Report};
use leptos::prelude::*;

use super::steps::{Work, step_href};
use crate::components::alert::Alert;
use crate::components::button::{ButtonKind, DisabledButton, LinkButton, SubmitButton};
use crate::components::container::{Container, KeyValue, KeyValues};
use crate::components::loaded::Skeleton;
use crate::components::reload::{ReloadWithoutScript, ask_while};
use crate::components::status::{StatusIndicator, StatusKind};
use crate::components::time::{Time, TimeStyle};
use crate::error_text::error_text;
use crate::packages::checks::{ShownCheck, get_check};
use crate::page::use_language;
use crate::pages::packages::size::size_text;
use crate::text::{publish, publish_check as text};
use report::ReportView;

/// The check.
#[component]
pub fn CheckStep(
    /// The draft.
    work: Work,
) -> impl IntoView {
    let language = use_language();
    follow(work);
    let state = Memo::new(move |_| {
        work.check.with(|check| check.as_ref().map(|check| check.as_ref().err().cloned()))
    });
    let body = move || match state.get() {
        None => view! { <Skeleton /> }.into_any(),
        Some(Some(error)) => {
            view! { <Alert kind=StatusKind::Error>{error_text(language, &error)}</Alert> }.into_any()
        }
        Some(None) => view! { <Shown work /> }.into_any(),
    };
    let id = work.id();
    view! {
        <div class="form-page">
            {body}
            <div class="form-actions">
                <a class="button button-link" href="/packages/create">{publish::later(language)}</a>
                <LinkButton href=step_href(&id, Step::Manifest) text=publish::previous(language) />
                <LinkButton href=step_href(&id, Step::Review) text=publish::next(language) kind=ButtonKind::Primary />
            </div>
        </div>
    }
    .into_any()
}

/// Asks for the check while it goes on.
fn follow(work: Work) {
    let goes_on = Memo::new(move |_| {
        work.check.with(|check| matches!(check, Some(Ok(ShownCheck { under_way: true, .. }))))
    });
    let ask = move || {
        leptos::task::spawn_local(async move {
            let Some(id) = work.draft.try_with_untracked(|draft| draft.id.clone()) else { return };
            let now = get_check(id).await;
            // One answer that did not come is asked for again; another step may be shown meanwhile.
            if now.is_ok() && goes_on.try_get_untracked() == Some(true) {
                work.check.set(Some(now));
            }
        });
    };
    ask_while(goes_on, ask);
}

#[component]
fn Shown(work: Work) -> impl IntoView {
    let language = use_language();
    let shown = Memo::new(move |before: Option<&Option<ShownCheck>>| {
        let now = work.check.with(|check| check.as_ref().and_then(|check| check.as_ref().ok().cloned()));
        now.or_else(|| before.cloned().flatten())
    });
    let check = Memo::new(move |_| shown.with(|shown| shown.as_ref().and_then(|shown| shown.check.clone())));
    let under_way =
        Memo::new(move |_| shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.under_way)));
    let report =
        Memo::new(move |_| shown.with(|shown| shown.as_ref().and_then(|shown| shown.report.clone())));
    let reported = move || {
        report.get().map(|report| match report {
            Ok(report) => view! { <ReportView work report /> }.into_any(),
            Err(error) => view! {
                <Alert kind=StatusKind::Error title=text::not_judged(language)>{error_text(language, &error)}</Alert>
            }
            .into_any(),
        })
    };
    view! {
        <Container title=text::title(language) description=text::intro(language)>
            <State check under_way report />
            <Buttons work check under_way />
        </Container>
        {reported}
    }
    .into_any()
}

/// How far the last check has come.
#[component]
fn State(
    check: Memo<Option<Check>>,
    under_way: Memo<bool>,
    report: Memo<Option<Result<Report, ApiError>>>,
) -> impl IntoView {
    let language = use_language();
    // Green right above errors would deny them.
    let done = move || {
        let errors = report.with(|report| matches!(report, Some(Ok(report)) if report.counts().0 > 0));
        if errors { StatusKind::Info } else { StatusKind::Success }
    };
    let said = move || {
        let (kind, text) = match check.get().map(|check| check.state) {
            None => (StatusKind::Stopped, text::never(language).to_owned()),
            Some(CheckState::Reading(_)) if !under_way.get() => {
                (StatusKind::Warning, text::interrupted(language).to_owned())
            }
            Some(CheckState::Reading(CheckProgress { file: Some(file), .. })) => {
                (StatusKind::Pending, text::reading(language, file))
            }
            Some(CheckState::Reading(_)) => (StatusKind::Pending, text::waiting(language).to_owned()),
            Some(CheckState::Done) => (done(), text::done(language).to_owned()),
            Some(CheckState::Cancelled) => (StatusKind::Stopped, text::cancelled(language).to_owned()),
            Some(CheckState::Failed { .. }) => (StatusKind::Error, text::failed(language).to_owned()),
        };
        view! { <StatusIndicator kind text /> }
    };
    let progress = move || match check.get().map(|check| check.state) {
        Some(CheckState::Reading(progress)) if under_way.get() => {
            Some(view! { <Progress progress /> }.into_any())
        }
        _ => None,
    };
    let failure = move || match check.get().map(|check| check.state) {
        Some(CheckState::Failed { error }) => Some(view! { <Failed error /> }.into_any()),
        _ => None,
    };
    let ended = move || {
        let at = check.get()?.ended?;
        Some(view! {
            <KeyValues>
                <KeyValue label=text::ended(language)><Time at style=TimeStyle::Both /></KeyValue>
            </KeyValues>
        })
    };
    view! {
        <p role="status">{said}</p>
        {progress}
        {failure}
        {ended}
    }
    .into_any()
}

#[component]
fn Progress(progress: CheckProgress) -> impl IntoView {
    let language = use_language();
    let CheckProgress { read, all, .. } = progress;
    let percent = read.saturating_mul(100).checked_div(all).unwrap_or_default();
    let said = text::so_far(language, size_text(read), size_text(all));
    view! {
        <div class="progress">
            <progress aria-label=text::progress(language) max="100" value=percent.to_string()></progress>
            <span class="secondary">{said}</span>
            <ReloadWithoutScript />
        </div>
    }
    .into_any()
}

#[component]
fn Failed(error: ApiError) -> impl IntoView {
    let language = use_language();
    let hint =
        matches!(error, ApiError::Upstream { .. }).then(|| view! { <p>{text::failed_hint(language)}</p> });
    view! {
        <Alert kind=StatusKind::Error title=text::failed_title(language)>
            <p>{error_text(language, &error)}</p>
            {hint}
        </Alert>
    }
    .into_any()
}

/// Begins a check, or ends the one that goes on.
#[component]
fn Buttons(work: Work, check: Memo<Option<Check>>, under_way: Memo<bool>) -> impl IntoView {
    let language = use_language();
    let pending = RwSignal::new(false);
    let action = move |action: &str| format!("/packages/drafts/{}/check/{action}", work.id());
    let send = move |event: leptos::ev::SubmitEvent| {
        if pending.get_untracked() {
            event.prevent_default();
        }
        pending.set(true);
    };
    move || {
        if under_way.get() {
            return view! {
                <form method="post" action=action("cancel") on:submit=send>
                    <SubmitButton text=text::cancel(language) pending kind=ButtonKind::Normal />
                </form>
            }
            .into_any();
        }
        let first = check.with(Option::is_none);
        let label = if first { text::begin(language) } else { text::again(language) };
        let kind = if first { ButtonKind::Primary } else { ButtonKind::Normal };
        let reason = work.draft.with(|draft| not_now(language, draft));
        match reason {
            Some(reason) => view! { <DisabledButton text=label reason kind /> }.into_any(),
            None => view! {
                <form method="post" action=action("begin") on:submit=send>
                    <SubmitButton text=label pending kind />
                </form>
            }
            .into_any(),
        }
    }
}

/// Why there is nothing to check.
fn not_now(language: domain::language::Language, draft: &Draft) -> Option<&'static str> {
    let contents = &draft.contents;
    if draft.publication.is_some() {
        Some(publish::publishing(language))
    } else if contents.bucket.is_empty() {
        Some(text::no_bucket(language))
    } else if contents.manifest.as_ref().is_none_or(|text| text.trim().is_empty()) {
        Some(text::no_manifest(language))
    } else {
        None
    }
}
