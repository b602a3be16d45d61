//! The wizards: one draft, one address a step. What is kept here outlives a change of step, uploads above all.

use domain::errors::ApiError;
use domain::language::Language;
use domain::packages::buckets::{Bucket, BucketProblem};
use domain::packages::coverage_page::CoveragePage;
use domain::packages::drafts::{Contents, Draft, DraftKind, Room, Step};
use domain::packages::preview::Preview;
use domain::permission::Permission;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use serde::{Deserialize, Serialize};

use super::check::CheckStep;
use super::details::Details;
use super::location::Location;
use super::manifest::{ManifestStep, first_manifest};
use super::review::Review;
use super::scripts::Scripts;
use super::software::{Software, Uploads};
use super::steps::{StepList, Work, step_text};
use crate::components::alert::Alert;
use crate::components::container::{EmptyState, PageHeader};
use crate::components::loaded::Skeleton;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::packages::buckets::{check_bucket, list_buckets};
use crate::packages::checks::{ShownCheck, ShownPlace, get_check, get_place};
use crate::packages::draft_coverage::draft_coverage;
use crate::packages::drafts::{DraftRefused, ShownDraft, StepRefused, get_draft, preview_draft};
use crate::packages::names::{NameClash, check_package_name};
use crate::page::{may, use_language, use_page};
use crate::pages::not_found::NotFound;
use crate::pages::packages::signed_out::signed_out;
use crate::text::publish as text;

/// What a page of the wizard starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Start {
    pub(super) shown: ShownDraft,
    pub(super) facts: Facts,
}

/// What a step needs to know besides the draft, or why it is not known; nothing for a step that does not need it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    pub(super) preview: Option<Result<Preview, ApiError>>,
    pub(super) buckets: Option<Result<Vec<Bucket>, ApiError>>,
    pub(super) bucket: Option<Result<Option<BucketProblem>, ApiError>>,
    pub(super) clash: Option<NameClash>,
    pub(super) coverage: Option<Result<CoveragePage, ApiError>>,
    pub(super) place: Option<Result<Option<ShownPlace>, ApiError>>,
    pub(super) check: Option<Result<ShownCheck, ApiError>>,
}

/// Asks for what a step needs to know. `search` is the address's query, which says what is to be seen of the nodes.
pub(super) async fn facts(draft: &Draft, step: Step, search: String) -> Facts {
    let mut facts = Facts::default();
    let contents = &draft.contents;
    let advanced = contents.kind == DraftKind::Advanced;
    if matches!(step, Step::Scripts | Step::Manifest | Step::Check | Step::Review) {
        facts.preview = Some(preview_draft(draft.id.clone()).await);
    }
    if advanced && step == Step::Manifest {
        facts.place = Some(get_place(draft.id.clone()).await);
        let (manifest, _) = first_manifest(draft, facts.place.as_ref());
        facts.coverage = Some(draft_coverage(manifest, search).await);
    } else if let Some(Ok(preview)) = &facts.preview
        && (step == Step::Manifest || (step == Step::Review && preview.problems.is_empty()))
    {
        facts.coverage = Some(draft_coverage(preview.manifest.clone(), search).await);
    }
    if advanced && matches!(step, Step::Check | Step::Review) {
        facts.check = Some(get_check(draft.id.clone()).await);
    }
    if step == Step::Details && contents.base.is_none() && !contents.name.is_empty() {
        // Where that cannot be told now, SSM will tell.
        facts.clash = check_package_name(contents.name.clone()).await.ok().flatten();
    }
    if step == Step::Location {
        facts.buckets = Some(list_buckets().await);
    }
    if matches!(step, Step::Location | Step::Review) && !contents.bucket.is_empty() {
        facts.bucket = Some(check_bucket(contents.bucket.clone(), contents.prefix.clone()).await);
    }
    facts
}

async fn start(id: String, step: Option<Step>, search: String) -> Result<Start, ApiError> {
    let shown = get_draft(id).await?;
    let facts = match step {
        Some(step) => facts(&shown.draft, step, search).await,
        None => Facts::default(),
    };
    Ok(Start { shown, facts })
}

/// The step at a path. Forms that are posted to a draft come back to the step that they belong to.
fn step_at(path: &str) -> Option<Step> {
    match path.trim_end_matches('/').split('/').nth(4)? {
        "publish" => Some(Step::Review),
        "files" => Some(Step::Software),
        step => Step::from_name(step),
    }
}

/// A draft at one of its steps.
#[component]
pub fn PackageWizard() -> impl IntoView {
    if let Some(again) = signed_out() {
        return again;
    }
    let params = use_params_map();
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    // While the page is being left, the address is another's already.
    let step = Memo::new(move |before: Option<&Option<Step>>| {
        path.with(|path| step_at(path)).or_else(|| before.copied().flatten())
    });
    let refused = SharedValue::new(use_context::<StepRefused>).into_inner();
    let other = SharedValue::new(use_context::<DraftRefused>).into_inner();
    let allowed = may(Permission::PublishPackage);
    let somebody = use_page().with_value(|page| page.person.is_some());
    let start = Resource::new(
        move || id.get(),
        move |id| {
            let (step, search) = (step.get_untracked(), search.get_untracked());
            async move {
                match (allowed, somebody) {
                    (true, _) => start(id, step, search).await,
                    (false, true) => Err(ApiError::Forbidden),
                    (false, false) => Err(ApiError::Unauthenticated),
                }
            }
        },
    );
    let shown = move |start: Result<Start, ApiError>| match (start, step.get_untracked()) {
        (Ok(start), Some(first)) => {
            let step = Signal::derive(move || step.get().unwrap_or(first));
            view! { <Steps start step refused=refused.clone() other=other.clone() /> }.into_any()
        }
        (Err(error), Some(_)) => view! { <NotShown error /> }.into_any(),
        (_, None) => view! { <NotFound /> }.into_any(),
    };
    view! {
        <Suspense fallback=|| view! { <Skeleton /> }>
            {move || {
                let shown = shown.clone();
                Suspend::new(async move { shown(start.await) })
            }}
        </Suspense>
    }
    .into_any()
}

