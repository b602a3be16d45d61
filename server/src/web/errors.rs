//! Answers for what went wrong before a page or a server function could say it: in both languages where no page knows
//! the reader's.

use std::any::Any;
use std::fmt::Display;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{Response as HttpResponse, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use domain::errors::ApiError;

/// An error as server functions answer it: its status, and itself as JSON.
pub fn api_error(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(error)).into_response()
}

/// Largest error of a server function, in bytes.
const MAX_ERROR: usize = 64 * 1024;

/// Gives a server function's error its own status: the framework answers every error with 500.
pub async fn own_status(request: Request, next: Next) -> Response {
    let is_call = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    if !is_call || response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, MAX_ERROR).await else { return api_error(&ApiError::Internal) };
    let error = serde_json::from_slice(&body).unwrap_or(ApiError::Internal);
    parts.status = StatusCode::from_u16(error.status()).unwrap_or(parts.status);
    if error == ApiError::Internal {
        tracing::error!("a server function failed");
    }
    Response::from_parts(parts, body.into())
}

/// The database failed: logged here, and told without details.
pub fn unavailable(error: &impl Display) -> Response {
    tracing::error!(%error, "a request could not be answered");
    let text = "Sekisho's database does not answer. Try again in a moment.\n\
                Sekisho のデータベースが応答しません。しばらくしてからもう一度お試しください。\n";
    (StatusCode::SERVICE_UNAVAILABLE, text).into_response()
}

/// A body that is no form.
pub fn bad_request(reason: &impl Display) -> Response {
    tracing::debug!(%reason, "not a form");
    let text = "This is not the form that was expected.\n想定されたフォームではありません。\n";
    (StatusCode::BAD_REQUEST, text).into_response()
}

/// A fault of Sekisho's own. The panic hook has logged it, with the place.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> HttpResponse<Body> {
    let text = "Something went wrong in Sekisho. The server's log has the details under x-request-id.\n\
                Sekisho で問題が発生しました。詳細は x-request-id とともにサーバーのログにあります。\n";
    (StatusCode::INTERNAL_SERVER_ERROR, text).into_response()
}
