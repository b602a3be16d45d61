//! The SDK's errors as the console's.

use std::error::Error;

use aws_sdk_ssm::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ssm::operation::RequestId as _;
use domain::errors::ApiError;

/// Codes with which AWS asks for fewer requests. The services have no common list; the first eleven are those of the
/// SDK's own retries that SSM, IAM and STS can send.
const THROTTLING: [&str; 12] = [
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "RequestThrottled",
    "TooManyRequestsException",
    "TooManyRequests",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "SlowDown",
    "PriorRequestNotComplete",
    "TooManyUpdates",
];

/// The error without any of the request's or response's body.
pub fn api_error<E: ProvideErrorMetadata + Error + 'static>(error: SdkError<E>) -> ApiError {
    let request_id = error.request_id().map(str::to_owned);
    match &error {
        SdkError::ServiceError(context) => {
            let status = context.raw().status().as_u16();
            upstream(context.err().meta().code(), context.err().meta().message(), status, request_id)
        }
        SdkError::ResponseError(context) => ApiError::Upstream {
            code: format!("HTTP {}", context.raw().status().as_u16()),
            message: "the answer is not one that AWS gives".to_owned(),
            request_id,
        },
        // What went wrong before a request was sent is most often that credentials ran out.
        SdkError::TimeoutError(_) => ApiError::Unreachable { message: "no answer in time".to_owned() },
        _ => ApiError::Unreachable { message: causes(&error) },
    }
}

/// Whether the code is one of those with which AWS asks for fewer requests.
pub fn is_throttling(code: &str) -> bool {
    THROTTLING.contains(&code)
}

fn upstream(code: Option<&str>, message: Option<&str>, status: u16, request_id: Option<String>) -> ApiError {
    match code {
        Some(code) if is_throttling(code) => ApiError::Throttled,
        None if status == 429 => ApiError::Throttled,
        code => ApiError::Upstream {
            code: code.map_or_else(|| format!("HTTP {status}"), str::to_owned),
            message: message.unwrap_or_default().to_owned(),
            request_id,
        },
    }
}

/// What each cause in the chain says, outermost first. The chain of an error before or while sending holds addresses
/// and operating system errors, never a body.
pub fn causes(error: &(dyn Error + 'static)) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        if parts.last().is_none_or(|last| !last.contains(&text)) {
            parts.push(text);
        }
        next = cause.source();
    }
    if parts.is_empty() { error.to_string() } else { parts.join(": ") }
}
