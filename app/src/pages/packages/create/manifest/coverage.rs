//! Which nodes the manifest covers as it stands, before anything is published.

use std::time::Duration;

use domain::errors::ApiError;
use domain::packages::coverage_page::CoverageQuery;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::components::alert::Alert;
use crate::components::container::Container;
#[cfg(feature = "hydrate")]
use crate::components::form::once_released;
use crate::components::loaded::Skeleton;
use crate::components::number::number;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::error_text::error_text;
use crate::page::use_language;
use crate::pages::packages::CoverageView;
use crate::pages::packages::create::steps::Work;
use crate::text::publish_manifest as text;

/// How long typing must pause before the nodes are asked about.
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only in a browser somebody types"))]
const PAUSE: Duration = Duration::from_millis(600);

/// The nodes with the file that each would get.
#[component]
pub fn Coverage(work: Work, value: RwSignal<String>) -> impl IntoView {
    let language = use_language();
    let search = use_location().search;
    let query = Memo::new(move |_| search.with(|search| CoverageQuery::parse(search)));
    follow(work, value, query);
    let path = format!("/packages/drafts/{}/manifest", work.id());
    let state = Memo::new(move |_| {
        work.coverage.with(|coverage| coverage.as_ref().map(|coverage| coverage.as_ref().err().cloned()))
    });
    let first = Memo::new(move |_| work.coverage.with(|coverage| coverage.clone().and_then(Result::ok)));
    let body = move || match state.get() {
        None => view! { <Skeleton /> }.into_any(),
        Some(Some(ApiError::Conflict { .. })) => {
            view! { <Alert kind=StatusKind::Info>{text::coverage_unreadable(language)}</Alert> }.into_any()
        }
        Some(Some(error)) => {
            view! { <Alert kind=StatusKind::Error>{error_text(language, &error)}</Alert> }.into_any()
        }
        Some(None) => {
            let path = path.clone();
            let page = Signal::derive(move || first.get().unwrap_or_default());
            view! { <CoverageView path query page /> }.into_any()
        }
    };
    view! {
        <Container title=text::coverage(language) description=text::coverage_description(language)>{body}</Container>
    }
    .into_any()
}

/// How many nodes would get no file: said beside the way on, which stands above the nodes.
#[component]
pub fn Uncovered(work: Work) -> impl IntoView {
    let language = use_language();
    let counts = Memo::new(move |_| {
        work.coverage.with(|coverage| match coverage {
            Some(Ok(page)) => (page.counts.not_covered, page.total),
            _ => (0, 0),
        })
    });
    move || match counts.get() {
        (0, _) => None,
        (without, all) => {
            let said = text::not_covered(language, number(without), number(all));
            Some(view! { <p><StatusIndicator kind=StatusKind::Warning text=said /></p> })
        }
    }
}

/// Asks again when the manifest or what is to be seen of the nodes has changed.
fn follow(work: Work, value: RwSignal<String>, query: Memo<CoverageQuery>) {
    #[cfg(feature = "hydrate")]
    Effect::new(move |before: Option<(String, String)>| {
        let now = (value.get(), query.with(CoverageQuery::to_query));
        if let Some(before) = before
            && before != now
            && !now.0.is_empty()
        {
            let wait = if before.0 == now.0 { Duration::ZERO } else { PAUSE };
            let (manifest, query) = now.clone();
            let ask = move || {
                leptos::task::spawn_local(async move {
                    let coverage =
                        crate::packages::draft_coverage::draft_coverage(manifest.clone(), query).await;
                    once_released(move || {
                        if value.try_with_untracked(|now| *now == manifest) == Some(true) {
                            work.coverage.set(Some(coverage.clone()));
                        }
                    });
                });
            };
            if let Ok(handle) = set_timeout_with_handle(ask, wait) {
                on_cleanup(move || handle.clear());
            }
        }
        now
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (work, value, query);
}
