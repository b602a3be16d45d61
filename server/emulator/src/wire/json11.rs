//! AWS JSON 1.1: `X-Amz-Target` names the operation, the body is its input.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::call::Call;
use super::errors::ServiceError;
use super::sigv4;
use crate::ssm;
use crate::validate::{self, Member};

const TARGET_PREFIX: &str = "AmazonSSM.";

/// One operation of Systems Manager.
pub(crate) trait Operation {
    /// Its name after `AmazonSSM.`.
    const NAME: &'static str;
    /// Whether a request without a signature is refused.
    const SIGNED: bool = true;
    /// What its input may be.
    const INPUT: &'static [Member];
    /// Its input, read after the check.
    type Input: DeserializeOwned;

    /// Does it.
    async fn run(call: &Call, input: Self::Input) -> Result<Value, ServiceError>;
}

/// Answers one JSON request.
pub(super) async fn serve(call: Call) -> Response {
    let target = call.header("x-amz-target").unwrap_or_default().to_owned();
    let outcome = match target.strip_prefix(TARGET_PREFIX) {
        Some(operation) => ssm::dispatch(operation, call).await,
        None => None,
    };
    match outcome.unwrap_or_else(|| Err(ServiceError::bare("UnknownOperationException"))) {
        Ok(output) => answer(StatusCode::OK, &output),
        Err(error) => failure(&error),
    }
}

/// Refuses a request that was too large to be read.
pub(super) fn refuse_too_large() -> Response {
    let error = ServiceError::new("RequestEntityTooLargeException", "The request is too large.");
    failure(&error.status(413))
}

/// Checks a call's signature and input, and runs the operation.
pub(crate) async fn invoke<O: Operation>(mut call: Call) -> Result<Value, ServiceError> {
    call.authorization = sigv4::authorization(&call.headers)?;
    if O::SIGNED {
        match &call.authorization {
            None => {
                return Err(ServiceError::new(
                    "MissingAuthenticationTokenException",
                    "Missing Authentication Token",
                ));
            }
            Some(signed) if signed.service != "ssm" => {
                let message = "Credential should be scoped to correct service: 'ssm'.";
                return Err(ServiceError::new("InvalidSignatureException", message));
            }
            Some(_) => {}
        }
    }
    let input = if call.body.is_empty() { json!({}) } else { read(&call.body)? };
    validate::check(O::INPUT, &input)?;
    let input = serde_json::from_value(input).map_err(|_| ServiceError::bare("SerializationException"))?;
    O::run(&call, input).await
}

fn read(body: &[u8]) -> Result<Value, ServiceError> {
    serde_json::from_slice(body).map_err(|_| ServiceError::bare("SerializationException"))
}

fn failure(error: &ServiceError) -> Response {
    let mut body = json!({"__type": error.code});
    if let Some(message) = &error.message {
        body[message_member(error.code)] = Value::from(message.as_str());
    }
    answer(StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_REQUEST), &body)
}

/// The model writes `Message` in its own errors but for two; the common errors of all services write `message`.
fn message_member(code: &str) -> &'static str {
    match code {
        "InvalidInstanceInformationFilterValue"
        | "InvalidInstancePropertyFilterValue"
        | "IncompleteSignatureException"
        | "InvalidSignatureException"
        | "MissingAuthenticationTokenException"
        | "RequestEntityTooLargeException"
        | "SerializationException"
        | "ValidationException" => "message",
        _ => "Message",
    }
}

fn answer(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/x-amz-json-1.1")], body.to_string()).into_response()
}
