//! EC2, as far as the node list needs it. Its dialect of the query protocol counts list elements without `member`, has no
//! result element, and wraps errors otherwise.

mod describe_instances;
mod input;

use axum::http::StatusCode;
use quick_xml::escape::partial_escape;

use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::query::{Form, authorize};

/// Its API version, by which its requests are told.
pub(crate) const VERSION: &str = "2016-11-15";
const NAMESPACE: &str = "http://ec2.amazonaws.com/doc/2016-11-15/";

/// Answers one request.
pub(crate) async fn serve(action: &str, call: &Call, form: &Form, request_id: &str) -> (StatusCode, String) {
    match run(action, call, form).await {
        Ok(body) => (
            StatusCode::OK,
            format!(
                "<{action}Response xmlns=\"{NAMESPACE}\"><requestId>{request_id}</requestId>{body}</{action}Response>"
            ),
        ),
        Err(error) => failure(&error, request_id),
    }
}

/// Writes an error.
pub(crate) fn failure(error: &ServiceError, request_id: &str) -> (StatusCode, String) {
    let code = if error.status < 500 { error.code } else { "InternalError" };
    let message = partial_escape(error.message.as_deref().unwrap_or_default());
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_REQUEST);
    let body = format!(
        "<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors>\
         <RequestID>{request_id}</RequestID></Response>"
    );
    (status, body)
}

async fn run(action: &str, call: &Call, form: &Form) -> Result<String, ServiceError> {
    authorize(call, "ec2").map_err(in_its_words)?;
    match action {
        "DescribeInstances" => describe_instances::run(call, form).await,
        _ => {
            let message = format!("The action {action} is not valid for this web service.");
            Err(ServiceError::new("InvalidAction", message))
        }
    }
}

/// What every service checks has names of EC2's own.
fn in_its_words(error: ServiceError) -> ServiceError {
    match error.code {
        "MissingAuthenticationToken" => {
            ServiceError::new("MissingParameter", "The request must contain the parameter AWSAccessKeyId")
        }
        "SignatureDoesNotMatch" => {
            let message = "AWS was not able to validate the provided access credentials";
            ServiceError::new("AuthFailure", message).status(401)
        }
        _ => error,
    }
}
