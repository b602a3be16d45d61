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

/// Codes with which AWS says that it has failed itself (5xx). What answers without a code is told by its status.
const FAILURES: [&str; 5] = [
    "InternalError",
    "InternalFailure",
    "InternalServerError",
    "ServiceUnavailable",
    "ServiceUnavailableException",
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

/// Whether what was asked for may be done in a moment: AWS wants fewer requests, is away, or has failed itself.
pub fn may_pass(error: &ApiError) -> bool {
    match error {
        ApiError::Throttled | ApiError::Unreachable { .. } => true,
        ApiError::Upstream { code, .. } => FAILURES.contains(&code.as_str()) || code.starts_with("HTTP 5"),
        _ => false,
    }
}

pub(super) fn upstream(
    code: Option<&str>,
    message: Option<&str>,
    status: u16,
    request_id: Option<String>,
) -> ApiError {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Aws;
    use crate::aws::testing::upstream::{Reply, Upstream};
    use crate::aws::testing::{ANY_PORT, connected_to, connected_to_silence};

    /// What listing activations comes to.
    async fn listing(aws: Aws) -> ApiError {
        let ssm = aws_sdk_ssm::Client::new(&aws.config);
        api_error(ssm.describe_activations().send().await.unwrap_err())
    }

    async fn listing_with(reply: Reply) -> ApiError {
        listing(connected_to(Upstream::start([reply]).await.address).await).await
    }

    #[tokio::test]
    async fn throttling_has_many_names() {
        for code in ["ThrottlingException", "Throttling", "TooManyUpdates", "TooManyRequestsException"] {
            let reply = Reply::ssm_error(code, "Rate exceeded");
            assert_eq!(listing_with(reply).await, ApiError::Throttled, "{code}");
        }
    }

    #[tokio::test]
    async fn a_refusal_keeps_awss_code_words_and_request_id() {
        let reply = Reply::ssm_error("com.amazonaws.ssm#AccessDeniedException", "not authorized");
        let expected = ApiError::Upstream {
            code: "AccessDeniedException".to_owned(),
            message: "not authorized".to_owned(),
            request_id: Some("request-7".to_owned()),
        };
        assert_eq!(listing_with(reply).await, expected);
    }

    #[tokio::test]
    async fn an_answer_that_is_none_is_not_repeated_to_anybody() {
        for status in [200, 502] {
            let error = listing_with(Reply::Answer(status, "<html>secret</html>".to_owned())).await;
            let ApiError::Upstream { code, .. } = &error else { panic!("{error:?}") };
            assert_eq!(*code, format!("HTTP {status}"));
            assert!(!format!("{error:?} {error}").contains("secret"), "{error:?}");
        }
    }

    #[tokio::test]
    async fn what_aws_fails_at_may_pass_and_what_it_refuses_does_not() {
        let failure = serde_json::json!({ "__type": "InternalServerError" }).to_string();
        for reply in [Reply::Answer(500, failure), Reply::Answer(503, String::new())] {
            let error = listing_with(reply).await;
            assert!(may_pass(&error), "{error:?}");
        }
        assert!(may_pass(&ApiError::Throttled));
        assert!(may_pass(&ApiError::Unreachable { message: String::new() }));
        for refused in [ApiError::NotFound, upstream(Some("AccessDenied"), None, 403, None)] {
            assert!(!may_pass(&refused), "{refused:?}");
        }
        assert!(!may_pass(&upstream(None, None, 403, None)));
    }

    #[tokio::test]
    async fn silence_is_unreachable() {
        let upstream = Upstream::start([Reply::Silence]).await;
        let expected = ApiError::Unreachable { message: "no answer in time".to_owned() };
        assert_eq!(listing(connected_to_silence(upstream.address).await).await, expected);
        assert_eq!(upstream.count(), 3, "reading may be tried again");
    }

    #[tokio::test]
    async fn a_closed_port_is_unreachable_and_named() {
        let closed = tokio::net::TcpListener::bind(ANY_PORT).await.unwrap().local_addr().unwrap();
        let ApiError::Unreachable { message } = listing(connected_to(closed).await).await else {
            panic!("unreachable")
        };
        assert!(message.contains("Connection refused"), "{message}");
    }
}
