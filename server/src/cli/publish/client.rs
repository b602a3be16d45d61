//! The API, called with the HTTP client of AWS's SDK, which the program has anyway: the same trust in certificates, the same
//! proxies.

use std::path::Path;
use std::time::Duration;

use aws_sdk_s3::primitives::{ByteStream, SdkBody};
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Connector, proxy::ProxyConfig};
use aws_smithy_runtime_api::client::http::{HttpConnector as _, HttpConnectorSettings};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderValue, Method, Request, StatusCode};
use secrecy::{ExposeSecret as _, SecretString};

use super::PublishError;
use crate::api::error::ErrorBody;
use crate::api::request::PublicationRequest;
use crate::api::view::PublicationBody;
use crate::aws::causes;

/// Until the connection stands.
const CONNECT: Duration = Duration::from_secs(10);
/// Longest silence of the console. It looks at a file of 1 GB before it answers.
const SILENCE: Duration = Duration::from_secs(120);
/// Bytes a second that a connection carries at least: one that is slower is given up, and gone on with by another.
const SLOWEST: u64 = 64 * 1024;
/// How often something is tried, and the pause after the first time; each is twice as long as the one before.
const TRIES: u32 = 6;
const PAUSE: Duration = Duration::from_secs(1);
/// Largest answer that is read, in bytes.
const MAX_ANSWER: usize = 4 * 1024 * 1024;

/// A console's API.
pub struct Client {
    connector: Connector,
    server: String,
    authorization: HeaderValue,
}

/// Why something was not done.
#[derive(Debug)]
pub enum Refusal {
    /// The console has answered so.
    Answer {
        /// HTTP status.
        status: u16,
        /// Why.
        body: ErrorBody,
    },
    /// It has not answered.
    Unreachable(String),
}

impl Refusal {
    /// Whether it may be otherwise in a moment.
    const fn may_pass(&self) -> bool {
        match self {
            Self::Answer { status, .. } => matches!(status, 408 | 429 | 500..),
            Self::Unreachable(_) => true,
        }
    }
}

/// What the console has answered.
struct Answer {
    /// Where a file stops, where it says so.
    offset: Option<u64>,
    text: String,
}

impl Client {
    /// Of the console at this address.
    ///
    /// # Errors
    /// A sentence on what is wrong with address or token.
    pub fn new(server: &str, token: &SecretString) -> Result<Self, String> {
        let server = server.trim_end_matches('/').to_owned();
        if !server.starts_with("http://") && !server.starts_with("https://") {
            return Err("--server is the console's address, such as https://sekisho.example.com".to_owned());
        }
        let mut authorization = HeaderValue::from_str(&format!("Bearer {}", token.expose_secret().trim()))
            .map_err(|_| "SEKISHO_TOKEN is no token".to_owned())?;
        authorization.set_sensitive(true);
        let settings = HttpConnectorSettings::builder().connect_timeout(CONNECT).build();
        let connector = Connector::builder()
            .connector_settings(settings)
            .sleep_impl(TokioSleep::new())
            .proxy_config(ProxyConfig::from_env())
            .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
            .build();
        Ok(Self { connector, server, authorization })
    }

