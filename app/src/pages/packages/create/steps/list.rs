//! The steps at the side, each with how far it has come.

use domain::errors::ApiError;
use domain::packages::drafts::Step;
use domain::packages::preview::{Problem, report_problems};
use leptos::prelude::*;

use super::form::FORM;
use super::work::{StepState, Work, state_of};
use super::{step_href, step_text};
use crate::components::icon::Icon;
use crate::packages::checks::ShownCheck;
use crate::page::use_language;
use crate::text::publish as text;

/// Leads to each step. What is filled in is saved on the way: the buttons belong to the step's form.
#[component]
pub fn StepList(
    /// The draft.
    work: Work,
) -> impl IntoView {
    let language = use_language();
    let steps = Step::of(work.kind()).iter().enumerate();
    let items = steps.map(|(index, step)| view! { <Item work step=*step number=index + 1 /> }).collect_view();
    view! {
        <nav class="wizard-steps" aria-label=text::steps(language)>
            // The first button of a form is the one that Enter presses.
            <button class="visually-hidden" form=FORM tabindex="-1" aria-hidden="true"></button>
            <ol>{items}</ol>
        </nav>
    }
    .into_any()
}

/// What the last check has found, as far as it is known.
fn reported(check: &Option<Result<ShownCheck, ApiError>>) -> Option<Vec<Problem>> {
    match check {
        Some(Ok(ShownCheck { report: Some(Ok(report)), .. })) => Some(report_problems(report)),
        _ => None,
    }
}

#[component]
fn Item(work: Work, step: Step, number: usize) -> impl IntoView {
    let language = use_language();
    let state = Signal::derive(move || {
        // A check may have ended since the preview was made.
        let report = (step == Step::Check).then(|| work.check.with(reported)).flatten();
        let problems = report.or_else(|| {
            work.preview.with(|preview| match preview {
                Some(Ok(preview)) => Some(preview.problems.clone()),
                _ => None,
            })
        });
        work.draft.with(|draft| state_of(draft, problems.as_deref(), step))
    });
    let mark = move || match state.get() {
        StepState::Done => view! { <Icon icon=Icon::Success /> }.into_any(),
        StepState::Invalid => view! { <Icon icon=Icon::Error /> }.into_any(),
        StepState::Open => ().into_any(),
    };
    let said = move || match state.get() {
        StepState::Done => text::step_done(language),
        StepState::Invalid => text::step_invalid(language),
        StepState::Open => "",
    };
    let class = move || match state.get() {
        StepState::Done => "wizard-mark wizard-done",
        StepState::Invalid => "wizard-mark wizard-invalid",
        StepState::Open => "wizard-mark",
    };
    let name = move || {
        let id = work.id();
        if work.step.get() == step {
            return view! { <span aria-current="step">{step_text(language, step)}</span> }.into_any();
        }
        // Neither has anything to save.
        if matches!(work.step.get(), Step::Check | Step::Review) {
            return view! { <a href=step_href(&id, step)>{step_text(language, step)}</a> }.into_any();
        }
        view! {
            <button class="button-link wizard-link" form=FORM name="then" value=step.name()>
                {step_text(language, step)}
            </button>
        }
        .into_any()
    };
    view! {
        <li>
            <span class="secondary wizard-number">{text::step_number(language, number)}</span>
            <span class=class>{mark}</span>
            {name}
            <span class="visually-hidden">" "{said}</span>
        </li>
    }
    .into_any()
}
