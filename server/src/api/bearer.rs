//! Who calls: by a token, and by nothing else.

use app::page::Person;
use app::server::Caller;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use domain::errors::ApiError;
use domain::permission::Permission;

use super::error::Failure;
use crate::store::tokens::StoredTokens;
use crate::web::Console;

/// Lets through who has a token of somebody who publishes.
pub async fn bearer(
    State(console): State<Console>,
    mut request: Request,
    next: Next,
) -> Result<Response, Failure> {
    let tokens = StoredTokens::new(console.store.clone(), console.ports.clock.clone());
    let secret = secret_of(request.headers()).ok_or(ApiError::Unauthenticated)?;
    let found = tokens.by_secret(secret).await.map_err(|error| {
        tracing::error!(%error, "a token could not be looked for");
        ApiError::Internal
    })?;
    let (token, role) = found.ok_or(ApiError::Unauthenticated)?;
    // As they are now: a token is never more than its owner.
    if !role.allows(Permission::PublishPackage) {
        return Err(ApiError::Forbidden.into());
    }
    let person = Person { username: token.username.clone(), role };
    let caller = Caller {
        person,
        region: console.aws.region.clone(),
        ports: console.ports.clone(),
        token: Some(token),
    };
    request.headers_mut().remove(AUTHORIZATION);
    request.extensions_mut().insert(ByToken(caller));
    Ok(next.run(request).await)
}

/// RFC 6750 §2.1. The scheme's name is the same in any case (RFC 9110 §11.1).
fn secret_of(headers: &HeaderMap) -> Option<&str> {
    let (scheme, secret) = headers.get(AUTHORIZATION).map(HeaderValue::to_str)?.ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

/// The person for whom a token acts.
#[derive(Clone)]
pub struct ByToken(pub Caller);

impl<S: Send + Sync> FromRequestParts<S> for ByToken {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| ApiError::Unauthenticated.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_follows_its_scheme() {
        let secret = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(AUTHORIZATION, HeaderValue::from_static(value));
            secret_of(&headers).map(str::to_owned)
        };
        assert_eq!(secret("Bearer sekisho_1").as_deref(), Some("sekisho_1"));
        assert_eq!(secret("bearer  sekisho_1 ").as_deref(), Some("sekisho_1"));
        assert_eq!(secret("Basic sekisho_1"), None);
        assert_eq!(secret("sekisho_1"), None);
        assert_eq!(secret_of(&HeaderMap::new()), None);
    }
}
