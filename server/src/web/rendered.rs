//! The node list, rendered once for all screens that ask for the same in the same second: each rendering is milliseconds of
//! work, and a wall of screens, or a person at the reload button, asks in bursts.

use std::sync::Arc;
use std::time::Duration;

use app::page::PageContext;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use leptos::nonce::Nonce;
use moka::future::Cache;
use time::OffsetDateTime;
use tokio::sync::watch;

use super::Console;
use super::headers::content_security_policy;
use crate::fleet::FleetState;

/// The one page that is kept: what it shows follows from its address, the facts of the request, and the fleet.
const PATH: &str = "/nodes";
/// Pages that are kept at a time.
const MOST: u64 = 64;
/// Times on a page are told in seconds.
const FOR: Duration = Duration::from_secs(1);

/// What a page follows from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Facts {
    query: Option<String>,
    page: PageContext,
    /// The numbers of [`FleetState`] that grow with what is shown, its age, and whether it is stale.
    fleet: (i64, i64, i64, Option<OffsetDateTime>, bool),
}

/// A page without its nonce, which is another one in every answer.
#[derive(Debug)]
struct Rendered {
    content_type: Option<HeaderValue>,
    between_nonces: Vec<Bytes>,
}

/// The pages of this second.
#[derive(Clone, Debug)]
pub struct RenderedPages {
    pages: Cache<Facts, Arc<Rendered>>,
    fleet: watch::Receiver<FleetState>,
}

impl RenderedPages {
    /// None yet. They are good for as long as the fleet stays in the state that they were rendered in.
    #[must_use]
    pub fn new(fleet: watch::Receiver<FleetState>) -> Self {
        let pages = Cache::builder().max_capacity(MOST).time_to_live(FOR).build();
        Self { pages, fleet }
    }

    fn facts(&self, request: &Request) -> Option<Facts> {
        if request.method() != Method::GET || request.uri().path() != PATH {
            return None;
        }
        let mut page =
            request.extensions().get::<PageContext>().filter(|page| page.person.is_some())?.clone();
        page.now = page.now.truncate_to_second();
        let fleet = self.fleet.borrow();
        Some(Facts {
            query: request.uri().query().map(str::to_owned),
            page,
            fleet: (
                fleet.version,
                fleet.nodes_version,
                fleet.tier_version,
                fleet.fetched_at,
                fleet.failure.is_some(),
            ),
        })
    }
}

/// Answers with the page that was rendered already, if there is one.
pub async fn once_a_second(State(console): State<Console>, request: Request, next: Next) -> Response {
    let Some(facts) = console.rendered.facts(&request) else { return next.run(request).await };
    let render = async {
        let response = next.run(request).await;
        keepable(response).await.map(Arc::new)
    };
    match console.rendered.pages.try_get_with(facts, render).await {
        Ok(page) => page.answer(),
        // Who waited for another's rendering that failed gets its status; a reload renders anew.
        Err(refused) => refused.response(),
    }
}

/// An answer that is not kept.
#[derive(Debug)]
struct Refused {
    status: StatusCode,
    content_type: Option<HeaderValue>,
    policy: Option<HeaderValue>,
    body: Bytes,
}

impl Refused {
    fn response(&self) -> Response {
        let mut response = (self.status, self.body.clone()).into_response();
        let headers = response.headers_mut();
        for (name, value) in [(CONTENT_TYPE, &self.content_type), (CONTENT_SECURITY_POLICY, &self.policy)] {
            if let Some(value) = value {
                headers.insert(name, value.clone());
            }
        }
        response
    }
}

async fn keepable(response: Response) -> Result<Rendered, Refused> {
    let (parts, body) = response.into_parts();
    let content_type = parts.headers.get(CONTENT_TYPE).cloned();
    let policy = parts.headers.get(CONTENT_SECURITY_POLICY).cloned();
    let nonce = policy.as_ref().and_then(|policy| nonce_of(policy.to_str().ok()?).map(str::to_owned));
    let (status, body) = match to_bytes(body, usize::MAX).await {
        Ok(body) => (parts.status, body),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, Bytes::new()),
    };
    match (status, nonce) {
        (StatusCode::OK, Some(nonce)) => {
            Ok(Rendered { content_type, between_nonces: split(&body, nonce.as_bytes()) })
        }
        _ => Err(Refused { status, content_type, policy, body }),
    }
}

/// The nonce that a policy names.
fn nonce_of(policy: &str) -> Option<&str> {
    policy.split("'nonce-").nth(1)?.split('\'').next()
}

fn split(body: &Bytes, nonce: &[u8]) -> Vec<Bytes> {
    let mut parts = Vec::new();
    let mut from = 0;
    for at in memchr::memmem::find_iter(body, nonce) {
        parts.push(body.slice(from..at));
        from = at + nonce.len();
    }
    parts.push(body.slice(from..));
    parts
}

impl Rendered {
    /// The page with a nonce of its own.
    fn answer(&self) -> Response {
        let nonce = Nonce::new();
        let size = self.between_nonces.iter().map(|part| part.len() + nonce.len()).sum();
        let mut body = Vec::with_capacity(size);
        for (number, part) in self.between_nonces.iter().enumerate() {
            if number > 0 {
                body.extend_from_slice(nonce.as_bytes());
            }
            body.extend_from_slice(part);
        }
        let mut response = Response::new(Body::from(body));
        let headers = response.headers_mut();
        if let Some(content_type) = &self.content_type {
            headers.insert(CONTENT_TYPE, content_type.clone());
        }
        if let Ok(policy) = HeaderValue::from_str(&content_security_policy(&nonce)) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_at_its_nonce() {
        let page = Bytes::from("<script nonce=\"abc\"></script><style nonce=\"abc\">");
        assert_eq!(split(&page, b"abc"), ["<script nonce=\"", "\"></script><style nonce=\"", "\">"]);
        assert_eq!(split(&Bytes::from("none"), b"abc"), ["none"]);
    }

    #[test]
    fn the_policy_tells_the_nonce() {
        assert_eq!(nonce_of(&content_security_policy("abc")), Some("abc"));
        assert_eq!(nonce_of("default-src 'none'"), None);
    }

    #[tokio::test]
    async fn every_answer_has_a_nonce_of_its_own() {
        let page = Rendered { content_type: None, between_nonces: split(&Bytes::from("a-n-b-n-c"), b"n") };
        let mut nonces = Vec::new();
        for _ in 0..2 {
            let (parts, body) = page.answer().into_parts();
            let nonce =
                nonce_of(parts.headers[CONTENT_SECURITY_POLICY].to_str().unwrap()).unwrap().to_owned();
            assert_eq!(to_bytes(body, 1000).await.unwrap(), format!("a-{nonce}-b-{nonce}-c"));
            nonces.push(nonce);
        }
        assert_ne!(nonces[0], nonces[1]);
    }
}
