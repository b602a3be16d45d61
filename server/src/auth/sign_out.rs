//! `POST /logout`.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Redirect, Response};
use tower_sessions::Session;

use super::session::cookie_name;
use crate::web::Console;
use crate::web::errors::unavailable;

/// Ends the session and leads to the sign-in page.
pub async fn sign_out(State(console): State<Console>, session: Session) -> Response {
    if session.id().is_some()
        && let Err(error) = session.flush().await
    {
        return unavailable(&error);
    }
    let redirect = Redirect::to("/login").into_response();
    if !console.settings.secure_cookies {
        return redirect;
    }
    // The session layer's own removal lacks `Secure`, without which browsers keep a `__Host-` cookie.
    let removal = format!("{}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax", cookie_name(true));
    ([(SET_COOKIE, removal)], redirect).into_response()
}
