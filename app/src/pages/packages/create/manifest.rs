//! The fifth step: the manifest, generated or edited, with what is wrong in it at its line.

mod coverage;
mod finding;
mod in_place;

use domain::packages::drafts::DraftKind;
use domain::packages::manifest::Severity;
use leptos::prelude::*;

use super::difference::Difference;
use super::steps::{StepForm, Work};
use crate::components::alert::Alert;
use crate::components::code_editor::{CodeEditor, CodeLanguage};
use crate::components::container::Container;
use crate::components::form::field_id;
use crate::components::icon::Icon;
use crate::components::loaded::Skeleton;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::error_text::error_text;
use crate::page::use_language;
use crate::text::publish_manifest as text;
use coverage::Coverage;
use finding::findings;
use in_place::InPlace;

pub(super) use coverage::Uncovered;
pub(super) use finding::remark;
pub(super) use in_place::first_manifest;

/// The manifest.
#[component]
pub fn ManifestStep(
    /// The draft.
    work: Work,
) -> impl IntoView {
    let language = use_language();
    let value = RwSignal::new(String::new());
    if work.kind() == DraftKind::Advanced {
        return view! {
            <StepForm work><InPlace work value /><Uncovered work /></StepForm>
            <Coverage work value />
        }
        .into_any();
    }
    let state = Memo::new(move |_| {
        work.preview.with(|preview| preview.as_ref().map(|preview| preview.as_ref().err().cloned()))
    });
    let body = move || match state.get() {
        None => view! { <Skeleton /> }.into_any(),
        Some(Some(error)) => {
            view! { <Alert kind=StatusKind::Error>{error_text(language, &error)}</Alert> }.into_any()
        }
        Some(None) => view! { <Editor work value /> }.into_any(),
    };
    view! {
        <StepForm work>{body}<Uncovered work /></StepForm>
        <Coverage work value />
    }
    .into_any()
}

#[component]
fn Editor(work: Work, value: RwSignal<String>) -> impl IntoView {
    let language = use_language();
    let of_preview = move |take: fn(&domain::packages::preview::Preview) -> String| {
        work.preview.with(|preview| match preview {
            Some(Ok(preview)) => take(preview),
            _ => String::new(),
        })
    };
    let generated = Signal::derive(move || of_preview(|preview| preview.generated_manifest.clone()));
    value.set(work.typed("manifest", |_| untrack(|| of_preview(|preview| preview.manifest.clone()))));
    // What is generated anew, because a file has arrived, replaces only what nobody has touched.
    Effect::new(move |before: Option<String>| {
        let now = generated.get();
        if before.is_some_and(|before| before != now && value.get_untracked() == before) {
            value.set(now.clone());
        }
        now
    });
    let is_edited = move || value.with(|text| generated.with(|generated| text != generated));
    let back = move |event: leptos::ev::MouseEvent| {
        if cfg!(feature = "hydrate") {
            event.prevent_default();
            value.set(generated.get_untracked());
        }
    };
    let about = move || {
        if is_edited() {
            view! {
                <p>{text::edited(language)}</p>
                <div class="actions">
                    <button class="button button-normal" name="generated" value="manifest" on:click=back>
                        {text::back_to_generated(language)}
                    </button>
                </div>
                <Difference before=generated after=value.into() />
            }
            .into_any()
        } else {
            view! { <p class="secondary">{text::as_generated(language)}</p> }.into_any()
        }
    };
    view! {
        <Container title=text::title(language) description=text::intro(language)>
            <ManifestField work value />
            {about}
        </Container>
    }
    .into_any()
}

/// The editor of the manifest, with what is wrong at its lines and below.
#[component]
fn ManifestField(work: Work, value: RwSignal<String>) -> impl IntoView {
    let language = use_language();
    let found = Signal::derive(move || findings(work, &value.get()));
    let remarks =
        Signal::derive(move || found.get().iter().map(|finding| remark(language, finding)).collect());
    let error = work.errors.at("manifest");
    let id = field_id("manifest");
    view! {
        <CodeEditor
            name="manifest"
            id=id.clone()
            label=text::title(language)
            described=format!("{id}-error manifest-findings")
            code=CodeLanguage::Json
            value
            rows=24
            remarks
        />
        <div class="field-error" id=format!("{id}-error")>
            {move || error.get().map(|text| view! { <Icon icon=Icon::Error /> <span>{text}</span> })}
        </div>
        <Findings found />
    }
    .into_any()
}

/// What is wrong, with the lines.
#[component]
fn Findings(found: Signal<Vec<domain::packages::manifest::Finding>>) -> impl IntoView {
    let language = use_language();
    let list = move || {
        let found = found.get();
        if found.is_empty() {
            return view! { <StatusIndicator kind=StatusKind::Success text=text::nothing_wrong(language) /> }
                .into_any();
        }
        let item = |finding: &domain::packages::manifest::Finding| {
            let kind = match finding.severity() {
                Severity::Error => StatusKind::Error,
                Severity::Warning => StatusKind::Warning,
            };
            let said = text::at_line(language, finding.from.line, remark(language, finding).text);
            view! { <li><StatusIndicator kind text=said /></li> }
        };
        view! { <ul class="plain-list">{found.iter().map(item).collect_view()}</ul> }.into_any()
    };
    view! { <div id="manifest-findings" role="status">{list}</div> }.into_any()
}
