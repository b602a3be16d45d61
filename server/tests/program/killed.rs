//! Killed in the middle of a refresh: what was known before is there at the next start, whole.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use reqwest::Client;
use reqwest::header::COOKIE;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio::time::timeout;

use crate::running::{Running, sekisho};
use crate::serve::{client, sign_in};

/// One more than SSM gives in one answer.
const NODES: usize = 1001;
const PATIENCE: Duration = Duration::from_secs(60);
const PASSWORD: &str = "given password";

/// Stands before the stand-in. While it holds, the second page of the nodes is asked for and never comes.
#[derive(Clone)]
struct Gate {
    upstream: String,
    client: Client,
    holds: Arc<watch::Sender<bool>>,
    asked: Arc<Notify>,
}

impl Gate {
    async fn open(upstream: &str) -> (Self, SocketAddr) {
        let gate = Self {
            upstream: upstream.to_owned(),
            client: client(),
            holds: Arc::new(watch::Sender::new(false)),
            asked: Arc::default(),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(pass).with_state(gate.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (gate, address)
    }
}

async fn pass(State(gate): State<Gate>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let operation = parts.headers.get("x-amz-target").map(|target| target.to_str().unwrap());
    let second = operation == Some("AmazonSSM.DescribeInstanceProperties")
        && String::from_utf8_lossy(&body).contains("NextToken");
    if second && *gate.holds.borrow() {
        gate.asked.notify_one();
        let _ = gate.holds.subscribe().wait_for(|holds| !holds).await;
    }
    let sent = gate.client.post(&gate.upstream).headers(parts.headers).body(body).send().await.unwrap();
    let mut answer = Response::builder().status(sent.status());
    *answer.headers_mut().unwrap() = sent.headers().clone();
    answer.body(Body::from(sent.bytes().await.unwrap())).unwrap()
}

async fn console(folder: &Path, gate: SocketAddr) -> (Running, String) {
    let mut command = sekisho(folder, &["serve", "--backend", "aws"]);
    command
        .env("SEKISHO_ADMIN_PASSWORD", PASSWORD)
        .env("AWS_ENDPOINT_URL", format!("http://{gate}"))
        .env("AWS_REGION", "ap-northeast-1")
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "secret");
    let console = Running::start(command).await;
    let cookie = sign_in(&client(), &console.url, PASSWORD).await;
    (console, cookie)
}

/// The nodes that the list has, by their ids.
async fn nodes(console: &Running, cookie: &str) -> Vec<String> {
    let request = client().get(format!("{}/nodes.csv", console.url)).header(COOKIE, cookie);
    let csv = request.send().await.unwrap().text().await.unwrap();
    let ids = csv.lines().skip(1).map(|line| line.split(',').next().unwrap_or_default().to_owned());
    let mut ids: Vec<String> = ids.collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn in_mid_refresh_the_list_is_whole_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut stand_in = sekisho(folder.path(), &["emulator"]);
    stand_in.env("SEKISHO_EMBEDDED_NODES", NODES.to_string());
    let stand_in = Running::start(stand_in).await;
    let (gate, address) = Gate::open(&stand_in.url).await;

    let (first, cookie) = console(folder.path(), address).await;
    let all = timeout(PATIENCE, async {
        loop {
            let nodes = nodes(&first, &cookie).await;
            if nodes.len() == NODES {
                break nodes;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    let before = all.await.expect("every node is listed");

    gate.holds.send_replace(true);
    // The first page of this refresh has come, the second is waited for.
    timeout(PATIENCE, gate.asked.notified()).await.expect("the list is refreshed");
    first.signal("KILL").await;

    let (second, cookie) = console(folder.path(), address).await;
    assert_eq!(nodes(&second, &cookie).await, before, "all of the older list, at once");
    gate.holds.send_replace(false);
    for running in [second, stand_in] {
        running.signal("TERM").await;
        assert_eq!(running.ended().await.0, 0);
    }
}
