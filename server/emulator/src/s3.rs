//! S3, path-style: `s3s` reads and writes the protocol, the store and the blobs keep what it is about.

mod backend;
mod buckets;
mod chunked;
mod conditions;
mod copy;
mod delete;
mod errors;
mod get;
mod headers;
mod list_objects;
mod list_uploads;
mod multipart;
mod payload;
mod put;
mod signature;

use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{CONNECTION, EXPECT};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use s3s::S3Error;
use s3s::service::{S3Service, S3ServiceBuilder};

use crate::state::State;

/// The service over `state`.
pub(crate) fn service(state: State) -> S3Service {
    S3ServiceBuilder::new(backend::Backend::new(state)).build()
}

/// Whether a request is for S3: it has a path, or is signed for it and names no operation of another service.
pub(crate) fn is_addressed(parts: &Parts) -> bool {
    parts.uri.path() != "/" || (!parts.headers.contains_key("x-amz-target") && signature::is_for_s3(parts))
}

/// Answers one request.
pub(crate) async fn serve(
    service: &S3Service,
    state: &State,
    request: Request,
    request_id: &str,
) -> Response {
    let waits_for_leave = request.headers().contains_key(EXPECT);
    let mut response = match prepare(state, request) {
        Ok(request) => match service.call(request).await {
            Ok(response) => response.map(Body::new),
            Err(error) => {
                tracing::error!(?error, "S3 failed");
                refuse(S3Error::new(s3s::S3ErrorCode::InternalError))
            }
        },
        Err(error) => refuse(error),
    };
    // Clients that were refused before they sent the body may go on with another request, which would be read as the body.
    if waits_for_leave && !response.status().is_success() {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    if let Ok(value) = request_id.parse() {
        response.headers_mut().insert("x-amz-request-id", value);
    }
    response
}

/// The request without its signature, which is not verified, and with its payload as it was before transfer.
fn prepare(state: &State, request: Request) -> Result<s3s::HttpRequest, S3Error> {
    let (mut parts, body) = request.into_parts();
    signature::check(&parts, state.time())?;
    signature::strip(&mut parts)?;
    let body = payload::unwrap(&mut parts, body)?;
    Ok(Request::from_parts(parts, s3s::Body::http_body_unsync(body)))
}

fn refuse(error: S3Error) -> Response {
    match error.to_http_response() {
        Ok(response) => response.map(Body::new),
        Err(_) => axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[cfg(test)]
mod tests;
