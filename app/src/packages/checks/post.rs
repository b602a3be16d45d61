//! The forms of a draft whose zips lie in S3, posted: its manifest filled in, and its check begun and ended.

use axum::body::Body;
use axum::http::{Request, Response};
use domain::errors::{ApiError, Rule};
use domain::packages::drafts::{Draft, DraftChange, DraftKind, Step};
use domain::packages::inspection::{FoundManifest, present};
use domain::packages::manifest::read;
use domain::permission::Permission;
use leptos::config::LeptosOptions;

use super::on_server::{inspection, place, start};
use crate::packages::drafts::{may_use_place, open, refuse};
use crate::server::Caller;
use crate::server::forms::{Fields, PostedForm, caller, see_other, value};

/// Answers `POST /packages/drafts/{id}/manifest/{way}`: fills the manifest in and leads to where it is seen.
///
/// `extract` takes the one that lies beside the zips, `start` makes one of them, `checksums` puts those in that were
/// calculated.
pub async fn post_manifest(
    posted: PostedForm,
    (id, way): (String, String),
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let PostedForm { request, fields } = posted;
    let revision = value(&fields, "revision").and_then(|revision| revision.parse().ok()).unwrap_or_default();
    let filled = match caller(&contexts, Permission::PublishPackage) {
        Ok(caller) => fill(&caller, &id, &way, revision).await,
        Err(error) => Err(error),
    };
    match filled {
        Ok(()) => {
            let step = if way == "checksums" { Step::Check } else { Step::Manifest };
            see_other(&format!("/packages/drafts/{id}/{}", step.name()))
        }
        Err(error) => refuse(request, fields, error, options, contexts).await,
    }
}

async fn fill(caller: &Caller, id: &str, way: &str, revision: i64) -> Result<(), ApiError> {
    let draft = open(caller, id).await?;
    if draft.contents.kind != DraftKind::Advanced {
        return Err(ApiError::NotFound);
    }
    let place = place(caller, &draft).await?.ok_or_else(|| ApiError::field("bucket", Rule::Required))?;
    let text = match way {
        "extract" => match place.manifest {
            Some(FoundManifest::Text { text }) => text,
            _ => return Err(ApiError::NotFound),
        },
        "start" => start(&draft, &place),
        "checksums" => {
            let found = inspection(caller, &draft).await?;
            let text = draft.contents.manifest.clone().unwrap_or_default();
            read(&text).with_checksums(&present(found.as_ref(), Some(&place)))
        }
        _ => return Err(ApiError::NotFound),
    };
    let change = DraftChange::Manifest { text: Some(text) };
    caller.ports.drafts.change(id, revision, vec![change]).await.map(drop)
}

/// Answers `POST /packages/drafts/{id}/check/{action}`: `begin`s or `cancel`s the check and leads to it.
pub async fn post_check(
    request: Request<Body>,
    (id, action): (String, String),
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let done = match caller(&contexts, Permission::PublishPackage) {
        Ok(caller) => act(&caller, &id, &action).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => see_other(&format!("/packages/drafts/{id}/{}", Step::Check.name())),
        Err(error) => refuse(request, Fields::new(), error, options, contexts).await,
    }
}

async fn act(caller: &Caller, id: &str, action: &str) -> Result<(), ApiError> {
    let draft: Draft = open(caller, id).await?;
    match action {
        "begin" => {
            may_use_place(caller, &draft).await?;
            caller.ports.checks.begin(&draft.id).await
        }
        "cancel" => caller.ports.checks.cancel(&draft.id).await,
        _ => Err(ApiError::NotFound),
    }
}