/// There is no such draft, or it cannot be had.
#[component]
fn NotShown(error: ApiError) -> impl IntoView {
    let language = use_language();
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        let status = http::StatusCode::from_u16(error.status()).unwrap_or_default();
        response.set_status(status);
    }
    let body = match error {
        ApiError::NotFound => view! {
            <EmptyState title=text::gone_title(language) description=text::gone(language)>
                <a class="button button-normal" href="/packages/create">{text::to_drafts(language)}</a>
            </EmptyState>
        }
        .into_any(),
        ApiError::Forbidden => {
            view! { <Alert kind=StatusKind::Info>{text::denied(language)}</Alert> }.into_any()
        }
        error => view! { <Alert kind=StatusKind::Error>{error_text(language, &error)}</Alert> }.into_any(),
    };
    view! {
        <PageHeader title=text::title(language) />
        {body}
    }
    .into_any()
}

#[component]
fn Steps(
    start: Start,
    step: Signal<Step>,
    refused: Option<StepRefused>,
    other: Option<DraftRefused>,
) -> impl IntoView {
    let language = use_language();
    let work = Work::new(start, step, refused);
    work.follow();
    let uploads = Uploads::new(work);
    let failure = other.map(|DraftRefused(error)| {
        view! { <Alert kind=StatusKind::Error title=text::not_done(language)>{error_text(language, &error)}</Alert> }
    });
    let title = Memo::new(move |_| work.draft.with(|draft| title(language, &draft.contents)));
    let header = move || view! { <PageHeader title=title.get() /> };
    let body = move |step| match step {
        Step::Details => view! { <Details work /> }.into_any(),
        Step::Location => view! { <Location work /> }.into_any(),
        Step::Software => view! { <Software work uploads /> }.into_any(),
        Step::Scripts => view! { <Scripts work /> }.into_any(),
        Step::Manifest => view! { <ManifestStep work /> }.into_any(),
        Step::Check => view! { <CheckStep work /> }.into_any(),
        Step::Review => view! { <Review work /> }.into_any(),
    };
    view! {
        {header}
        {failure}
        <Publishing work />
        <div class="wizard">
            <StepList work />
            <div class="wizard-step">
                <h2 class="wizard-title">{move || step_text(language, step.get())}</h2>
                // By key: another step's form is another, not this one with other labels and what was typed here.
                <For each=move || [step.get()] key=|step| *step children=body />
            </div>
        </div>
    }
    .into_any()
}

/// What is made, as far as it has a name: several drafts may be open in as many tabs.
fn title(language: Language, contents: &Contents) -> String {
    let (name, version) = (&contents.name, &contents.version_name);
    match (&contents.base, name.as_str(), version.as_str()) {
        (Some(base), _, "") => text::title_version(language, &base.name),
        (Some(base), _, version) => text::title_version_named(language, version, &base.name),
        (None, "", _) => text::title(language).to_owned(),
        (None, name, "") => text::title_named(language, name),
        (None, name, version) => text::title_named(language, format!("{name} {version}")),
    }
}

/// Says that the draft is being published: it cannot be changed meanwhile.
#[component]
fn Publishing(work: Work) -> impl IntoView {
    let language = use_language();
    move || {
        work.draft.with(|draft| draft.publication.clone()).map(|id| {
            let href = format!("/packages/publications/{id}");
            view! {
                <Alert kind=StatusKind::Info title=text::publishing(language)>
                    <p>{text::publishing_hint(language)}</p>
                    <a class="button button-normal" href=href>{text::to_publication(language)}</a>
                </Alert>
            }
        })
    }
}

/// How much more the draft's owner may send.
pub(super) fn room_text(language: Language, room: Room) -> String {
    use crate::pages::packages::size::size_text;
    text::room_left(language, size_text(room.left()))
}

#[cfg(test)]
mod tests {
    use domain::packages::drafts::{Base, NewDraft};

    use super::*;

    #[test]
    fn the_title_says_what_is_made() {
        let mut contents = Contents::new(&NewDraft::new(DraftKind::Simple));
        assert_eq!(title(Language::En, &contents), "Create package");
        contents.name = "Tool".to_owned();
        assert_eq!(title(Language::En, &contents), "Create package: Tool");
        contents.version_name = "1.2".to_owned();
        assert_eq!(title(Language::En, &contents), "Create package: Tool 1.2");
        contents.base = Some(Base { name: "Tool".to_owned(), document_version: "1".to_owned() });
        assert_eq!(title(Language::En, &contents), "Add version 1.2 of Tool");
    }

    #[test]
    fn a_path_names_its_step() {
        for (path, step) in [
            ("/packages/drafts/1/details", Some(Step::Details)),
            ("/packages/drafts/1/review/", Some(Step::Review)),
            ("/packages/drafts/1/publish", Some(Step::Review)),
            ("/packages/drafts/1/files/2/remove", Some(Step::Software)),
            ("/packages/drafts/1/nothing", None),
            ("/packages/drafts/1", None),
            ("/packages", None),
        ] {
            assert_eq!(step_at(path), step, "{path}");
        }
    }
}
