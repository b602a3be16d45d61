//! Server-sent events: every open screen hears that there is something new, and asks for what it shows.

mod announced;

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, HeaderName};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::{Stream, StreamExt as _, stream};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::fleet::FleetState;
pub use announced::AnnouncedActivations;

/// Time between two comments that keep proxies from closing a silent stream.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// After this the browser connects anew, and the session is checked again.
const LIFETIME: Duration = Duration::from_secs(600);

/// What `GET /events` needs.
#[derive(Clone, Debug)]
pub struct Live {
    states: watch::Receiver<FleetState>,
    shutdown: CancellationToken,
}

impl Live {
    /// Events from these states, until `shutdown`.
    #[must_use]
    pub const fn new(states: watch::Receiver<FleetState>, shutdown: CancellationToken) -> Self {
        Self { states, shutdown }
    }
}

/// `GET /events`: the events `nodes`, `activations`, `packages` and `tier`, each with a number that grows with every change, and `fetched` with
/// the Unix time of SSM's last answer about the nodes.
///
/// They are sent at once on connecting, so who was away has missed nothing. The router must see to it that somebody is signed in,
/// and neither compress this answer nor end it after a time.
pub async fn events(State(live): State<Live>) -> Response {
    let stream = versions(live.states)
        .take_until(live.shutdown.cancelled_owned())
        .take_until(tokio::time::sleep(LIFETIME));
    let headers = [(CACHE_CONTROL, "no-store"), (HeaderName::from_static("x-accel-buffering"), "no")];
    (headers, Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))).into_response()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Versions {
    nodes: i64,
    activations: i64,
    packages: i64,
    tier: i64,
    fetched: i64,
}

impl From<&FleetState> for Versions {
    fn from(state: &FleetState) -> Self {
        Self {
            nodes: state.nodes_version,
            activations: state.activations_version,
            packages: state.packages_version,
            tier: state.tier_version,
            fetched: state.fetched_at.map_or(0, time::OffsetDateTime::unix_timestamp),
        }
    }
}

fn versions(states: watch::Receiver<FleetState>) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold((states, None), |(mut states, sent)| async move {
        let now = {
            let state = states.wait_for(|state| Some(Versions::from(state)) != sent).await.ok()?;
            Versions::from(&*state)
        };
        Some((stream::iter(news(sent, now)), (states, Some(now))))
    })
    .flatten()
    .map(Ok)
}

fn news(sent: Option<Versions>, now: Versions) -> Vec<Event> {
    let id = format!("{}.{}.{}.{}", now.nodes, now.activations, now.packages, now.tier);
    let event = |name: &str, version: i64| Event::default().event(name).id(&id).data(version.to_string());
    let mut events = Vec::new();
    if sent.is_none_or(|sent| sent.nodes != now.nodes) {
        events.push(event("nodes", now.nodes));
    }
    if sent.is_none_or(|sent| sent.activations != now.activations) {
        events.push(event("activations", now.activations));
    }
    if sent.is_none_or(|sent| sent.packages != now.packages) {
        events.push(event("packages", now.packages));
    }
    if sent.is_none_or(|sent| sent.tier != now.tier) {
        events.push(event("tier", now.tier));
    }
    if sent.is_none_or(|sent| sent.fetched != now.fetched) {
        events.push(event("fetched", now.fetched));
    }
    events
}

#[cfg(test)]
mod tests;
