//! Fetches files by the links that SSM gives, with the SDK's own HTTP client: the same trust in certificates, the same
//! proxies.

use std::sync::Arc;
use std::time::Duration;

use app::ports::FileBody;
use aws_config::SdkConfig;
use aws_smithy_http_client::Connector;
use aws_smithy_runtime_api::client::http::HttpConnector as _;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use axum::body::Body;
use domain::errors::ApiError;
use secrecy::ExposeSecret as _;

use super::content::Link;
use crate::aws::error::causes;
use crate::aws::http::connector;

/// Until the first bytes arrive.
const ANSWER: Duration = Duration::from_secs(20);

/// Follows links. A link is a secret: no error and no log has it.
#[derive(Clone, Debug)]
pub(super) struct Links(Arc<Connector>);

impl Links {
    pub(super) fn new(config: &SdkConfig) -> Self {
        Self(Arc::new(connector(config, ANSWER)))
    }

    /// Opens the file that a link leads to.
    ///
    /// # Errors
    /// `Unreachable`; `Upstream` when it is refused.
    pub(super) async fn open(&self, link: Link) -> Result<FileBody, ApiError> {
        let request = HttpRequest::get(link.url.expose_secret()).map_err(|_| no_link())?;
        let answer = self.0.call(request).await.map_err(|error| ApiError::Unreachable {
            message: if error.is_timeout() { "no answer in time".to_owned() } else { causes(&error) },
        })?;
        if !answer.status().is_success() {
            return Err(ApiError::Upstream {
                code: format!("HTTP {}", answer.status().as_u16()),
                message: "the file was not given".to_owned(),
                request_id: answer.headers().get("x-amz-request-id").map(str::to_owned),
            });
        }
        Ok(FileBody { name: link.name, size: link.size, body: Body::new(answer.into_body()) })
    }
}

fn no_link() -> ApiError {
    ApiError::Upstream {
        code: "InvalidLink".to_owned(),
        message: "the file's link is none".to_owned(),
        request_id: None,
    }
}
