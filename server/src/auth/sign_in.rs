//! `POST /login`.

use app::page::SignInFailure;
use axum::RequestExt as _;
use axum::body::Body;
use axum::extract::{Form, State};
use axum::http::header::RETRY_AFTER;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use leptos::context::provide_context;
use secrecy::SecretString;
use serde::Deserialize;
use time::Duration;
use tower_sessions::Session;

use super::client_address::client_address;
use super::next::{local_path, next_query};
use super::session;
use crate::store::StoreError;
use crate::store::sign_in_attempts::Counted;
use crate::web::Console;
use crate::web::errors::{bad_request, unavailable};
use crate::web::render::render_with;

/// What the sign-in form sends.
#[derive(Deserialize)]
struct SignInForm {
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    next: String,
}

/// Begins a session and leads on, or shows the sign-in page again: with 401 and no word on what was wrong, or with
/// 429 and how long to wait.
pub async fn sign_in(State(console): State<Console>, session: Session, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let address = client_address(&parts.extensions, &parts.headers, console.settings.trust_proxy);
    let form = match Request::from_parts(parts.clone(), body).extract::<Form<SignInForm>, _>().await {
        Ok(Form(form)) => form,
        Err(rejection) => return bad_request(&rejection),
    };
    // Counted as it is looked up, so that writing a name in capitals gains no attempts.
    let name = form.username.trim().to_lowercase();
    let next = local_path(&form.next);
    let failure = |wait: Option<Duration>| SignInFailure {
        username: form.username.clone(),
        wait_seconds: wait.map(|wait| wait.whole_seconds().unsigned_abs()),
        next: Some(next.clone()),
    };
    match begin_attempt(&console, &name, &address).await {
        Ok(None) => {}
        Ok(wait) => {
            tracing::warn!(address, "sign-in slowed down");
            return show_again(&console, parts, failure(wait)).await;
        }
        Err(error) => return unavailable(&error),
    }
    let user = match console.people.check(&form.username, form.password).await {
        Ok(Some(user)) => user,
        Ok(None) => {
            // Not the name: people type their password there.
            tracing::info!(address, "sign-in refused");
            return show_again(&console, parts, failure(None)).await;
        }
        Err(error) => return unavailable(&error),
    };
    if let Err(error) = end_attempt(&console, &name, &address).await {
        return unavailable(&error);
    }
    if let Err(error) = session::begin(&session, &user).await {
        return unavailable(&error);
    }
    tracing::info!(address, username = user.username, "signed in");
    Redirect::to(&next).into_response()
}

/// Counts the attempt; tells how long to wait first, if so.
async fn begin_attempt(console: &Console, name: &str, address: &str) -> Result<Option<Duration>, StoreError> {
    let now = console.ports.clock.now();
    match console.attempts.begin(Counted::Address(address), now).await? {
        None => console.attempts.begin(Counted::Username(name), now).await,
        wait => Ok(wait),
    }
}

/// The right password clears the name. Of the address's attempts only this one is taken back: knowing one password
/// must not help to guess others.
async fn end_attempt(console: &Console, name: &str, address: &str) -> Result<(), StoreError> {
    console.attempts.forget(Counted::Username(name)).await?;
    console.attempts.take_back(Counted::Address(address)).await
}

/// The sign-in page with the name still filled in.
async fn show_again(console: &Console, mut parts: Parts, failure: SignInFailure) -> Response {
    let next = failure.next.as_deref().unwrap_or_default();
    if let Ok(uri) = format!("/login?{}", next_query(next)).parse() {
        parts.uri = uri;
    }
    let wait = failure.wait_seconds;
    let status = if wait.is_some() { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::UNAUTHORIZED };
    let request = Request::from_parts(parts, Body::empty());
    let mut response = render_with(console, request, status, move || provide_context(failure.clone())).await;
    if let Some(seconds) = wait {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
