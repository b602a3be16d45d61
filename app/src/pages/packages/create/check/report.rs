//! What a check has found, file by file, with what helps.

use domain::packages::drafts::Step;
use domain::packages::inspection::{FileProblem, FileReport, Report};
use domain::packages::manifest::{Finding, Severity};
use leptos::prelude::*;

use super::problem::problem_text;
use crate::components::alert::Alert;
use crate::components::button::{ButtonKind, SubmitButton};
use crate::components::container::{Container, EmptyState, KeyValue, KeyValues};
use crate::components::status::{StatusIndicator, StatusKind};
use crate::page::use_language;
use crate::pages::packages::create::manifest::remark;
use crate::pages::packages::create::steps::{Work, step_href};
use crate::pages::packages::size::size_text;
use crate::text::{publish_check as text, publish_manifest};

/// The report, for the manifest and the objects as they are now.
#[component]
pub fn ReportView(work: Work, report: Report) -> impl IntoView {
    let language = use_language();
    let files = if report.files.is_empty() {
        view! { <EmptyState title=text::no_files(language) /> }.into_any()
    } else {
        report.files.iter().cloned().map(|file| view! { <File file /> }).collect_view().into_any()
    };
    let names = report.unnamed.clone();
    let unnamed = (!names.is_empty()).then(move || {
        let names =
            names.into_iter().map(|name| view! { <li><code class="code">{name}</code></li> }).collect_view();
        view! {
            <Container title=text::unnamed(language) description=text::unnamed_hint(language)>
                <ul>{names}</ul>
            </Container>
        }
    });
    view! {
        <Verdict work report=report.clone() />
        <ManifestFindings work findings=report.manifest />
        <Container title=text::files(language)>{files}</Container>
        {unnamed}
    }
    .into_any()
}

/// All of it in a line, and the fix that there is.
#[component]
fn Verdict(work: Work, report: Report) -> impl IntoView {
    let language = use_language();
    let (errors, warnings) = report.counts();
    let (kind, title, hint) = if report.is_outdated() {
        (StatusKind::Warning, text::outdated(language).to_owned(), text::outdated_hint(language))
    } else if errors > 0 && warnings > 0 {
        (StatusKind::Error, text::bad_and_warnings(language, errors, warnings), text::bad_hint(language))
    } else if errors > 0 {
        (StatusKind::Error, text::bad(language, errors), text::bad_hint(language))
    } else {
        (StatusKind::Success, text::good(language).to_owned(), text::good_hint(language))
    };
    let told = kind == StatusKind::Error;
    let warnings = (warnings > 0 && !told).then(|| view! { <p>{text::warnings(language, warnings)}</p> });
    let correct = report.correctable.then(|| view! { <Correct work /> });
    view! {
        <Alert kind title>
            <p>{hint}</p>
            {warnings}
            {correct}
        </Alert>
    }
    .into_any()
}

/// Puts the checksums that were calculated into the manifest.
#[component]
fn Correct(work: Work) -> impl IntoView {
    let language = use_language();
    let pending = RwSignal::new(false);
    let send = move |event: leptos::ev::SubmitEvent| {
        if pending.get_untracked() {
            event.prevent_default();
        }
        pending.set(true);
    };
    let (action, revision) = work.draft.with_untracked(|draft| {
        (format!("/packages/drafts/{}/manifest/checksums", draft.id), draft.revision.to_string())
    });
    view! {
        <p>{text::correct_hint(language)}</p>
        <form method="post" action=action on:submit=send>
            <input type="hidden" name="revision" value=revision />
            <SubmitButton text=text::correct(language) pending kind=ButtonKind::Normal />
        </form>
    }
    .into_any()
}

/// What is wrong with the manifest by itself.
#[component]
fn ManifestFindings(work: Work, findings: Vec<Finding>) -> impl IntoView {
    let language = use_language();
    if findings.is_empty() {
        return ().into_any();
    }
    let item = |finding: &Finding| {
        let said = publish_manifest::at_line(language, finding.from.line, remark(language, finding).text);
        view! { <li><StatusIndicator kind=kind_of(finding.severity()) text=said /></li> }
    };
    let items = findings.iter().map(item).collect_view();
    view! {
        <Container title=text::manifest(language)>
            <ul class="plain-list">{items}</ul>
            <a class="button button-normal" href=step_href(&work.id(), Step::Manifest)>{text::to_manifest(language)}</a>
        </Container>
    }
    .into_any()
}

/// A file, its facts, and what is wrong with it.
#[component]
fn File(file: FileReport) -> impl IntoView {
    let language = use_language();
    let FileReport { name, size, sha256, unpacked, problems } = file;
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error).count();
    let (kind, said) = match errors {
        0 => (StatusKind::Success, text::file_good(language).to_owned()),
        errors => (StatusKind::Error, text::file_errors(language, errors)),
    };
    let size = size.map(|size| view! { <KeyValue label=text::size(language)>{size_text(size)}</KeyValue> });
    let unpacked = unpacked.map(|(files, bytes)| {
        let said = text::unpacked(language, files, size_text(bytes));
        view! { <KeyValue label=text::contents(language)>{said}</KeyValue> }
    });
    let sha256 =
        sha256.map(|sum| view! { <KeyValue label="SHA-256"><code class="code">{sum}</code></KeyValue> });
    let item = |problem: &FileProblem| {
        let said = problem_text(language, problem);
        view! { <li><StatusIndicator kind=kind_of(problem.severity()) text=said /></li> }
    };
    let problems = problems.iter().map(item).collect_view();
    let label = name.clone();
    view! {
        <section class="checked-file" aria-label=label>
            <h3>{name}</h3>
            <StatusIndicator kind text=said />
            <KeyValues>{size}{unpacked}{sha256}</KeyValues>
            <ul class="plain-list">{problems}</ul>
        </section>
    }
    .into_any()
}

const fn kind_of(severity: Severity) -> StatusKind {
    match severity {
        Severity::Error => StatusKind::Error,
        Severity::Warning => StatusKind::Warning,
    }
}
