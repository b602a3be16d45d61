//! The manifest of zips that lie in S3: extracted from there, begun from them, or written anew.

use domain::errors::ApiError;
use domain::language::Language;
use domain::packages::drafts::Draft;
use domain::packages::inspection::{FoundManifest, Place};
use leptos::prelude::*;

use super::ManifestField;
use crate::components::alert::Alert;
use crate::components::container::Container;
use crate::components::loaded::Skeleton;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::error_text::error_text;
use crate::packages::checks::ShownPlace;
use crate::page::use_language;
use crate::pages::packages::create::steps::Work;
use crate::pages::packages::size::size_text;
use crate::text::{publish_check as text, publish_manifest};

/// Where a manifest comes from that is shown before anybody has saved one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The draft has it.
    Saved,
    /// It lies beside the zips.
    Extracted,
    /// It was made from the zips' names.
    Started,
    /// There is nothing yet.
    None,
}

type Found = Result<Option<ShownPlace>, ApiError>;

/// The manifest that the step begins with.
pub fn first_manifest(draft: &Draft, place: Option<&Found>) -> (String, Origin) {
    if let Some(text) = &draft.contents.manifest {
        return (text.clone(), Origin::Saved);
    }
    match place {
        Some(Ok(Some(ShownPlace {
            place: Place { manifest: Some(FoundManifest::Text { text }), .. },
            ..
        }))) => (text.clone(), Origin::Extracted),
        Some(Ok(Some(shown))) if shown.place.zips().next().is_some() => {
            (shown.start.clone(), Origin::Started)
        }
        _ => (String::new(), Origin::None),
    }
}

/// The editor, once it is known what lies there.
#[component]
pub fn InPlace(work: Work, value: RwSignal<String>) -> impl IntoView {
    let known = Memo::new(move |_| work.place.with(Option::is_some));
    move || {
        if known.get() {
            view! { <Found work /><Editor work value /> }.into_any()
        } else {
            view! { <Skeleton /> }.into_any()
        }
    }
}

#[component]
fn Editor(work: Work, value: RwSignal<String>) -> impl IntoView {
    let language = use_language();
    let (first, origin) =
        untrack(|| work.place.with(|place| work.draft.with(|draft| first_manifest(draft, place.as_ref()))));
    value.set(work.typed("manifest", |_| first));
    let fresh = match origin {
        Origin::Extracted => Some(text::fresh_extracted(language)),
        Origin::Started => Some(text::fresh_started(language)),
        Origin::Saved | Origin::None => None,
    };
    let fresh = fresh.map(|text| view! { <Alert kind=StatusKind::Info>{text}</Alert> });
    view! {
        <Container title=publish_manifest::title(language) description=text::manifest_intro(language)>
            {fresh}
            <ManifestField work value />
        </Container>
    }
    .into_any()
}

/// What lies there, and the ways to begin from it.
#[component]
fn Found(work: Work) -> impl IntoView {
    let language = use_language();
    move || {
        match work.place.get()? {
        Ok(None) => {
            Some(view! { <Alert kind=StatusKind::Warning>{text::no_bucket(language)}</Alert> }.into_any())
        }
        Ok(Some(shown)) => Some(view! { <There work place=shown.place /> }.into_any()),
        Err(error) => Some(
            view! { <Alert kind=StatusKind::Error title=text::not_found(language)>{error_text(language, &error)}</Alert> }
                .into_any(),
        ),
    }
    }
}

#[component]
fn There(work: Work, place: Place) -> impl IntoView {
    let language = use_language();
    let (folder, id) = work.draft.with_untracked(|draft| {
        let contents = &draft.contents;
        let folder = format!("s3://{}/{}", contents.bucket, contents.prefix);
        (folder.trim_end_matches('/').to_owned(), draft.id.clone())
    });
    let zips = place.zips().count();
    let files = place.zips().map(|zip| {
        view! { <li><code class="code">{zip.name.clone()}</code>" "<span class="secondary">{size_text(zip.size)}</span></li> }
    });
    let listed = if zips == 0 {
        view! { <Alert kind=StatusKind::Warning>{text::found_none(language)}</Alert> }.into_any()
    } else {
        view! {
            <details>
                <summary>{text::found_files(language, zips)}</summary>
                <ul class="plain-list">{files.collect_view()}</ul>
            </details>
        }
        .into_any()
    };
    let more =
        place.more.then(|| view! { <Alert kind=StatusKind::Warning>{text::found_more(language)}</Alert> });
    let (kind, manifest) = manifest_text(language, place.manifest.as_ref());
    let has_manifest = matches!(place.manifest, Some(FoundManifest::Text { .. }));
    let hint = match (has_manifest, zips > 0) {
        (true, true) => Some(text::fill_hint(language)),
        (true, false) => Some(text::fill_hint_extract(language)),
        (false, true) => Some(text::fill_hint_start(language)),
        (false, false) => None,
    };
    let hint = hint.map(|hint| view! { <p class="secondary">{hint}</p> });
    let extract =
        has_manifest.then(|| view! { <Fill id=id.clone() way="extract" label=text::extract(language) /> });
    let start = (zips > 0).then(|| view! { <Fill id way="start" label=text::start(language) /> });
    view! {
        <Container title=text::found(language, folder)>
            {listed}
            {more}
            <p><StatusIndicator kind text=manifest /></p>
            <div class="actions">{extract}{start}</div>
            {hint}
        </Container>
    }
    .into_any()
}

fn manifest_text(language: Language, found: Option<&FoundManifest>) -> (StatusKind, String) {
    match found {
        Some(FoundManifest::Text { .. }) => (StatusKind::Success, text::found_manifest(language).to_owned()),
        Some(FoundManifest::TooLarge { bytes }) => {
            (StatusKind::Error, text::found_manifest_too_large(language, size_text(*bytes)))
        }
        Some(FoundManifest::NotText) => {
            (StatusKind::Error, text::found_manifest_not_text(language).to_owned())
        }
        None => (StatusKind::Stopped, text::found_no_manifest(language).to_owned()),
    }
}

/// Fills the editor; a button of the step's form, whose revision goes with it.
#[component]
fn Fill(id: String, way: &'static str, label: &'static str) -> impl IntoView {
    view! {
        <button class="button button-normal" formaction=format!("/packages/drafts/{id}/manifest/{way}")>{label}</button>
    }
}
