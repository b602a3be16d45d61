//! Where a package begins: a new draft, or one that waits.

use domain::packages::drafts::{DraftKind, DraftSummary, Step};
use domain::permission::Permission;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::components::alert::Alert;
use crate::components::button::SubmitButton;
use crate::components::container::{Container, EmptyState, PageHeader};
use crate::components::loaded::Loaded;
use crate::components::plain_table::{Heading, PlainTable};
use crate::components::status::{Badge, StatusKind};
use crate::components::time::{Time, TimeStyle};
use crate::error_text::error_text;
use crate::packages::drafts::{DraftList, DraftRefused, list_drafts};
use crate::page::{may, use_language};
use crate::pages::packages::signed_out::signed_out;
use crate::pages::packages::size::size_text;
use crate::text::publish as text;

/// The ways to make a package, and the drafts that wait.
#[component]
pub fn BeginPackage() -> impl IntoView {
    if let Some(again) = signed_out() {
        return again;
    }
    let language = use_language();
    let refused = SharedValue::new(use_context::<DraftRefused>).into_inner();
    let failure = refused.map(|DraftRefused(error)| {
        view! {
            <Alert kind=StatusKind::Error title=text::not_begun(language)>{error_text(language, &error)}</Alert>
        }
    });
    let drafts = Resource::new(|| (), |()| list_drafts());
    let body = if may(Permission::PublishPackage) {
        view! {
            <Begin />
            <Loaded resource=drafts let:list>
                <Drafts list=list.get_untracked() />
            </Loaded>
        }
        .into_any()
    } else {
        view! { <Alert kind=StatusKind::Info>{text::denied(language)}</Alert> }.into_any()
    };
    view! {
        <PageHeader title=text::title(language) description=text::intro(language) />
        {failure}
        {body}
    }
    .into_any()
}

/// The two ways.
#[component]
fn Begin() -> impl IntoView {
    let language = use_language();
    view! {
        <Container title=text::simple(language) description=text::simple_description(language)>
            <BeginButton kind=DraftKind::Simple label=text::begin(language) />
        </Container>
        <Container title=text::advanced(language) description=text::advanced_description(language)>
            <BeginButton kind=DraftKind::Advanced label=text::begin_advanced(language) />
        </Container>
    }
    .into_any()
}

/// Begins a draft. Sent twice by an impatient hand, the second does not leave the browser.
#[component]
fn BeginButton(kind: DraftKind, label: &'static str) -> impl IntoView {
    let pending = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        if pending.get_untracked() {
            event.prevent_default();
        }
        pending.set(true);
    };
    view! {
        <form method="post" action="/packages/drafts" on:submit=submit>
            <input type="hidden" name="kind" value=kind.name() />
            <SubmitButton text=label pending />
        </form>
    }
    .into_any()
}

#[component]
fn Drafts(list: DraftList) -> impl IntoView {
    let language = use_language();
    let room = text::room(language, size_text(list.room.used), size_text(list.room.quota));
    let rows = list.drafts.iter().cloned().map(|draft| view! { <Row draft /> }).collect_view();
    let body = if list.drafts.is_empty() {
        view! { <EmptyState title=text::no_drafts(language) description=text::no_drafts_hint(language) /> }
            .into_any()
    } else {
        let headings = vec![
            text::package(language).into(),
            text::version_name(language).into(),
            text::kind(language).into(),
            text::files(language).into(),
            text::size(language).into(),
            text::changed(language).into(),
            text::owner(language).into(),
            Heading::Unseen(text::actions(language)),
        ];
        view! {
            <PlainTable label=text::drafts(language) headings>{rows}</PlainTable>
        }
        .into_any()
    };
    view! { <Container title=text::drafts(language) description=room>{body}</Container> }.into_any()
}

#[component]
fn Row(draft: DraftSummary) -> impl IntoView {
    let language = use_language();
    let DraftSummary { id, name, version_name, .. } = draft;
    let (kind, files, size) = match draft.kind {
        DraftKind::Simple => (text::simple(language), draft.files.to_string(), size_text(draft.bytes)),
        // Its zips are no files of the draft.
        DraftKind::Advanced => (text::advanced(language), text::in_s3(language).to_owned(), "-".to_owned()),
    };
    let shown = if name.is_empty() { text::unnamed(language).to_owned() } else { name };
    let href = draft.publication.as_ref().map_or_else(
        || format!("/packages/drafts/{id}/{}", Step::FIRST.name()),
        |publication| format!("/packages/publications/{publication}"),
    );
    let publishing = draft
        .publication
        .is_some()
        .then(|| view! { " "<Badge text=text::publishing(language) kind=StatusKind::Info /> });
    let remove = draft.publication.is_none().then(|| {
        let label = text::remove_named(language, &shown);
        let href = format!("/packages/drafts/{id}/remove");
        view! { <a class="button button-link" href=href aria-label=label>{text::remove(language)}</a> }
    });
    view! {
        <tr>
            <th scope="row"><a href=href>{shown}</a>{publishing}</th>
            <td>{if version_name.is_empty() { "-".to_owned() } else { version_name }}</td>
            <td>{kind}</td>
            <td>{files}</td>
            <td class="nowrap">{size}</td>
            <td><Time at=draft.updated style=TimeStyle::Relative /></td>
            <td>{draft.username}</td>
            <td>{remove}</td>
        </tr>
    }
    .into_any()
}