    /// A page of the console.
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.server)
    }

    /// Begins a publication; under the same key, once.
    pub async fn create(&self, request: &PublicationRequest, key: &str) -> Result<PublicationBody, Refusal> {
        let json = serde_json::to_string(request).map_err(|error| Refusal::Unreachable(error.to_string()))?;
        let headers = [("idempotency-key", key)];
        let mut pause = PAUSE;
        for _ in 1..TRIES {
            match self.patiently(Method::POST, "", &headers, Some(&json)).await {
                // An earlier try, whose answer was lost, is still under way.
                Err(Refusal::Answer { status: 409, body }) if body.code == "conflict" => {}
                begun => return read(begun?),
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
        read(self.patiently(Method::POST, "", &headers, Some(&json)).await?)
    }

    /// Publishes what was sent.
    pub async fn publish(&self, id: &str) -> Result<PublicationBody, Refusal> {
        read(self.patiently(Method::POST, &format!("/{id}/publish"), &[], None).await?)
    }

    /// How far it has come.
    pub async fn read(&self, id: &str) -> Result<PublicationBody, Refusal> {
        read(self.patiently(Method::GET, &format!("/{id}"), &[], None).await?)
    }

    /// Gives it up.
    pub async fn remove(&self, id: &str) -> Result<(), Refusal> {
        self.patiently(Method::DELETE, &format!("/{id}"), &[], None).await.map(drop)
    }

    /// Sends a file, and goes on where a connection broke.
    pub async fn send(
        &self,
        id: &str,
        file: &str,
        path: &Path,
        size: u64,
    ) -> Result<PublicationBody, PublishError> {
        let place = format!("/{id}/files/{file}");
        let (mut tries, mut pause, mut furthest) = (0, PAUSE, 0);
        loop {
            let offset = self.patiently(Method::HEAD, &place, &[], None).await?.offset;
            let unknown =
                || Refusal::Unreachable("this is no console: it does not know what it has".to_owned());
            let offset = offset.ok_or_else(unknown)?;
            if offset > furthest {
                (tries, pause, furthest) = (0, PAUSE, offset);
            }
            let content = ByteStream::read_from().path(path).offset(offset).build().await;
            let failed = |error: aws_sdk_s3::primitives::ByteStreamError| PublishError::File {
                path: path.to_owned(),
                source: std::io::Error::other(causes(&error)),
            };
            let content = content.map_err(failed)?.into_inner();
            let patience = SILENCE + Duration::from_secs(size.saturating_sub(offset) / SLOWEST);
            let from = offset.to_string();
            tries += 1;
            match self.ask(Method::PUT, &place, &[("upload-offset", &from)], content, patience).await {
                Ok(answer) => return Ok(read(answer)?),
                // Another connection is still being given up, or has sent more than was known.
                Err(Refusal::Answer { status: 409, .. }) if tries < TRIES => {}
                Err(refusal) if tries >= TRIES || !refusal.may_pass() => return Err(refusal.into()),
                Err(_) => {}
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
    }

    /// Asks again while the console cannot be reached.
    async fn patiently(
        &self,
        method: Method,
        place: &str,
        headers: &[(&str, &str)],
        json: Option<&str>,
    ) -> Result<Answer, Refusal> {
        let body = || json.map_or_else(SdkBody::empty, SdkBody::from);
        let mut pause = PAUSE;
        for _ in 1..TRIES {
            match self.ask(method.clone(), place, headers, body(), SILENCE).await {
                Err(refusal) if refusal.may_pass() => {}
                other => return other,
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
        self.ask(method, place, headers, body(), SILENCE).await
    }

    /// What is answered within some time, if it is no error. No redirect is followed: it would take the token elsewhere.
    async fn ask(
        &self,
        method: Method,
        place: &str,
        headers: &[(&str, &str)],
        body: SdkBody,
        patience: Duration,
    ) -> Result<Answer, Refusal> {
        let unreachable = |message: &str| Refusal::Unreachable(message.to_owned());
        let request = Request::builder()
            .method(method)
            .uri(format!("{}/api/v1/publications{place}", self.server))
            .header(AUTHORIZATION, self.authorization.clone())
            .header(CONTENT_TYPE, "application/json");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let request = request.body(body).map_err(|error| Refusal::Unreachable(error.to_string()))?;
        let request = HttpRequest::try_from(request).map_err(|error| Refusal::Unreachable(causes(&error)))?;
        let answered = async {
            let answer = self.connector.call(request).await;
            let answer = answer.map_err(|error| Refusal::Unreachable(causes(&error)))?;
            let status = answer.status().as_u16();
            let offset = answer.headers().get("upload-offset").and_then(|offset| offset.parse().ok());
            let body = axum::body::Body::new(answer.into_body());
            let bytes = axum::body::to_bytes(body, MAX_ANSWER).await;
            let bytes = bytes.map_err(|error| Refusal::Unreachable(causes(&error)))?;
            Ok((status, Answer { offset, text: String::from_utf8_lossy(&bytes).into_owned() }))
        };
        let answered = tokio::time::timeout(patience, answered).await;
        let (status, answer) = answered.map_err(|_| unreachable("no answer in time"))??;
        if StatusCode::from_u16(status).is_ok_and(|status| status.is_success()) {
            return Ok(answer);
        }
        let body = serde_json::from_str(&answer.text).unwrap_or_else(|_| ErrorBody {
            code: "unknown".to_owned(),
            message: format!("it has answered {status}"),
            fields: Vec::new(),
            aws_code: None,
            aws_request_id: None,
        });
        Err(Refusal::Answer { status, body })
    }
}

fn read(answer: Answer) -> Result<PublicationBody, Refusal> {
    let unknown = |_| Refusal::Unreachable("this is no console of this version".to_owned());
    serde_json::from_str(&answer.text).map_err(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_scheme_and_a_token_is_one_line() {
        assert!(Client::new("sekisho.example.com", &"sekisho_1".into()).is_err());
        assert!(Client::new("https://sekisho.example.com/", &"sekisho_1\nx".into()).is_err());
        let client = Client::new("https://sekisho.example.com/", &"sekisho_1".into()).unwrap();
        assert_eq!(client.page("/packages"), "https://sekisho.example.com/packages");
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        let answered = |status| {
            let body = ErrorBody {
                code: String::new(),
                message: String::new(),
                fields: Vec::new(),
                aws_code: None,
                aws_request_id: None,
            };
            Refusal::Answer { status, body }
        };
        for (status, passes) in
            [(401, false), (404, false), (422, false), (408, true), (429, true), (503, true)]
        {
            assert_eq!(answered(status).may_pass(), passes, "{status}");
        }
        assert!(Refusal::Unreachable(String::new()).may_pass());
    }
}
