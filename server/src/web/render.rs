//! Renders the app with what it expects in context.

use app::page::PageContext;
use app::ports::Ports;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request, StatusCode};
use axum::response::Response;
use domain::errors::ApiError;
use leptos::context::{provide_context, use_context};
use leptos::nonce::use_nonce;
use leptos_axum::{ResponseOptions, render_app_async_with_context};

use super::Console;
use super::errors::api_error;
use super::headers::content_security_policy;

/// Provides the facts of the request that the app runs for, the ports, and the page's policy with its nonce.
pub fn context(console: &Console) -> impl Fn() + Clone + Send + Sync + 'static + use<> {
    let ports = console.ports.clone();
    move || {
        let page = use_context::<Parts>().and_then(|parts| parts.extensions.get::<PageContext>().cloned());
        provide(&ports, page.unwrap_or_default());
    }
}

/// The same for one request, whose facts are given.
pub fn context_of(console: &Console, page: PageContext) -> impl Fn() + Clone + Send + Sync + 'static + use<> {
    let ports = console.ports.clone();
    move || provide(&ports, page.clone())
}

fn provide(ports: &Ports, page: PageContext) {
    provide_context(page);
    provide_context(ports.clone());
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    if let Ok(policy) = HeaderValue::from_str(&content_security_policy(&nonce)) {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}

/// Renders the page at the request's address, with more in context, under this status.
pub async fn render_with(
    console: &Console,
    request: Request<Body>,
    status: StatusCode,
    more: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    let (context, options) = (context(console), console.leptos.clone());
    let with_more = move || {
        context();
        more();
    };
    let mut response =
        render_app_async_with_context(with_more, move || app::shell(options.clone()))(request).await;
    *response.status_mut() = status;
    response
}

/// The answer at an address where nothing is: a page, or for programs an error.
pub async fn not_found(State(console): State<Console>, request: Request<Body>) -> Response {
    if request.uri().path().starts_with("/api/") {
        return api_error(&ApiError::NotFound);
    }
    render_with(&console, request, StatusCode::NOT_FOUND, || {}).await
}
