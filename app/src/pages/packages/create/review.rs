//! The last step: all of it, what will be written where, and the button that publishes.

mod changed;
mod commands;

use domain::language::Language;
use domain::packages::drafts::{DraftKind, Step};
use domain::packages::manifest::read;
use domain::packages::platform::Target;
use domain::packages::preview::{Preview, Problem, ZipPreview};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::location::problem_text as bucket_text;
use super::manifest::Uncovered;
use super::problem::problem_text;
use super::steps::{Work, step_href, step_of, step_text};
use crate::components::alert::Alert;
use crate::components::button::{ButtonKind, DisabledButton, SubmitButton};
use crate::components::code_block::CodeBlock;
use crate::components::container::{Container, KeyValue, KeyValues};
use crate::components::loaded::Skeleton;
use crate::components::plain_table::PlainTable;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::error_text::error_text;
use crate::page::use_language;
use crate::pages::packages::file_name::FileName;
use crate::pages::packages::size::size_text;
use crate::text::{publish, publish_check, publish_review as text};
use changed::{Changed, changed_files};
use commands::Commands;

/// The review.
#[component]
pub fn Review(
    /// The draft.
    work: Work,
) -> impl IntoView {
    let language = use_language();
    move || match work.preview.get() {
        None => view! { <Skeleton /> }.into_any(),
        Some(Err(error)) => {
            view! { <Alert kind=StatusKind::Error>{error_text(language, &error)}</Alert> }.into_any()
        }
        Some(Ok(preview)) => view! { <Whole work preview /> }.into_any(),
    }
}

#[component]
fn Whole(work: Work, preview: Preview) -> impl IntoView {
    let language = use_language();
    let ready = preview.problems.is_empty();
    let manifest = preview.manifest.clone();
    let named = manifest.clone();
    let files_hint = match work.kind() {
        DraftKind::Simple => text::files_hint(language),
        DraftKind::Advanced => publish_check::zips_stay(language),
    };
    let commands = ready.then(|| view! { <Commands work preview=preview.clone() /> });
    let (problems, zips) = (preview.problems.clone(), preview.zips.clone());
    view! {
        <div class="form-page">
            <Problems work problems />
            <Changed work />
            <Bucket work />
            <Names work />
            <Container title=text::files(language) description=files_hint>
                <Zips work zips manifest=named />
            </Container>
            <Container title=text::manifest(language)>
                <CodeBlock code=manifest label=text::manifest(language) />
            </Container>
            {commands}
            <Uncovered work />
            <Publish work preview />
        </div>
    }
    .into_any()
}

/// What stands in the way, each with the step that solves it.
#[component]
fn Problems(work: Work, problems: Vec<Problem>) -> impl IntoView {
    let language = use_language();
    if problems.is_empty() {
        return ().into_any();
    }
    let id = work.id();
    let items = problems
        .iter()
        .map(|problem| {
            let step = step_of(problem);
            let href = step_href(&id, step);
            view! { <li>{problem_text(language, problem)}" "<a href=href>{step_text(language, step)}</a></li> }
        })
        .collect_view();
    view! {
        <Alert kind=StatusKind::Warning title=text::problems(language)>
            <ul>{items}</ul>
        </Alert>
    }
    .into_any()
}

/// What speaks against the bucket, if anything does.
#[component]
fn Bucket(work: Work) -> impl IntoView {
    let language = use_language();
    move || {
        let said = match work.bucket.get()? {
            Ok(None) => return None,
            Ok(Some(problem)) => bucket_text(language, &problem),
            Err(error) => error_text(language, &error),
        };
        let bucket = work.draft.with(|draft| draft.contents.bucket.clone());
        Some(
            view! { <Alert kind=StatusKind::Error title=publish::bucket_unusable(language, bucket)>{said}</Alert> },
        )
    }
}

/// What it is called and where it goes.
#[component]
fn Names(work: Work) -> impl IntoView {
    let language = use_language();
    let contents = work.draft.with_untracked(|draft| draft.contents.clone());
    let or_dash = |text: String| if text.is_empty() { "-".to_owned() } else { text };
    let version = if contents.version_name.is_empty() {
        text::no_version_name(language).to_owned()
    } else {
        contents.version_name
    };
    let place = format!("s3://{}/{}", contents.bucket, contents.prefix);
    view! {
        <Container title=text::package(language) actions=edit(language, work, Step::Details)>
            <KeyValues>
                <KeyValue label=publish::field_name(language)>{or_dash(contents.name)}</KeyValue>
                <KeyValue label=publish::field_version(language)>{version}</KeyValue>
                <KeyValue label=publish::field_publisher(language)>{or_dash(contents.publisher)}</KeyValue>
                <KeyValue label=publish::step_location(language)><code class="code">{place}</code></KeyValue>
            </KeyValues>
        </Container>
    }
    .into_any()
}

