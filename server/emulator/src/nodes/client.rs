//! The machines' way to the service: one AWS JSON 1.1 call over HTTP.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{CONTENT_TYPE, HOST};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::sign::{self, KeyError, Signer, Unsigned};
use crate::clock::Clock;

const TIMEOUT: Duration = Duration::from_secs(30);
const ATTEMPTS: u32 = 5;
const FIRST_PAUSE: Duration = Duration::from_millis(200);

/// A client of Systems Manager at one endpoint and in one Region.
pub(super) struct Client {
    http: reqwest::Client,
    endpoint: Url,
    host: String,
    region: String,
    clock: Arc<dyn Clock>,
}

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum CallError {
    #[error("{operation} was answered with {status} {code}: {message}")]
    Service { operation: &'static str, status: u16, code: String, message: String },
    #[error("the service could not be reached")]
    Transport(#[from] reqwest::Error),
    #[error("{operation} was answered with something else than the documented shape")]
    Shape { operation: &'static str, source: serde_json::Error },
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// The address of the service is no `http://host:port`.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not the address of a service")]
pub(super) struct AddressError(String);

#[derive(Default, Deserialize)]
struct ErrorBody {
    #[serde(rename = "__type", default)]
    code: String,
    #[serde(alias = "Message", default)]
    message: String,
}

impl CallError {
    /// The service's error code, when it was the service that refused.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Service { code, .. } => Some(code),
            _ => None,
        }
    }

    /// Whether the same call may succeed a moment later.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Service { status, code, .. } => {
                *status >= 500 || matches!(code.as_str(), "ThrottlingException" | "TooManyUpdates")
            }
            Self::Transport(_) => true,
            Self::Shape { .. } | Self::Key(_) => false,
        }
    }
}

impl Client {
    /// A client that keeps its connections open between calls.
    ///
    /// # Errors
    /// When `endpoint` is no address, or the HTTP client cannot be set up.
    pub fn new(
        endpoint: &str,
        region: &str,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let url = Url::parse(endpoint).map_err(|_| AddressError(endpoint.to_owned()))?;
        let host = match (url.host_str(), url.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (Some(host), None) => host.to_owned(),
            (None, _) => return Err(AddressError(endpoint.to_owned()).into()),
        };
        // The service is on loopback: a proxy set for the rest of the world would not find it.
        let http = reqwest::Client::builder().no_proxy().timeout(TIMEOUT).build()?;
        Ok(Self { http, endpoint: url, host, region: region.to_owned(), clock })
    }

    /// The time by the clock that dates the signatures.
    pub fn now(&self) -> time::OffsetDateTime {
        self.clock.now()
    }

    /// Calls `operation` and reads its answer.
    ///
    /// # Errors
    /// When the service refuses, cannot be reached or answers in another shape.
    pub async fn call<O: DeserializeOwned>(
        &self,
        operation: &'static str,
        input: &impl Serialize,
        signer: Signer<'_>,
    ) -> Result<O, CallError> {
        let body = serde_json::to_vec(input).map_err(|source| CallError::Shape { operation, source })?;
        let target = format!("AmazonSSM.{operation}");
        let unsigned = Unsigned {
            host: &self.host,
            region: &self.region,
            target: &target,
            body: &body,
            at: self.clock.now(),
        };
        let mut request = self
            .http
            .post(self.endpoint.clone())
            .header(HOST, &self.host)
            .header(CONTENT_TYPE, sign::CONTENT_TYPE)
            .header("x-amz-target", &target);
        for (name, value) in unsigned.headers(signer)? {
            request = request.header(name, value);
        }
        let response = request.body(payload(body, signer)).send().await?;
        let status = response.status().as_u16();
        let answer = response.bytes().await?;
        if status != 200 {
            return Err(service_error(operation, status, &answer));
        }
        serde_json::from_slice(&answer).map_err(|source| CallError::Shape { operation, source })
    }

    /// Like [`Client::call`], and tries a few times more when the failure looks passing.
    ///
    /// # Errors
    /// The last failure.
    pub async fn call_patiently<O: DeserializeOwned>(
        &self,
        operation: &'static str,
        input: &impl Serialize,
        signer: Signer<'_>,
    ) -> Result<O, CallError> {
        let mut pause = FIRST_PAUSE;
        for _ in 1..ATTEMPTS {
            match self.call(operation, input, signer).await {
                Err(error) if error.is_transient() => tokio::time::sleep(pause).await,
                other => return other,
            }
            pause *= 2;
        }
        self.call(operation, input, signer).await
    }
}

/// The agent's own signer drops the content length, so that what it signs with its key travels in chunks.
fn payload(body: Vec<u8>, signer: Signer<'_>) -> reqwest::Body {
    match signer {
        Signer::Node { .. } => {
            reqwest::Body::wrap_stream(futures::stream::iter([Ok::<_, std::convert::Infallible>(body)]))
        }
        Signer::Anonymous | Signer::Credentials(_) => body.into(),
    }
}

/// The error code stands behind an optional `namespace#`.
fn service_error(operation: &'static str, status: u16, answer: &[u8]) -> CallError {
    let body: ErrorBody = serde_json::from_slice(answer).unwrap_or_default();
    let code = body.code.rsplit('#').next().unwrap_or_default().to_owned();
    CallError::Service { operation, status, code, message: body.message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_codes_lose_their_namespace() {
        let error = service_error(
            "DeleteActivation",
            400,
            br#"{"__type":"com.amazonaws.ssm#InvalidActivation","Message":"gone"}"#,
        );
        assert_eq!(error.code(), Some("InvalidActivation"));
        assert_eq!(error.to_string(), "DeleteActivation was answered with 400 InvalidActivation: gone");
    }

    #[test]
    fn only_passing_failures_are_tried_again() {
        assert!(service_error("X", 500, b"").is_transient());
        assert!(service_error("X", 400, br#"{"__type":"ThrottlingException"}"#).is_transient());
        assert!(!service_error("X", 400, br#"{"__type":"InvalidInstanceId","message":"m"}"#).is_transient());
    }
}
