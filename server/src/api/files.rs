//! Files of a publication, as they come.

use app::packages::drafts::open;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use domain::errors::ApiError;

use super::bearer::ByToken;
use super::error::{ErrorBody, Failure};
use super::publications::shown;
use super::view::PublicationBody;
use crate::publish::UploadFailure;
use crate::web::Console;
use crate::web::uploads::{UPLOAD_LENGTH, UPLOAD_OFFSET, offset_of};

/// Send a file, or the rest of it.
///
/// The body is the file's bytes from `Upload-Offset` on. Who was cut off asks where the file stops (`HEAD`) and goes on
/// there. When all of it has arrived, it is looked at; one that cannot be published is then `refused`, with the reason.
#[utoipa::path(
    put,
    path = "/api/v1/publications/{id}/files/{file}",
    tag = "publications",
    security(("token" = [])),
    params(
        ("id" = String, Path, description = "The publication's id."),
        ("file" = String, Path, description = "The file's id."),
        ("Upload-Offset" = Option<u64>, Header, description = "Where in the file the body begins; 0 without it."),
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "Taken. The file is ready, refused, or more is to come.", body = PublicationBody),
        (status = 400, description = "Upload-Offset is no number.", body = ErrorBody),
        (status = 401, description = "No token that works.", body = ErrorBody),
        (status = 404, description = "There is none, or it is somebody else's.", body = ErrorBody),
        (status = 408, description = "The connection broke; what has come is kept.", body = ErrorBody),
        (status = 409, description = "The file stops elsewhere, where `Upload-Offset` says, or has arrived.", body = ErrorBody),
    )
)]
pub async fn receive(
    State(console): State<Console>,
    ByToken(caller): ByToken,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let Some(offset) = offset_of(&headers) else {
        return Err(Failure::new(StatusCode::BAD_REQUEST, "invalid", "Upload-Offset is no number."));
    };
    open(&caller, &id).await?;
    // On a task of its own: a client that goes away must not end what is being written in the middle.
    let (drafts, draft) = (console.drafts.clone(), id.clone());
    let received =
        tokio::spawn(async move { drafts.receive(&draft, &file, offset, body.into_data_stream()).await });
    match received.await.unwrap_or(Err(UploadFailure::Api(ApiError::Internal))) {
        Ok(_) => Ok(axum::Json(shown(&caller, &id).await?).into_response()),
        Err(UploadFailure::Settled(file)) if offset == file.size => {
            Ok(axum::Json(shown(&caller, &id).await?).into_response())
        }
        Err(UploadFailure::Settled(_)) => {
            Err(ApiError::Conflict { reason: "the file has arrived".to_owned() }.into())
        }
        Err(UploadFailure::Offset { received }) => {
            let reason = format!("the file stops at {received}");
            let mut response = Failure::from(ApiError::Conflict { reason }).into_response();
            response.headers_mut().insert(UPLOAD_OFFSET, HeaderValue::from(received));
            Ok(response)
        }
        Err(UploadFailure::Broken) => {
            let message = "The connection broke; what has come is kept.";
            Err(Failure::new(StatusCode::REQUEST_TIMEOUT, "broken", message))
        }
        Err(UploadFailure::Api(error)) => Err(error.into()),
    }
}

/// Ask where a file stops.
#[utoipa::path(
    head,
    path = "/api/v1/publications/{id}/files/{file}",
    tag = "publications",
    security(("token" = [])),
    params(
        ("id" = String, Path, description = "The publication's id."),
        ("file" = String, Path, description = "The file's id."),
    ),
    responses(
        (status = 204, description = "`Upload-Offset` bytes of `Upload-Length` are there.", headers(
            ("Upload-Offset" = u64, description = "Bytes that are there."),
            ("Upload-Length" = u64, description = "Bytes of the whole file."),
        )),
        (status = 401, description = "No token that works."),
        (status = 404, description = "There is none, or it is somebody else's."),
    )
)]
pub async fn offset(
    State(console): State<Console>,
    ByToken(caller): ByToken,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Failure> {
    open(&caller, &id).await?;
    let (received, size) = console.drafts.offset(&id, &file).await?;
    let headers = [(UPLOAD_OFFSET, received), (UPLOAD_LENGTH, size)]
        .map(|(name, value)| (name, HeaderValue::from(value)));
    Ok((StatusCode::NO_CONTENT, headers).into_response())
}
