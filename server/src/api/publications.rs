//! Publications: looked at, published, ended.

use app::packages::drafts::{open, preview};
use app::packages::publications::begin;
use app::server::Caller;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::errors::ApiError;
use domain::packages::publications::{Publication, Stage};
use domain::registration::is_uuid;

use super::bearer::ByToken;
use super::error::{ErrorBody, Failure};
use super::view::{PublicationBody, of_draft, of_publication, problem_field};

/// See a publication.
#[utoipa::path(
    get,
    path = "/api/v1/publications/{id}",
    tag = "publications",
    security(("token" = [])),
    params(("id" = String, Path, description = "Its id.")),
    responses(
        (status = 200, description = "How far it has come.", body = PublicationBody),
        (status = 401, description = "No token that works.", body = ErrorBody),
        (status = 404, description = "There is none, or it is somebody else's.", body = ErrorBody),
    )
)]
pub async fn read(
    ByToken(caller): ByToken,
    Path(id): Path<String>,
) -> Result<Json<PublicationBody>, Failure> {
    Ok(Json(shown(&caller, &id).await?))
}

/// Publish what was sent.
///
/// Sent twice, it is published once. Ask for the publication from time to time until it is `published` or has `failed`.
#[utoipa::path(
    post,
    path = "/api/v1/publications/{id}/publish",
    tag = "publications",
    security(("token" = [])),
    params(("id" = String, Path, description = "Its id.")),
    responses(
        (status = 202, description = "It is being published, or was.", body = PublicationBody),
        (status = 401, description = "No token that works.", body = ErrorBody),
        (status = 403, description = "The package is another publisher's.", body = ErrorBody),
        (status = 404, description = "There is none, or it is somebody else's.", body = ErrorBody),
        (status = 409, description = "It changes at this moment.", body = ErrorBody),
        (status = 422, description = "Something stands in the way; `fields` say what.", body = ErrorBody),
    )
)]
pub async fn publish(
    ByToken(caller): ByToken,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<PublicationBody>), Failure> {
    if publication(&caller, &id).await?.is_none() {
        let preview = preview(&caller, &open(&caller, &id).await?).await?;
        if !preview.problems.is_empty() {
            let fields = preview.problems.iter().map(problem_field).collect();
            let message = "The publication cannot be published as it is.";
            let failure = Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "not_publishable", message);
            return Err(failure.with_fields(fields));
        }
        // A draft is published once by the API: the publication has its id.
        begin(&caller, id.clone(), id.clone(), preview.fingerprint).await?;
    }
    Ok((StatusCode::ACCEPTED, Json(shown(&caller, &id).await?)))
}

/// Give a publication up.
///
/// While files are being sent, it is gone at once. While it is being published, what was written is removed first: it fails as
/// `cancelled`. When it has failed, its draft and files are gone at once, while it can still be read that it has failed, and
/// why. What is published stays.
#[utoipa::path(
    delete,
    path = "/api/v1/publications/{id}",
    tag = "publications",
    security(("token" = [])),
    params(("id" = String, Path, description = "Its id.")),
    responses(
        (status = 204, description = "It is gone, or what was left of it is; also when it was before."),
        (status = 202, description = "It is being cancelled.", body = PublicationBody),
        (status = 401, description = "No token that works.", body = ErrorBody),
        (status = 404, description = "There is none, or it is somebody else's.", body = ErrorBody),
        (status = 409, description = "It is published, or too far on to be cancelled.", body = ErrorBody),
    )
)]
pub async fn remove(ByToken(caller): ByToken, Path(id): Path<String>) -> Result<Response, Failure> {
    match publication(&caller, &id).await?.map(|publication| publication.stage) {
        Some(Stage::Published { .. }) => {
            let reason = "it is published; delete the version in the console".to_owned();
            Err(ApiError::Conflict { reason }.into())
        }
        Some(Stage::Failed { .. }) => match remove_draft(&caller, &id).await {
            // It may be gone already: by an earlier request, or in the console.
            Ok(()) | Err(ApiError::NotFound) => Ok(StatusCode::NO_CONTENT.into_response()),
            Err(error) => Err(error.into()),
        },
        None => {
            remove_draft(&caller, &id).await?;
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        Some(_) => {
            caller.ports.publications.cancel(&id).await?;
            Ok((StatusCode::ACCEPTED, Json(shown(&caller, &id).await?)).into_response())
        }
    }
}

async fn remove_draft(caller: &Caller, id: &str) -> Result<(), ApiError> {
    open(caller, id).await?;
    caller.ports.drafts.remove(id).await
}

/// A publication as it is now: begun, or still a draft.
///
/// # Errors
/// `NotFound`, also for somebody else's.
pub async fn shown(caller: &Caller, id: &str) -> Result<PublicationBody, ApiError> {
    if let Some(publication) = publication(caller, id).await? {
        return Ok(of_publication(&publication));
    }
    let draft = open(caller, id).await?;
    let preview = preview(caller, &draft).await?;
    Ok(of_draft(&draft, &preview))
}

/// The publication, where it was begun and is the caller's business.
async fn publication(caller: &Caller, id: &str) -> Result<Option<Publication>, ApiError> {
    if !is_uuid(id) {
        return Err(ApiError::NotFound);
    }
    match caller.ports.publications.get(id).await {
        Ok(publication) => {
            let in_scope = caller.token.as_ref().is_none_or(|token| token.allows(&publication.plan.name));
            let theirs = in_scope && caller.is_or_manages(&publication.username);
            if theirs { Ok(Some(publication)) } else { Err(ApiError::NotFound) }
        }
        Err(ApiError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