fn edit(language: Language, work: Work, step: Step) -> AnyView {
    let label = text::edit_named(language, step_text(language, step));
    view! {
        <a class="button button-normal" href=step_href(&work.id(), step) aria-label=label>{text::edit(language)}</a>
    }
    .into_any()
}

/// What will be written: each zip with what is in it and for which nodes it is.
#[component]
fn Zips(work: Work, zips: Vec<ZipPreview>, manifest: String) -> impl IntoView {
    let language = use_language();
    let in_place = work.kind() == DraftKind::Advanced;
    let read = in_place.then(|| read(&manifest).manifest).flatten();
    let rows = read.map(|manifest| manifest.rows()).unwrap_or_default();
    let named = |zip: &ZipPreview| {
        let rows = rows.iter().filter(|row| row.file == zip.name);
        rows.map(|row| row.target.clone()).collect::<Vec<_>>()
    };
    let rows = zips
        .into_iter()
        .map(|zip| {
            let targets = match work.kind() {
                DraftKind::Simple => work.draft.with_untracked(|draft| {
                    draft.file(&zip.file).map(|file| file.targets.clone()).unwrap_or_default()
                }),
                DraftKind::Advanced => named(&zip),
            };
            view! { <Zip zip targets in_place /> }
        })
        .collect_view();
    let headings = vec![
        text::zip(language).into(),
        text::contents(language).into(),
        text::nodes(language).into(),
        text::size(language).into(),
        "SHA-256".into(),
    ];
    view! {
        <PlainTable label=text::files(language) headings>{rows}</PlainTable>
    }
    .into_any()
}

#[component]
fn Zip(zip: ZipPreview, targets: Vec<Target>, in_place: bool) -> impl IntoView {
    let language = use_language();
    // One that was carried over has none either, as nobody has looked into it: those are the simple way's only.
    let unread = (in_place && zip.entries.is_empty())
        .then(|| view! { <StatusIndicator kind=StatusKind::Error text=publish_check::unread(language) /> });
    let entries = zip
        .entries
        .into_iter()
        .map(|(name, size)| view! { <li><code class="code">{name}</code>" "<span class="secondary">{size_text(size)}</span></li> })
        .collect_view();
    let targets = targets
        .into_iter()
        .map(|target| view! { <li>{format!("{} / {} / {}", target.platform, target.version, target.architecture)}</li> })
        .collect_view();
    view! {
        <tr>
            <th scope="row"><FileName name=zip.name /></th>
            <td>{unread}<ul class="plain-list">{entries}</ul></td>
            <td><ul class="plain-list">{targets}</ul></td>
            <td>{size_text(zip.size)}</td>
            <td><code class="code">{zip.sha256}</code></td>
        </tr>
    }
    .into_any()
}

/// Publishes just what is shown.
#[component]
fn Publish(work: Work, preview: Preview) -> impl IntoView {
    let language = use_language();
    let pending = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        if pending.get_untracked() {
            event.prevent_default();
        }
        pending.set(true);
    };
    let (id, publication, new_version) = work
        .draft
        .with_untracked(|draft| (draft.id.clone(), draft.publication.clone(), draft.contents.base.is_some()));
    let previous = Step::Review.previous(work.kind()).unwrap_or(Step::FIRST);
    let label = if new_version { text::add_version(language) } else { text::create(language) };
    let sound = preview.problems.is_empty();
    let changed = Memo::new(move |_| changed_files(work));
    let button = move || {
        let reason = if publication.is_some() {
            publish::publishing(language).to_owned()
        } else if changed.with(|changed| !changed.is_empty()) {
            publish_check::changed_objects(language, changed.get().join(", "))
        } else if !sound {
            text::problems(language).to_owned()
        } else {
            return view! { <SubmitButton text=label pending /> }.into_any();
        };
        view! { <DisabledButton text=label reason kind=ButtonKind::Primary /> }.into_any()
    };
    view! {
        <form method="post" action=format!("/packages/drafts/{id}/publish") on:submit=submit>
            <input type="hidden" name="submission" value=work.submission.get_value() />
            <input type="hidden" name="fingerprint" value=preview.fingerprint />
            <div class="form-actions">
                <a class="button button-link" href="/packages/create">{publish::later(language)}</a>
                <a class="button button-normal" href=step_href(&id, previous)>{publish::previous(language)}</a>
                {button}
            </div>
        </form>
    }
    .into_any()
}
