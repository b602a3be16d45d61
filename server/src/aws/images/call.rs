//! `DescribeInstances` on the wire: the query protocol as EC2 speaks it.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use app::ports::Clock;
use aws_config::SdkConfig;
use aws_config::timeout::TimeoutConfig;
use aws_credential_types::provider::ProvideCredentials as _;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_http_client::Connector;
use aws_smithy_runtime_api::client::http::HttpConnector as _;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::http::StatusCode;
use aws_types::service_config::ServiceConfigKey;
use domain::errors::ApiError;
use serde::Deserialize;

use crate::aws::error::{causes, upstream};
use crate::aws::http::connector;

/// Until the answer begins.
const ANSWER: Duration = Duration::from_secs(10);
/// From the credentials to the answer's last byte, where nothing is configured.
const WHOLE: Duration = Duration::from_secs(30);
const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

/// EC2 of one account and Region.
pub(super) struct Ec2 {
    config: SdkConfig,
    clock: Arc<dyn Clock>,
    connector: Connector,
}

impl std::fmt::Debug for Ec2 {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Ec2").finish_non_exhaustive()
    }
}

impl Ec2 {
    pub(super) fn new(config: &SdkConfig, clock: Arc<dyn Clock>) -> Self {
        Self { config: config.clone(), clock, connector: connector(config, ANSWER) }
    }

    /// A page of what EC2 knows of these instances; it passes over ids that it does not know.
    ///
    /// # Errors
    /// `Throttled`, `Upstream`, `Unreachable`.
    pub(super) async fn describe_instances(
        &self,
        ids: &[String],
        token: Option<&str>,
    ) -> Result<Instances, ApiError> {
        // The SDKs' own calls have this limit; without one, an answer that stalls would end the refreshes.
        let limit = self.config.timeout_config().and_then(TimeoutConfig::operation_timeout).unwrap_or(WHOLE);
        let answered = tokio::time::timeout(limit, self.ask(form(ids, token))).await;
        answered.unwrap_or_else(|_| Err(late()))
    }

    async fn ask(&self, form: String) -> Result<Instances, ApiError> {
        let request = self.signed(form).await?;
        let answer = self.connector.call(request).await;
        let answer =
            answer.map_err(|error| if error.is_timeout() { late() } else { unsent(&causes(&error)) })?;
        let status = answer.status();
        let body = axum::body::to_bytes(axum::body::Body::new(answer.into_body()), LARGEST).await;
        let body = body.map_err(|error| ApiError::Unreachable { message: error.to_string() })?;
        read(status, &String::from_utf8_lossy(&body))
    }

    async fn signed(&self, body: String) -> Result<HttpRequest, ApiError> {
        let region = self.config.region().map_or("us-east-1", |region| region.as_ref()).to_owned();
        let provider = self.config.credentials_provider().ok_or_else(|| unsent("no credentials"))?;
        let credentials = provider.provide_credentials().await.map_err(|error| unsent(&causes(&error)))?;
        let identity = credentials.into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&region)
            .name("ec2")
            .time(SystemTime::from(self.clock.now()))
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| unsent(&error.to_string()))?
            .into();
        let endpoint = self.endpoint(&region);
        let headers = [("content-type", FORM)].into_iter();
        let signable = SignableRequest::new("POST", &endpoint, headers, SignableBody::Bytes(body.as_bytes()))
            .map_err(|error| unsent(&error.to_string()))?;
        let (instructions, _) =
            sign(signable, &parameters).map_err(|error| unsent(&error.to_string()))?.into_parts();
        let mut request = HttpRequest::new(body.into());
        request.set_method("POST").map_err(|error| unsent(&error.to_string()))?;
        request.set_uri(endpoint).map_err(|error| unsent(&error.to_string()))?;
        request.headers_mut().insert("content-type", FORM);
        for (name, value) in instructions.headers() {
            request.headers_mut().insert(name.to_owned(), value.to_owned());
        }
        Ok(request)
    }

    /// As the SDKs find it: AWS's own variables and files first, then the Region's.
    fn endpoint(&self, region: &str) -> String {
        let key = ServiceConfigKey::builder()
            .service_id("EC2")
            .env("AWS_ENDPOINT_URL")
            .profile("endpoint_url")
            .build()
            .ok();
        let for_ec2 = self.config.service_config().zip(key).and_then(|(config, key)| config.load_config(key));
        let given = for_ec2.or_else(|| self.config.endpoint_url().map(str::to_owned));
        let fips = if self.config.use_fips() == Some(true) { "-fips" } else { "" };
        let domain = match (self.config.use_dual_stack(), region.starts_with("cn-")) {
            (Some(true), true) => "api.amazonwebservices.com.cn",
            (Some(true), false) => "api.aws",
            (_, true) => "amazonaws.com.cn",
            (_, false) => "amazonaws.com",
        };
        let endpoint = given.unwrap_or_else(|| format!("https://ec2{fips}.{region}.{domain}"));
        format!("{}/", endpoint.trim_end_matches('/'))
    }
}

