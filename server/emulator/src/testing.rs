//! An emulator for tests: its router, a clock that tests set, randomness that repeats itself, and a node's key.

mod node;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use http_body_util::BodyExt;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};
use tower::ServiceExt;

use crate::clock::Clock;
use crate::config::EmulatorConfig;
use crate::emulator::prepare;
use crate::random::Random;
use crate::state::State;
use crate::wire::router;
use crate::{ec2, iam, sts};

pub(crate) use node::{Node, public_key};

/// When every test begins.
pub(crate) const START: OffsetDateTime = time::macros::datetime!(2026-11-22 01:00 UTC);

/// A clock that stands still until told.
pub(crate) struct ManualClock(AtomicI64);

impl Clock for ManualClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

struct Seeded(Mutex<StdRng>);

impl Random for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap().fill_bytes(bytes);
    }
}

/// One answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// A header that must be there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    /// The text of the first XML element of this name.
    pub(crate) fn element(&self, name: &str) -> Option<&str> {
        let begin = self.body.find(&format!("<{name}>"))? + name.len() + 2;
        let length = self.body[begin..].find(&format!("</{name}>"))?;
        Some(&self.body[begin..begin + length])
    }
}

/// An emulator on its own folder.
pub(crate) struct TestEmulator {
    clock: Arc<ManualClock>,
    state: State,
    router: Router,
    path: PathBuf,
    _folder: Option<TempDir>,
}

impl TestEmulator {
    /// A new account.
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let emulator = Self::open(folder.path()).await;
        Self { _folder: Some(folder), ..emulator }
    }

    /// The account in this folder.
    pub(crate) async fn open(folder: &Path) -> Self {
        Self::configured(folder, false).await
    }

    /// A new account, with the packages of others.
    pub(crate) async fn with_packages() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let emulator = Self::configured(folder.path(), true).await;
        Self { _folder: Some(folder), ..emulator }
    }

    async fn configured(folder: &Path, others_packages: bool) -> Self {
        let config =
            EmulatorConfig { others_packages, ..EmulatorConfig::new(([127, 0, 0, 1], 0).into(), folder) };
        let clock = Arc::new(ManualClock(AtomicI64::new(START.unix_timestamp())));
        let random = Arc::new(Seeded(Mutex::new(StdRng::seed_from_u64(1))));
        let state = prepare(&config, clock.clone(), random).await.unwrap();
        Self { clock, router: router(state.clone()), state, path: folder.to_owned(), _folder: None }
    }

    pub(crate) fn state(&self) -> &State {
        &self.state
    }

    /// Its data folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.path
    }

    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        self.clock.clone()
    }

    pub(crate) fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, time: Duration) {
        self.clock.0.fetch_add(time.whole_seconds(), Ordering::SeqCst);
    }

    /// Sends a request as it is.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.into_body().collect().await.unwrap().to_bytes();
        Answer { status, headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// Writes an object.
    pub(crate) async fn put_object(&self, place: &str, body: &[u8]) {
        let request = Request::put(format!("/{place}"))
            .header("host", "localhost")
            .header("authorization", authorization("AKIAEXAMPLE", "s3"))
            .body(Body::from(body.to_vec()));
        let answer = self.send(request.unwrap()).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    /// Calls Systems Manager with any signed credentials.
    pub(crate) async fn call(&self, operation: &str, input: &Value) -> Answer {
        self.send(json_request(operation, input, Some(&authorization("AKIAEXAMPLE", "ssm")))).await
    }

    /// The same, and its output, which must be a success.
    pub(crate) async fn ok(&self, operation: &str, input: Value) -> Value {
        let answer = self.call(operation, &input).await;
        assert_eq!(answer.status, 200, "{operation} {input}: {}", answer.body);
        answer.json()
    }

    /// The same, and the code and sentence of its error.
    pub(crate) async fn error(&self, operation: &str, input: Value) -> (String, String) {
        let answer = self.call(operation, &input).await;
        assert_eq!(answer.status, 400, "{operation} {input}: {}", answer.body);
        error(&answer)
    }

    /// Calls IAM, STS or EC2, in the service's API version unless the parameters name another.
    pub(crate) async fn query(&self, service: &str, action: &str, parameters: &[(&str, &str)]) -> Answer {
        let version = match service {
            "iam" => iam::SERVICE.version,
            "sts" => sts::SERVICE.version,
            _ => ec2::VERSION,
        };
        let mut parameters = parameters.to_vec();
        if !parameters.iter().any(|(name, _)| *name == "Version") {
            parameters.push(("Version", version));
        }
        let authorization = authorization("AKIAEXAMPLE", service);
        self.send(form_request(action, &parameters, Some(&authorization))).await
    }

    /// A new activation of the seeded role: its id and code.
    pub(crate) async fn activate(&self, more: Value) -> (String, String) {
        let mut input = json!({"IamRole": "BB_Hybrid_Activation"});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let output = self.ok("CreateActivation", input).await;
        let text = |name: &str| output[name].as_str().unwrap().to_owned();
        (text("ActivationId"), text("ActivationCode"))
    }
}

/// The code and sentence of an error.
pub(crate) fn error(answer: &Answer) -> (String, String) {
    let body = answer.json();
    let message = body.get("Message").or_else(|| body.get("message"));
    let message = message.and_then(Value::as_str).unwrap_or_default();
    (body["__type"].as_str().unwrap().to_owned(), message.to_owned())
}

/// A header that looks like Signature Version 4.
pub(crate) fn authorization(access_key_id: &str, service: &str) -> String {
    format!(
        "AWS4-HMAC-SHA256 Credential={access_key_id}/20261122/ap-northeast-1/{service}/aws4_request, \
         SignedHeaders=host;x-amz-date, Signature=0000"
    )
}

/// A JSON 1.1 request.
pub(crate) fn json_request(operation: &str, input: &Value, authorization: Option<&str>) -> Request<Body> {
    let mut request = Request::post("/")
        .header("host", "localhost")
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amz-target", format!("AmazonSSM.{operation}"));
    if let Some(authorization) = authorization {
        request = request.header("authorization", authorization);
    }
    request.body(Body::from(input.to_string())).unwrap()
}

/// A query request.
pub(crate) fn form_request(
    action: &str,
    parameters: &[(&str, &str)],
    authorization: Option<&str>,
) -> Request<Body> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("Action", action);
    form.extend_pairs(parameters);
    let mut request =
        Request::post("/").header("content-type", "application/x-www-form-urlencoded; charset=utf-8");
    if let Some(authorization) = authorization {
        request = request.header("authorization", authorization);
    }
    request.body(Body::from(form.finish())).unwrap()
}
