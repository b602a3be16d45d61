//! The session: a random id in a cookie, and in the database who it belongs to.

use serde::{Deserialize, Serialize};
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, Session, SessionManagerLayer};

use crate::people::{People, PeopleError};
use crate::store::sessions::Sessions;
use crate::store::users::User;

/// Where a session keeps who has signed in.
const SIGNED_IN: &str = "signed_in";

/// Who has signed in, and with which of their passwords.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct SignedIn {
    user_id: String,
    generation: i64,
}

/// The session cookie's name. The prefix makes browsers refuse it from any other host and without TLS.
#[must_use]
pub const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-sekisho_session" } else { "sekisho_session" }
}

/// Sessions for every route below. The cookie lasts as long as the browser runs; the database knows the limits.
pub fn session_layer(sessions: Sessions, secure: bool) -> SessionManagerLayer<Sessions> {
    SessionManagerLayer::new(sessions)
        .with_name(cookie_name(secure))
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnSessionEnd)
}

/// Why it is unknown who has signed in.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The session cannot be read or written.
    #[error("the session cannot be read or written: {0}")]
    Session(#[from] tower_sessions::session::Error),
    /// The user cannot be read.
    #[error(transparent)]
    People(#[from] PeopleError),
}

/// Begins a session under a new id: one that was planted before is worth nothing.
pub async fn begin(session: &Session, user: &User) -> Result<(), SessionError> {
    session.clear().await;
    session.cycle_id().await?;
    let signed_in = SignedIn { user_id: user.id.clone(), generation: user.generation };
    session.insert(SIGNED_IN, signed_in).await?;
    Ok(())
}

/// Who has signed in, as they are now: a role that was changed counts at once, and who was removed, or has a new
/// password, is signed out.
pub async fn signed_in(session: &Session, people: &People) -> Result<Option<User>, SessionError> {
    let Some(signed_in) = session.get::<SignedIn>(SIGNED_IN).await? else { return Ok(None) };
    let user = people.by_id(&signed_in.user_id).await?;
    Ok(user.filter(|user| user.generation == signed_in.generation))
}
