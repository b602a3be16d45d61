//! Request ids and the log: method, path, status and time; never bodies, query strings, cookies.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderName, Request, Response};
use axum::middleware::{Next, from_fn};
use tower_http::request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::trace::TraceLayer;
use tracing::Span;

use crate::random::SystemRandom;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives every request an id, logs it and its answer under that id, and returns the id in `x-request-id`.
pub fn layers(router: Router) -> Router {
    let trace = TraceLayer::new_for_http().make_span_with(span).on_request(()).on_response(answered);
    router
        .layer(PropagateRequestIdLayer::new(X_REQUEST_ID))
        .layer(trace)
        .layer(SetRequestIdLayer::new(X_REQUEST_ID, RandomId))
        .layer(from_fn(forget_given_id))
}

/// An id from outside would let anybody write into the log, or have two requests look like one.
async fn forget_given_id(mut request: axum::extract::Request, next: Next) -> axum::response::Response {
    request.headers_mut().remove(&X_REQUEST_ID);
    next.run(request).await
}

#[derive(Clone, Copy)]
struct RandomId;

impl MakeRequestId for RandomId {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        SystemRandom.uuid().to_string().parse().ok().map(RequestId::new)
    }
}

fn span(request: &Request<Body>) -> Span {
    let id = request.headers().get(&X_REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", id, method = %request.method(), path = request.uri().path())
}

fn answered(response: &Response<Body>, latency: Duration, _: &Span) {
    let (status, ms) = (response.status().as_u16(), latency.as_millis());
    if status >= 500 {
        tracing::error!(status, ms, "answered");
    } else {
        tracing::info!(status, ms, "answered");
    }
}
