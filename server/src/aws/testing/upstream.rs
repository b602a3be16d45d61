//! Upstreams that misbehave on purpose.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use futures::{StreamExt as _, stream};
use tokio::net::TcpListener;

use super::ANY_PORT;

/// What one request meets.
#[derive(Clone, Debug)]
pub enum Reply {
    /// This status and body.
    Answer(u16, String),
    /// 200 and the beginning of a body, and nothing more, ever.
    Half,
    /// Nothing, ever.
    Silence,
}

impl Reply {
    /// SSM's JSON error.
    pub fn ssm_error(code: &str, message: &str) -> Self {
        Self::Answer(400, serde_json::json!({ "__type": code, "message": message }).to_string())
    }
}

/// Gives the replies in turn, and the last one from then on.
#[derive(Clone)]
pub struct Upstream {
    pub address: SocketAddr,
    script: Arc<Script>,
}

struct Script {
    replies: Vec<Reply>,
    /// `X-Amz-Target` of each request so far.
    requests: Mutex<Vec<String>>,
}

impl Upstream {
    pub async fn start(replies: impl Into<Vec<Reply>>) -> Self {
        let script = Arc::new(Script { replies: replies.into(), requests: Mutex::default() });
        let router = Router::new().fallback(reply).with_state(Arc::clone(&script));
        let listener = TcpListener::bind(ANY_PORT).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, script }
    }

    /// How many requests have arrived.
    pub fn count(&self) -> usize {
        self.script.requests.lock().unwrap().len()
    }

    /// `X-Amz-Target` of each request.
    pub fn targets(&self) -> Vec<String> {
        self.script.requests.lock().unwrap().clone()
    }
}

async fn reply(State(script): State<Arc<Script>>, request: Request) -> Response {
    let target = request.headers().get("x-amz-target").and_then(|target| target.to_str().ok());
    let number = {
        let mut requests = script.requests.lock().unwrap();
        requests.push(target.unwrap_or_default().to_owned());
        requests.len()
    };
    match &script.replies[number.min(script.replies.len()) - 1] {
        Reply::Answer(status, body) => {
            let status = http::StatusCode::from_u16(*status).unwrap();
            (status, [("x-amzn-requestid", "request-7")], body.clone()).into_response()
        }
        Reply::Half => {
            let begun = stream::iter([Ok::<_, Infallible>("<Describe")]);
            Body::from_stream(begun.chain(stream::pending())).into_response()
        }
        Reply::Silence => std::future::pending().await,
    }
}
