//! A proxy before the emulator that lets so many parts of uploads through, and no more until it is told to; and that loses
//! answers.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{ANY_PORT, Aws, Timeouts, embedded};
use crate::aws::AwsPublishing;

/// The proxy.
pub struct Gate {
    pub address: SocketAddr,
    state: Arc<GateState>,
}

/// Tells the request that is meant.
type IsMeant = fn(&Request) -> bool;

struct GateState {
    to: SocketAddr,
    client: reqwest::Client,
    /// How many parts may still pass; none for all.
    parts: watch::Sender<Option<usize>>,
    waiting: watch::Sender<usize>,
    /// The object that somebody else overwrites just before SSM is told of a document.
    overwritten: Mutex<Option<(AwsPublishing, String, String)>>,
    /// Of each the next request is done, and its answer lost.
    lost: Mutex<Vec<IsMeant>>,
}

impl GateState {
    fn loses_answer_to(&self, request: &Request) -> bool {
        let mut lost = self.lost.lock().unwrap();
        let found = lost.iter().position(|is_meant| is_meant(request));
        found.map(|place| lost.remove(place)).is_some()
    }
}

impl Gate {
    pub async fn start(to: SocketAddr) -> Self {
        let state = Arc::new(GateState {
            to,
            client: reqwest::Client::new(),
            parts: watch::Sender::new(None),
            waiting: watch::Sender::new(0),
            overwritten: Mutex::default(),
            lost: Mutex::default(),
        });
        let router = Router::new().fallback(pass).with_state(Arc::clone(&state));
        let listener = TcpListener::bind(ANY_PORT).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, state }
    }

    /// AWS through the gate.
    pub async fn aws(&self) -> Aws {
        Aws::connect(&embedded(self.address), Timeouts::default()).await.unwrap()
    }

    /// So many parts may pass from now on.
    pub fn let_parts(&self, count: usize) {
        self.state.parts.send_replace(Some(count));
    }

    /// Returns when so many parts wait.
    pub async fn parts_waiting(&self, count: usize) {
        self.state.waiting.subscribe().wait_for(|waiting| *waiting >= count).await.unwrap();
    }

    /// Somebody else writes this object just before SSM hears of a document.
    pub fn overwrite(&self, aws: AwsPublishing, bucket: &str, key: &str) {
        *self.state.overwritten.lock().unwrap() = Some((aws, bucket.to_owned(), key.to_owned()));
    }

    /// The next such request is done, and its answer is lost on the way.
    pub fn lose_answer(&self, is_meant: IsMeant) {
        self.state.lost.lock().unwrap().push(is_meant);
    }
}

async fn pass(State(state): State<Arc<GateState>>, request: Request) -> Response {
    if request.uri().query().is_some_and(|query| query.contains("partNumber=")) {
        let _waiting = Waiting::begin(&state.waiting);
        let mut parts = state.parts.subscribe();
        loop {
            parts.wait_for(|parts| *parts != Some(0)).await.unwrap();
            let take = |parts: &mut Option<usize>| match parts {
                None => true,
                Some(0) => false,
                Some(count) => {
                    *count -= 1;
                    true
                }
            };
            let mut taken = false;
            state.parts.send_modify(|parts| taken = take(parts));
            if taken {
                break;
            }
        }
    }
    if request.headers().get("x-amz-target").is_some_and(|target| target == "AmazonSSM.CreateDocument") {
        let overwritten = state.overwritten.lock().unwrap().take();
        if let Some((aws, bucket, key)) = overwritten {
            aws.overwrite(&bucket, &key, b"somebody else's").await;
        }
    }
    let lost = state.loses_answer_to(&request);
    let mut response = forward(&state, request).await;
    if lost {
        response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    }
    response
}

async fn forward(state: &GateState, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let path = parts.uri.path_and_query().unwrap();
    // The host is among what is signed.
    let answer = state
        .client
        .request(parts.method, format!("http://{}{path}", state.to))
        .headers(parts.headers)
        .body(body)
        .send()
        .await
        .unwrap();
    let mut response = Response::new(Body::empty());
    *response.status_mut() = answer.status();
    *response.headers_mut() = answer.headers().clone();
    *response.body_mut() = Body::from(answer.bytes().await.unwrap());
    response
}

struct Waiting<'a>(&'a watch::Sender<usize>);

impl<'a> Waiting<'a> {
    fn begin(waiting: &'a watch::Sender<usize>) -> Self {
        waiting.send_modify(|count| *count += 1);
        Self(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}
