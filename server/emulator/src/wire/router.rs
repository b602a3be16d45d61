//! One address for all services: which protocol a request speaks, and `/health`.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State as Extract};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use s3s::service::S3Service;

use super::call::Call;
use super::{json11, query};
use crate::state::State;
use crate::{packages, random, s3};

/// The largest request of JSON 1.1 and query, several times the largest document.
const LARGEST: usize = 2 * 1024 * 1024;

#[derive(Clone)]
struct Services {
    state: State,
    s3: S3Service,
}

/// The emulated services over `state`.
pub fn router(state: State) -> Router {
    let services = Services { s3: s3::service(state.clone()), state };
    Router::new().route("/health", get(|| async { "ok" })).fallback(serve).with_state(services)
}

/// Links to attachments are told by their path, S3 by its other paths and its signatures, IAM, STS and EC2 by a form as
/// the body; what else is posted is for Systems Manager, whose `X-Amz-Target` names the operation.
async fn serve(Extract(services): Extract<Services>, request: Request) -> Response {
    let Services { state, s3 } = services;
    let request_id = random::uuid(state.random());
    let operation =
        request.headers().get("x-amz-target").and_then(|target| target.to_str().ok()).map(str::to_owned);
    let (parts, body) = request.into_parts();
    let mut response = if packages::is_link(&parts) {
        packages::serve_link(&state, &parts).await
    } else if s3::is_addressed(&parts) {
        s3::serve(&s3, &state, Request::from_parts(parts, body), &request_id).await
    } else if parts.method != Method::POST {
        (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "application/xml")], "<UnknownOperationException/>\n")
            .into_response()
    } else {
        call_service(state, parts, body, &request_id).await
    };
    tracing::debug!(request_id, operation, status = response.status().as_u16(), "answered");
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert("x-amzn-requestid", value);
    }
    response
}

async fn call_service(state: State, parts: Parts, body: Body, request_id: &str) -> Response {
    let Parts { method, uri, headers, .. } = parts;
    let is_form = is_form(&headers);
    match to_bytes(body, LARGEST).await {
        Ok(body) => {
            let call = Call { state, method, uri, headers, body, authorization: None };
            if is_form { query::serve(call, request_id).await } else { json11::serve(call).await }
        }
        Err(_) if is_form => query::refuse_too_large(&headers, request_id),
        Err(_) => json11::refuse_too_large(),
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

#[cfg(test)]
mod tests;
