//! The forms of drafts, posted: on to the next page, or back with what is wrong and everything that was typed.

use axum::body::Body;
use axum::http::{Request, Response};
use domain::errors::ApiError;
use domain::packages::drafts::{Base, Draft, DraftKind, Step, changes_from_fields};
use domain::permission::Permission;
use leptos::config::LeptosOptions;

use super::take_apart::take_apart;
use super::{DraftRefused, StepRefused, change, create, open};
use crate::packages::SignedOut;
use crate::packages::publications::{begin, cancel};
use crate::server::Caller;
use crate::server::forms::{Fields, PostedForm, caller, render, render_outcome, see_other, value};

/// Answers `POST /packages/drafts`: begins a draft of `kind`, where `base` names a package of another version of it, and
/// leads to its first step.
pub async fn post_create(
    posted: PostedForm,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let PostedForm { request, fields } = posted;
    let created = match caller(&contexts, Permission::PublishPackage) {
        Ok(caller) => begin_draft(&caller, &fields).await,
        Err(error) => Err(error),
    };
    match created {
        Ok(draft) => see_other(&format!("/packages/drafts/{}/{}", draft.id, Step::FIRST.name())),
        Err(error) => refuse(request, fields, error, options, contexts).await,
    }
}

async fn begin_draft(caller: &Caller, fields: &Fields) -> Result<Draft, ApiError> {
    let base = value(fields, "base").filter(|name| !name.is_empty()).map(|name| Base {
        name: name.to_owned(),
        document_version: value(fields, "document_version").unwrap_or_default().to_owned(),
    });
    let kind = value(fields, "kind").and_then(DraftKind::from_name).unwrap_or(DraftKind::Simple);
    create(caller, kind, base).await
}

/// Answers `POST /packages/drafts/{id}/{step}`: saves the step and leads to the next, or where `then` says.
pub async fn post_step(
    posted: PostedForm,
    (id, step): (String, String),
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let PostedForm { request, fields } = posted;
    let Some(step) = Step::from_name(&step) else {
        return render(request, options, contexts, ApiError::NotFound.status()).await;
    };
    let saved = match caller(&contexts, Permission::PublishPackage) {
        Ok(caller) => save(&caller, &id, step, &fields).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(kind) => {
            // Who goes back to what is generated, or takes scripts out of a zip, wants to see them.
            let stays = ["generated", "unpack"].into_iter().any(|name| value(&fields, name).is_some());
            let next = if stays { step } else { step.next(kind) };
            let then = value(&fields, "then").and_then(Step::from_name).unwrap_or(next);
            see_other(&format!("/packages/drafts/{id}/{}", then.name()))
        }
        Err(error @ ApiError::Unauthenticated) => refuse(request, fields, error, options, contexts).await,
        Err(error) => {
            let status = error.status();
            render_outcome(request, options, contexts, status, StepRefused { step, fields, error }).await
        }
    }
}

async fn save(caller: &Caller, id: &str, step: Step, fields: &Fields) -> Result<DraftKind, ApiError> {
    let kind = open(caller, id).await?.contents.kind;
    let revision = value(fields, "revision").and_then(|revision| revision.parse().ok()).unwrap_or_default();
    change(caller, id, revision, changes_from_fields(step, fields)).await?;
    match value(fields, "unpack") {
        Some(file) => take_apart(caller, id, file).await.map(|_| kind),
        None => Ok(kind),
    }
}

/// Answers `POST /packages/drafts/{id}/publish`: begins the publication that `fingerprint` stands for and leads to its
/// page.
pub async fn post_publish(
    posted: PostedForm,
    id: String,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let PostedForm { request, fields } = posted;
    let submission = value(&fields, "submission").unwrap_or_default().to_owned();
    let fingerprint = value(&fields, "fingerprint").unwrap_or_default().to_owned();
    let begun = match caller(&contexts, Permission::PublishPackage) {
        Ok(caller) => begin(&caller, submission.clone(), id, fingerprint).await,
        Err(error) => Err(error),
    };
    match begun {
        Ok(()) => see_other(&format!("/packages/publications/{submission}")),
        Err(error) => refuse(request, fields, error, options, contexts).await,
    }
}

/// Answers `POST /packages/drafts/{id}/files/{file}/remove`: back to the software.
pub async fn post_remove_file(
    request: Request<Body>,
    (id, file): (String, String),
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let removed = match caller(&contexts, Permission::PublishPackage) {
        Ok(caller) => remove_file(&caller, &id, &file).await,
        Err(error) => Err(error),
    };
    match removed {
        Ok(()) => see_other(&format!("/packages/drafts/{id}/{}", Step::Software.name())),
        Err(error) => refuse(request, Fields::new(), error, options, contexts).await,
    }
}

async fn remove_file(caller: &Caller, id: &str, file: &str) -> Result<(), ApiError> {
    open(caller, id).await?;
    caller.ports.drafts.remove_file(id, file).await.map(drop)
}

/// Answers `POST /packages/drafts/{id}/remove`: to the list of drafts.
pub async fn post_remove(
    request: Request<Body>,
    id: String,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let removed = match caller(&contexts, Permission::PublishPackage) {
        Ok(caller) => remove(&caller, &id).await,
        Err(error) => Err(error),
    };
    match removed {
        Ok(()) => see_other("/packages/drafts?done=draft-removed"),
        Err(error) => refuse(request, Fields::new(), error, options, contexts).await,
    }
}

async fn remove(caller: &Caller, id: &str) -> Result<(), ApiError> {
    open(caller, id).await?;
    caller.ports.drafts.remove(id).await
}

/// Answers `POST /packages/publications/{id}/cancel`: back to the publication's page.
pub async fn post_cancel(
    request: Request<Body>,
    id: String,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let cancelled = match caller(&contexts, Permission::PublishPackage) {
        Ok(caller) => cancel(&caller, &id).await,
        Err(error) => Err(error),
    };
    match cancelled {
        Ok(()) => see_other(&format!("/packages/publications/{id}")),
        Err(error) => refuse(request, Fields::new(), error, options, contexts).await,
    }
}

/// Shows the page of the form that was posted with why it was not done; where nobody is signed in any more, with all
/// that was sent, to send it again.
pub(in crate::packages) async fn refuse(
    request: Request<Body>,
    fields: Fields,
    error: ApiError,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let status = error.status();
    if error == ApiError::Unauthenticated {
        return render_outcome(request, options, contexts, status, SignedOut(fields)).await;
    }
    render_outcome(request, options, contexts, status, DraftRefused(error)).await
}