/// Far above what a page of 1,000 instances takes.
const LARGEST: usize = 32 * 1024 * 1024;

fn form(ids: &[String], token: Option<&str>) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("Action", "DescribeInstances").append_pair("Version", "2016-11-15");
    form.append_pair("Filter.1.Name", "instance-id");
    for (index, id) in ids.iter().enumerate() {
        form.append_pair(&format!("Filter.1.Value.{}", index + 1), id);
    }
    form.append_pair("MaxResults", "1000");
    if let Some(token) = token {
        form.append_pair("NextToken", token);
    }
    form.finish()
}

fn unsent(reason: &str) -> ApiError {
    ApiError::Unreachable { message: reason.to_owned() }
}

fn late() -> ApiError {
    ApiError::Unreachable { message: "no answer in time".to_owned() }
}

/// What EC2 answers, as far as it is read.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Instances {
    #[serde(rename = "reservationSet", default)]
    reservations: Items<Reservation>,
    /// Where the next page begins.
    #[serde(rename = "nextToken")]
    pub(super) next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Items<T> {
    #[serde(rename = "item", default = "Vec::new")]
    items: Vec<T>,
}

impl<T> Default for Items<T> {
    fn default() -> Self {
        Self { items: Vec::new() }
    }
}

#[derive(Debug, Deserialize)]
struct Reservation {
    #[serde(rename = "instancesSet", default)]
    instances: Items<Instance>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Instance {
    instance_id: String,
    image_id: Option<String>,
}

impl Instances {
    /// Each instance's id and image.
    pub(super) fn images(&self) -> impl Iterator<Item = (String, String)> + '_ {
        let instances = self.reservations.items.iter().flat_map(|reservation| &reservation.instances.items);
        instances.filter_map(|instance| Some((instance.instance_id.clone(), instance.image_id.clone()?)))
    }
}

#[derive(Debug, Default, Deserialize)]
struct Refusal {
    #[serde(rename = "Errors")]
    errors: Errors,
    #[serde(rename = "RequestID")]
    request_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Errors {
    #[serde(rename = "Error")]
    error: Reason,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Reason {
    code: Option<String>,
    message: Option<String>,
}

fn read(status: StatusCode, body: &str) -> Result<Instances, ApiError> {
    if status.is_success() {
        return quick_xml::de::from_str(body).map_err(|_| ApiError::Upstream {
            code: format!("HTTP {}", status.as_u16()),
            message: "the answer is not one that AWS gives".to_owned(),
            request_id: None,
        });
    }
    let refusal: Refusal = quick_xml::de::from_str(body).unwrap_or_default();
    let Reason { code, message } = refusal.errors.error;
    Err(upstream(code.as_deref(), message.as_deref(), status.as_u16(), refusal.request_id))
}
