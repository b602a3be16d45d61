//! Lets through who has signed in, and leads everyone else to the sign-in page.

use app::page::Person;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::errors::ApiError;
use tower_sessions::Session;

use super::next::{local_path, next_query};
use super::session::signed_in;
use crate::web::Console;
use crate::web::errors::{api_error, unavailable};
use crate::web::page_context::page_context;

/// Puts the [`app::page::PageContext`] into the request, and the [`Person`] if somebody has signed in; stops the
/// request where somebody must have.
pub async fn guard(
    State(console): State<Console>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    let person = match signed_in(&session, &console.people).await {
        Ok(user) => user.map(|user| Person { username: user.username, role: user.role }),
        Err(error) => return unavailable(&error),
    };
    if person.is_none()
        && let Some(refusal) = refusal(&request)
    {
        return refusal;
    }
    if person.is_some() && *request.method() == Method::GET && request.uri().path() == "/login" {
        return Redirect::to(&next_of(&request)).into_response();
    }
    let page = page_context(&console, request.headers(), person.clone());
    request.extensions_mut().insert(page);
    if let Some(person) = person {
        request.extensions_mut().insert(person);
    }
    next.run(request).await
}

/// Where the sign-in page at this address leads.
fn next_of(request: &Request) -> String {
    let query = request.uri().query().unwrap_or_default();
    let next = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "next");
    local_path(&next.map(|(_, next)| next).unwrap_or_default())
}

/// The answer to a request that only somebody signed in may make; none if anybody may.
fn refusal(request: &Request) -> Option<Response> {
    let path = request.uri().path();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    match path {
        "/login" | "/logout" | "/preferences" => None,
        // The form of a session that has ended comes back with what was typed: its page answers for itself.
        "/activations/new"
        | "/nodes/deregister"
        | "/nodes/role"
        | "/nodes/tags"
        | "/costs/hybrid-activations"
        | "/costs/distributor"
        | "/settings/publishers/edit"
        | "/tokens"
            if !reads =>
        {
            None
        }
        _ if !reads && path.starts_with("/packages/") => None,
        "/events" => Some(api_error(&ApiError::Unauthenticated)),
        _ if path.starts_with("/api/") => Some(api_error(&ApiError::Unauthenticated)),
        "/" => Some(Redirect::to("/login").into_response()),
        _ => {
            let target = match path {
                // A button of the list, without a page of its own.
                "/nodes/refresh" => "/nodes",
                // What was to be changed is not; the page of the same address asks again.
                _ => request.uri().path_and_query().map_or(path, |target| target.as_str()),
            };
            Some(Redirect::to(&format!("/login?{}", next_query(target))).into_response())
        }
    }
}
