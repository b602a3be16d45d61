//! Stands before the stand-in for AWS, and holds back one kind of request for as long as it is told to.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::response::Response;
use reqwest::Client;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};

use crate::running::{Running, sekisho};
use crate::serve::{client, sign_in};

const PASSWORD: &str = "given password";
/// More than any request here has.
const LONGEST: usize = 64 << 20;

#[derive(Clone)]
pub struct Gate {
    upstream: String,
    client: Client,
    held_back: fn(&Parts, &[u8]) -> bool,
    holds: Arc<watch::Sender<bool>>,
    asked: Arc<Notify>,
}

impl Gate {
    /// A gate that is open, and its address.
    pub async fn open(upstream: &str, held_back: fn(&Parts, &[u8]) -> bool) -> (Self, SocketAddr) {
        let gate = Self {
            upstream: upstream.to_owned(),
            client: client(),
            held_back,
            holds: Arc::new(watch::Sender::new(false)),
            asked: Arc::default(),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(pass).with_state(gate.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (gate, address)
    }

    /// Closes for the requests that it holds back, or lets them through.
    pub fn hold(&self, holds: bool) {
        self.holds.send_replace(holds);
    }

    /// Waits until such a request stands at the closed gate.
    pub async fn asked(&self) {
        self.asked.notified().await;
    }
}

async fn pass(State(gate): State<Gate>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, LONGEST).await.unwrap();
    if (gate.held_back)(&parts, &body) && *gate.holds.borrow() {
        gate.asked.notify_one();
        let _ = gate.holds.subscribe().wait_for(|holds| !holds).await;
    }
    let url = format!("{}{}", gate.upstream, parts.uri);
    let sent = gate.client.request(parts.method, url).headers(parts.headers).body(body).send().await.unwrap();
    let mut answer = Response::builder().status(sent.status());
    *answer.headers_mut().unwrap() = sent.headers().clone();
    answer.body(Body::from(sent.bytes().await.unwrap())).unwrap()
}

/// A console whose AWS is behind the gate, and the cookie of its administrator.
pub async fn console(folder: &Path, gate: SocketAddr) -> (Running, String) {
    let mut command = sekisho(folder, &["serve", "--backend", "aws"]);
    command
        .env("SEKISHO_ADMIN_PASSWORD", PASSWORD)
        .env("SEKISHO_REFRESH_SECONDS", "1")
        .env("AWS_ENDPOINT_URL", format!("http://{gate}"))
        .env("AWS_REGION", "ap-northeast-1")
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "secret");
    let console = Running::start(command).await;
    let cookie = sign_in(&client(), &console.url, PASSWORD).await;
    (console, cookie)
}
