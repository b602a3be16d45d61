//! A publication: how far it has come, and what has become of it.

mod failure;
mod files;

use domain::language::Language;
use domain::packages::address::package;
use domain::packages::publications::{Failure, Publication, Stage};
use domain::permission::Permission;
use leptos::prelude::*;

use crate::components::alert::Alert;
use crate::components::button::{ButtonKind, DisabledButton, SubmitButton};
use crate::components::clock::use_now;
use crate::components::container::{Container, KeyValue, KeyValues, PageHeader};
use crate::components::item::{Gone, Item, if_there, use_id};
use crate::components::reload::{ReloadWithoutScript, ask_while};
use crate::components::status::{StatusIndicator, StatusKind};
use crate::components::time::{Time, TimeStyle};
use crate::error_text::error_text;
use crate::packages::drafts::DraftRefused;
use crate::packages::publications::get_publication;
use crate::page::{may, use_language, use_page};
use crate::pages::packages::signed_out::signed_out;
use crate::text::{package_record, publication as text, publish};
pub use failure::failure_text;

use failure::Failed;
use files::Files;

/// A publication, following it to its end.
#[component]
pub fn PublicationPage() -> impl IntoView {
    if let Some(again) = signed_out() {
        return again;
    }
    let language = use_language();
    let (id, asked) = (use_id(), RwSignal::new(0_u32));
    let publication = Resource::new(
        move || (id.get(), asked.get()),
        |(id, _)| async move { if_there(get_publication(id).await) },
    );
    let gone = Gone {
        title: text::gone_title(language),
        description: text::gone(language),
        list: "/packages/create",
        back: publish::to_drafts(language),
    };
    let show = move |publication| view! { <Shown publication asked /> }.into_any();
    view! { <Item resource=publication id=|publication: &Publication| publication.id.clone() gone show /> }
        .into_any()
}

#[component]
fn Shown(publication: Signal<Publication>, asked: RwSignal<u32>) -> impl IntoView {
    let language = use_language();
    let refused = SharedValue::new(use_context::<DraftRefused>).into_inner();
    let now = use_now();
    let first = publication.get_untracked();
    let stage = Memo::new(move |_| publication.with(|publication| publication.stage.clone()));
    let waits = Memo::new(move |_| publication.with(|publication| publication.is_interrupted(now.get())));
    let under_way = Memo::new(move |_| !stage.with(is_over));
    ask_while(under_way, move || {
        let _ = asked.try_update(|asked| *asked += 1);
    });
    let refusal = refused.map(|DraftRefused(error)| {
        view! {
            <Alert kind=StatusKind::Error title=text::not_cancelled(language)>{error_text(language, &error)}</Alert>
        }
    });
    let name = match &first.plan.version_name {
        Some(version) => format!("{} {version}", first.plan.name),
        None => first.plan.name.clone(),
    };
    let title = Memo::new(move |_| {
        stage.with(|stage| match stage {
            Stage::Published { .. } => text::title_published(language, &name),
            Stage::Failed { .. } => text::title_failed(language, &name),
            _ => text::title(language, &name),
        })
    });
    let header = move || view! { <PageHeader title=title.get() /> };
    let place = format!("s3://{}/{}", first.plan.bucket, first.plan.prefix);
    let by = match &first.token {
        Some(token) => package_record::by_token(language, &first.username, token),
        None => first.username.clone(),
    };
    view! {
        {header}
        {refusal}
        <Container title=text::progress(language)>
            <Progress publication stage waits />
            <Outcome publication stage />
            <KeyValues>
                <KeyValue label=text::by(language)>{by}</KeyValue>
                <KeyValue label=text::begun(language)><Time at=first.begun style=TimeStyle::Both /></KeyValue>
                <KeyValue label=publish::step_location(language)><code class="code">{place}</code></KeyValue>
            </KeyValues>
        </Container>
        <Container title=text::files(language)>
            <Files publication />
        </Container>
        <Cancel publication stage />
    }
    .into_any()
}

