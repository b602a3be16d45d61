//! What forms that are posted without script need: who calls, and a page or another address as the answer.

use axum::body::Body;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequest};
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderValue, Request, Response, StatusCode};
use domain::errors::ApiError;
use domain::permission::Permission;
use leptos::config::LeptosOptions;
use leptos::prelude::{Owner, provide_context};

use super::Caller;
use crate::shell;

/// Who calls, by the contexts of the request, if permitted.
///
/// # Errors
/// As [`Caller::require`].
pub fn caller(contexts: &impl Fn(), permission: Permission) -> Result<Caller, ApiError> {
    Owner::new().with(|| {
        contexts();
        Caller::require(permission)
    })
}

/// A form's fields, in their order.
pub type Fields = Vec<(String, String)>;

/// A form that was posted: its fields, and the request without them, to render a page for.
pub struct PostedForm {
    /// With its address and extensions, and an empty body.
    pub request: Request<Body>,
    /// In the order in which they were sent.
    pub fields: Fields,
}

impl<S: Send + Sync> FromRequest<S> for PostedForm {
    type Rejection = FormRejection;

    async fn from_request(request: Request<Body>, state: &S) -> Result<Self, FormRejection> {
        let (parts, body) = request.into_parts();
        let Form(fields) = Form::from_request(Request::from_parts(parts.clone(), body), state).await?;
        Ok(Self { request: Request::from_parts(parts, Body::empty()), fields })
    }
}

/// The first field of that name.
#[must_use]
pub fn value<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
}

/// The page at the request's address, under this status; nobody keeps it.
pub async fn render(
    request: Request<Body>,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
    status: u16,
) -> Response<Body> {
    let page = leptos_axum::render_app_async_with_context(contexts, move || shell(options.clone()));
    let mut response = page(request).await;
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The same, of a page that says what came of its form: it finds that among its contexts.
pub async fn render_outcome<T: Clone + Send + Sync + 'static>(
    request: Request<Body>,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
    status: u16,
    outcome: T,
) -> Response<Body> {
    let contexts = move || {
        contexts();
        provide_context(outcome.clone());
    };
    render(request, options, contexts, status).await
}

/// On to another address.
pub fn see_other(location: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(location) = HeaderValue::from_str(location) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

#[cfg(test)]
mod tests;
