use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::routing::get;
use http::Request;
use tower::ServiceExt as _;

use super::*;
use crate::fleet::tests::NOW;

fn state(nodes_version: i64, activations_version: i64) -> FleetState {
    FleetState {
        nodes_version,
        activations_version,
        packages_version: 2,
        tier_version: 7,
        ..FleetState::default()
    }
}

struct Listening {
    states: watch::Sender<FleetState>,
    shutdown: CancellationToken,
    body: BodyDataStream,
}

/// Connects to `/events` while the versions are 3, 5, 2 and 7.
async fn listen() -> Listening {
    let (states, receiver) = watch::channel(state(3, 5));
    let shutdown = CancellationToken::new();
    let live = Live::new(receiver, shutdown.clone());
    let router: Router = Router::new().route("/events", get(events)).with_state(live);
    let answer = router.oneshot(Request::get("/events").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    Listening { states, shutdown, body: answer.into_body().into_data_stream() }
}

impl Listening {
    async fn next(&mut self) -> Option<String> {
        let chunk = self.body.next().await?;
        Some(String::from_utf8(chunk.unwrap().to_vec()).unwrap())
    }
}

#[tokio::test]
async fn who_connects_hears_every_version() {
    let mut listening = listen().await;
    assert_eq!(listening.next().await.unwrap(), "event: nodes\nid: 3.5.2.7\ndata: 3\n\n");
    assert_eq!(listening.next().await.unwrap(), "event: activations\nid: 3.5.2.7\ndata: 5\n\n");
    assert_eq!(listening.next().await.unwrap(), "event: packages\nid: 3.5.2.7\ndata: 2\n\n");
    assert_eq!(listening.next().await.unwrap(), "event: tier\nid: 3.5.2.7\ndata: 7\n\n");
    assert_eq!(listening.next().await.unwrap(), "event: fetched\nid: 3.5.2.7\ndata: 0\n\n");
}

#[tokio::test]
async fn only_what_has_changed_is_told() {
    let mut listening = listen().await;
    for _ in 0..5 {
        listening.next().await;
    }
    listening.states.send_replace(FleetState { version: 9, ..state(3, 5) });
    listening.states.send_replace(state(4, 5));
    assert_eq!(listening.next().await.unwrap(), "event: nodes\nid: 4.5.2.7\ndata: 4\n\n");
    listening.states.send_replace(state(4, 6));
    assert_eq!(listening.next().await.unwrap(), "event: activations\nid: 4.6.2.7\ndata: 6\n\n");
    listening.states.send_replace(FleetState { packages_version: 3, ..state(4, 6) });
    assert_eq!(listening.next().await.unwrap(), "event: packages\nid: 4.6.3.7\ndata: 3\n\n");
    listening.states.send_replace(state(4, 6));
    assert_eq!(listening.next().await.unwrap(), "event: packages\nid: 4.6.2.7\ndata: 2\n\n");
    listening.states.send_replace(FleetState { tier_version: 8, ..state(4, 6) });
    assert_eq!(listening.next().await.unwrap(), "event: tier\nid: 4.6.2.8\ndata: 8\n\n");
    listening.states.send_replace(FleetState { fetched_at: Some(NOW), tier_version: 8, ..state(4, 6) });
    let fetched = format!("event: fetched\nid: 4.6.2.8\ndata: {}\n\n", NOW.unix_timestamp());
    assert_eq!(listening.next().await.unwrap(), fetched);
}

#[tokio::test]
async fn shutdown_ends_the_stream() {
    let mut listening = listen().await;
    listening.shutdown.cancel();
    let mut rest = Vec::new();
    while let Some(event) = listening.next().await {
        rest.push(event);
    }
    assert!(rest.len() <= 3, "{rest:?}");
}