/// Whether it will not change any more.
const fn is_over(stage: &Stage) -> bool {
    matches!(stage, Stage::Published { .. } | Stage::Failed { .. })
}

/// The stage in words and, while bytes go to S3, how many of them.
#[component]
fn Progress(publication: Signal<Publication>, stage: Memo<Stage>, waits: Memo<bool>) -> impl IntoView {
    let language = use_language();
    let said = move || {
        if waits.get() {
            return view! { <StatusIndicator kind=StatusKind::Warning text=text::interrupted(language) /> };
        }
        let (kind, text) = stage.with(|stage| stage_text(language, stage));
        view! { <StatusIndicator kind text /> }
    };
    let progress = Memo::new(move |_| publication.with(Publication::progress));
    let percent = move || match progress.get() {
        (_, 0) => 100,
        (sent, all) => sent * 100 / all,
    };
    let reload = move || {
        let under_way = !stage.with(is_over);
        under_way.then(|| view! { <ReloadWithoutScript /> })
    };
    view! {
        <div class="progress">
            <p role="status">{said}</p>
            <progress aria-label=text::sent(language) max="100" value=move || percent().to_string()></progress>
            {reload}
        </div>
    }
    .into_any()
}

fn stage_text(language: Language, stage: &Stage) -> (StatusKind, &'static str) {
    match stage {
        Stage::Uploading => (StatusKind::Pending, text::uploading(language)),
        Stage::Registering => (StatusKind::Pending, text::registering(language)),
        Stage::Creating { .. } => (StatusKind::Pending, text::creating(language)),
        Stage::Undoing { .. } => (StatusKind::Pending, text::undoing(language)),
        Stage::Published { .. } => (StatusKind::Success, text::published(language)),
        Stage::Failed { failure: Failure::Cancelled, .. } => (StatusKind::Stopped, text::cancelled(language)),
        Stage::Failed { .. } => (StatusKind::Error, text::failed(language)),
    }
}

/// What has become of it, and where to go from here.
#[component]
fn Outcome(publication: Signal<Publication>, stage: Memo<Stage>) -> impl IntoView {
    let language = use_language();
    move || match stage.get() {
        Stage::Published { document_version } => {
            let name = publication.with_untracked(|publication| publication.plan.name.clone());
            view! {
                <Alert kind=StatusKind::Success title=text::published_title(language, &name)>
                    <p>{text::published_as(language, document_version)}</p>
                    <a class="button button-normal" href=package(&name)>{text::to_package(language)}</a>
                </Alert>
            }
            .into_any()
        }
        Stage::Failed { failure, left } => {
            let draft = publication.with_untracked(|publication| publication.draft.clone());
            view! { <Failed failure left draft /> }.into_any()
        }
        _ => ().into_any(),
    }
}

/// Ends it, as long as SSM has not been told.
#[component]
fn Cancel(publication: Signal<Publication>, stage: Memo<Stage>) -> impl IntoView {
    let language = use_language();
    let pending = RwSignal::new(false);
    move || {
        if !stage.with(|stage| *stage == Stage::Uploading) {
            return ().into_any();
        }
        let (id, username) =
            publication.with_untracked(|publication| (publication.id.clone(), publication.username.clone()));
        if let Some(reason) = denied(language, &username) {
            return view! { <DisabledButton text=text::cancel(language) reason /> }.into_any();
        }
        view! {
            <form
                method="post"
                action=format!("/packages/publications/{id}/cancel")
                on:submit=move |_| pending.set(true)
            >
                <div class="form-actions">
                    <SubmitButton text=text::cancel(language) pending kind=ButtonKind::Normal />
                </div>
            </form>
        }
        .into_any()
    }
}

/// Why the person who looks at the page cannot end what somebody publishes.
fn denied(language: Language, username: &str) -> Option<&'static str> {
    let person = use_page().with_value(|page| page.person.clone());
    let own = person.is_some_and(|person| person.username == username);
    if !may(Permission::PublishPackage) {
        Some(publish::denied(language))
    } else if !own && !may(Permission::ManageDrafts) {
        Some(text::cancel_denied(language))
    } else {
        None
    }
}
