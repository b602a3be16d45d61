//! The query protocol of IAM, STS and EC2: a form goes in, XML comes out.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use quick_xml::escape::partial_escape;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::call::Call;
use super::errors::ServiceError;
use super::sigv4;
use crate::validate::{self, Member};
use crate::{ec2, iam, sts};

/// A service that speaks the query protocol.
pub(crate) struct Service {
    /// Its name in a credential's scope.
    pub(crate) name: &'static str,
    /// Its XML namespace.
    pub(crate) namespace: &'static str,
    /// Its API version.
    pub(crate) version: &'static str,
}

/// One action of a query service.
pub(crate) trait Action {
    /// Its name, the form's `Action`.
    const NAME: &'static str;
    /// The service it belongs to.
    const SERVICE: &'static Service;
    /// Whether its answer has a result element.
    const HAS_RESULT: bool = true;
    /// What its input may be.
    const INPUT: &'static [Member];
    /// Its input, read after the check.
    type Input: DeserializeOwned;
    /// Its result.
    type Output: Serialize;

    /// Does it.
    async fn run(call: &Call, input: Self::Input) -> Result<Self::Output, ServiceError>;
}

/// A list as the query protocol writes it: `<member>` elements.
#[derive(Debug, Serialize)]
pub(crate) struct Members<T> {
    member: Vec<T>,
}

impl<T> From<Vec<T>> for Members<T> {
    fn from(member: Vec<T>) -> Self {
        Self { member }
    }
}

/// A request's form.
pub(crate) type Form = BTreeMap<String, String>;

/// Answers one form request.
pub(super) async fn serve(call: Call, request_id: &str) -> Response {
    let form: Form = form_urlencoded::parse(&call.body).into_owned().collect();
    let action = form.get("Action").cloned().unwrap_or_default();
    // EC2 has a dialect of its own, which begins with how lists are written.
    if form.get("Version").is_some_and(|version| version == ec2::VERSION) {
        let (status, body) = ec2::serve(&action, &call, &form, request_id).await;
        return xml(status, body);
    }
    let (service, outcome) = match iam::dispatch(&action, &call, &form).await {
        Some(outcome) => (&iam::SERVICE, outcome),
        None => match sts::dispatch(&action, &call, &form).await {
            Some(outcome) => (&sts::SERVICE, outcome),
            None => (&iam::SERVICE, Err(unknown(&action, &form))),
        },
    };
    match outcome {
        Ok(body) => xml(StatusCode::OK, answer(service, &action, &body, request_id)),
        Err(error) => refusal(service, &error, request_id),
    }
}

/// Refuses a request whose form was too large to be read, as the service does that it was signed for.
pub(super) fn refuse_too_large(headers: &HeaderMap, request_id: &str) -> Response {
    let error = ServiceError::new("RequestEntityTooLarge", "The request is too large.").status(413);
    let signed = sigv4::authorization(headers).ok().flatten();
    match signed.as_ref().map_or("", |signed| signed.service.as_str()) {
        "ec2" => {
            let (status, body) = ec2::failure(&error, request_id);
            xml(status, body)
        }
        "sts" => refusal(&sts::SERVICE, &error, request_id),
        _ => refusal(&iam::SERVICE, &error, request_id),
    }
}

/// Checks an action's signature, version and input, runs it and writes its result element.
pub(crate) async fn invoke<A: Action>(call: &Call, form: &Form) -> Result<String, ServiceError> {
    authorize(call, A::SERVICE.name)?;
    if form.get("Version").is_none_or(|version| version != A::SERVICE.version) {
        return Err(unknown(A::NAME, form));
    }
    let input = validate::from_form(A::INPUT, form);
    validate::check(A::INPUT, &input).map_err(|invalid| {
        let message = ServiceError::from(invalid).message.unwrap_or_default();
        ServiceError::new("ValidationError", message)
    })?;
    let input = serde_json::from_value(input)
        .map_err(|_| ServiceError::new("MalformedInput", "The request cannot be read."))?;
    let output = A::run(call, input).await?;
    if !A::HAS_RESULT {
        return Ok(String::new());
    }
    quick_xml::se::to_string_with_root(&format!("{}Result", A::NAME), &output).map_err(|error| {
        tracing::error!(%error, action = A::NAME, "an answer cannot be written");
        ServiceError::internal()
    })
}

/// Whether the call is signed, and for this service.
///
/// # Errors
/// `IncompleteSignature`, `MissingAuthenticationToken`, `SignatureDoesNotMatch`.
pub(crate) fn authorize(call: &Call, service: &str) -> Result<(), ServiceError> {
    let signed = sigv4::authorization(&call.headers)
        .map_err(|error| ServiceError { code: "IncompleteSignature", ..error })?;
    match signed {
        None => {
            Err(ServiceError::new("MissingAuthenticationToken", "Request is missing Authentication Token")
                .status(403))
        }
        Some(signed) if signed.service != service => {
            let message = format!("Credential should be scoped to correct service: '{service}'. ");
            Err(ServiceError::new("SignatureDoesNotMatch", message).status(403))
        }
        Some(_) => Ok(()),
    }
}

fn unknown(action: &str, form: &Form) -> ServiceError {
    let version = form.get("Version").map_or("NO_VERSION_SPECIFIED", String::as_str);
    let message = format!("Could not find operation {action} for version {version}");
    ServiceError::new("InvalidAction", message)
}

fn answer(service: &Service, action: &str, result: &str, request_id: &str) -> String {
    let namespace = service.namespace;
    format!(
        "<{action}Response xmlns=\"{namespace}\">{result}<ResponseMetadata><RequestId>{request_id}\
         </RequestId></ResponseMetadata></{action}Response>"
    )
}

fn refusal(service: &Service, error: &ServiceError, request_id: &str) -> Response {
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_REQUEST);
    let (kind, code) = match error.status {
        500.. => ("Receiver", "ServiceFailure"),
        _ => ("Sender", error.code),
    };
    let message = partial_escape(error.message.as_deref().unwrap_or_default());
    let namespace = service.namespace;
    let body = format!(
        "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>{kind}</Type><Code>{code}</Code>\
         <Message>{message}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>"
    );
    xml(status, body)
}

fn xml(status: StatusCode, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, "text/xml")], body).into_response()
}
