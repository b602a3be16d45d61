//! One address for all services: which protocol a request speaks, and `/health`.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State as Extract;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};

use super::call::Call;
use super::{json11, query};
use crate::random;
use crate::state::State;

/// The emulated services over `state`.
pub fn router(state: State) -> Router {
    Router::new().route("/health", get(|| async { "ok" })).route("/", any(serve)).with_state(state)
}

/// Systems Manager is told by `X-Amz-Target`, IAM and STS by a form as the body.
async fn serve(
    Extract(state): Extract<State>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let request_id = random::uuid(state.random());
    let operation = headers.get("x-amz-target").and_then(|target| target.to_str().ok()).map(str::to_owned);
    let call = Call { state, method, uri, headers, body, authorization: None };
    let mut response = if call.method != Method::POST {
        (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "application/xml")], "<UnknownOperationException/>\n")
            .into_response()
    } else if is_form(&call) {
        query::serve(call, &request_id).await
    } else {
        json11::serve(call).await
    };
    tracing::debug!(request_id, operation, status = response.status().as_u16(), "answered");
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert("x-amzn-requestid", value);
    }
    response
}

fn is_form(call: &Call) -> bool {
    call.header("content-type").is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

#[cfg(test)]
mod tests;
