//! An answer in time, if only to say that there is none.

use std::time::Duration;

use app::error_text::error_text;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::{Json, Router};
use domain::errors::ApiError;
use domain::language::Language;
use tower_http::timeout::TimeoutLayer;

use crate::api::error::Failure;

/// Gives requests so much time, and an answer that says so to those that take longer.
pub fn in_time<S: Clone + Send + Sync + 'static>(router: Router<S>, limit: Duration) -> Router<S> {
    router.layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, limit)).layer(from_fn(in_words))
}

/// The layer tells a status and nothing more, which browsers show as a blank page, and scripts take for a fault.
async fn in_words(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let (is_api, is_call) = (path.starts_with("/api/v1/"), path.starts_with("/api/"));
    let response = next.run(request).await;
    let status = StatusCode::GATEWAY_TIMEOUT;
    if response.status() != status {
        return response;
    }
    let error = ApiError::Unreachable { message: "no answer in time".to_owned() };
    if is_api {
        return Failure::new(status, "unreachable", error_text(Language::En, &error)).into_response();
    }
    if is_call {
        return (status, Json(error)).into_response();
    }
    let text = "There was no answer in time. If something was to be changed, look whether it was before you try again.\n\
                時間内に応答がありませんでした。変更の操作だった場合は、もう一度試す前に、反映されているかどうかを確認してください。\n";
    (status, text).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use tower::ServiceExt as _;

    use super::*;
    use crate::api::error::ErrorBody;

    async fn silence() {
        std::future::pending::<()>().await;
    }

    /// What is said at this address when nothing comes.
    async fn said(path: &str) -> String {
        let router: Router = in_time(Router::new().fallback(silence), Duration::from_millis(1));
        let request = http::Request::get(path).body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), 504);
        String::from_utf8(to_bytes(response.into_body(), 1000).await.unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn who_waits_in_vain_is_told_in_words_or_as_an_error() {
        let page = said("/nodes").await;
        assert!(page.contains("no answer in time") && page.contains("応答がありませんでした"), "{page}");
        let error: ApiError = serde_json::from_str(&said("/api/nodes/list").await).unwrap();
        assert!(matches!(error, ApiError::Unreachable { .. }), "{error}");
        let error: ErrorBody = serde_json::from_str(&said("/api/v1/publications").await).unwrap();
        assert_eq!(error.code, "unreachable");
    }

    #[tokio::test]
    async fn an_answer_in_time_stays_as_it_is() {
        let router: Router = in_time(Router::new().fallback(async || "an answer"), Duration::from_secs(60));
        let request = http::Request::get("/nodes").body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(to_bytes(response.into_body(), 1000).await.unwrap(), "an answer");
    }
}
