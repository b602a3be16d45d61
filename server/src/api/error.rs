//! Errors as the API answers them.

use app::error_text::{error_text, rule_text};
use axum::Json;
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::errors::{ApiError, FieldError};
use domain::language::Language;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ErrorBody {
    /// Stable name of the kind: `unauthenticated`, `forbidden`, `not_found`, `invalid`, `not_publishable`, `conflict`,
    /// `idempotency_key_reused`, `throttled`, `upstream`, `unreachable`, `internal`.
    #[schema(example = "invalid")]
    pub code: String,
    /// A sentence for people.
    pub message: String,
    /// What is wrong with which field of the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub fields: Vec<FieldBody>,
    /// The error code of AWS, where AWS refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_code: Option<String>,
    /// What AWS's support asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_request_id: Option<String>,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldBody {
    /// Where it stands in the request.
    #[schema(example = "files.0.targets.1.platform")]
    pub field: String,
    /// Stable name of the rule that it breaks.
    #[schema(example = "begins_with")]
    pub code: String,
    /// A sentence for people.
    pub message: String,
}

/// An answer that is an error.
#[derive(Debug)]
pub struct Failure {
    status: u16,
    body: Box<ErrorBody>,
}

impl Failure {
    /// With a code of its own.
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        let body = ErrorBody {
            code: code.to_owned(),
            message: message.into(),
            fields: Vec::new(),
            aws_code: None,
            aws_request_id: None,
        };
        Self { status: status.as_u16(), body: Box::new(body) }
    }

    /// With what is wrong with which field.
    pub fn with_fields(mut self, fields: Vec<FieldBody>) -> Self {
        self.body.fields = fields;
        self
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self { status: error.status(), body: Box::new(body(&error)) }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self.body)).into_response();
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// The error in words.
pub fn body(error: &ApiError) -> ErrorBody {
    let message = match error {
        ApiError::Unauthenticated => "Send a token that works: Authorization: Bearer sekisho_…".to_owned(),
        ApiError::Conflict { reason } => reason.clone(),
        error => error_text(Language::En, error),
    };
    let (aws_code, aws_request_id) = match error {
        ApiError::Upstream { code, request_id, .. } => (Some(code.clone()), request_id.clone()),
        _ => (None, None),
    };
    let fields = match error {
        ApiError::Invalid { fields } => fields.iter().map(field).collect(),
        _ => Vec::new(),
    };
    ErrorBody { code: tag(error, "kind"), message, fields, aws_code, aws_request_id }
}

/// A field's error in words.
pub fn field(error: &FieldError) -> FieldBody {
    FieldBody {
        field: error.field.clone(),
        code: tag(&error.rule, "rule"),
        message: rule_text(Language::En, &error.rule),
    }
}

/// The name under which a value of several kinds is written: by its tag, or around it where it has none.
pub fn tag(value: &impl Serialize, name: &str) -> String {
    let tag = match serde_json::to_value(value) {
        Ok(Value::String(variant)) => Some(variant),
        Ok(Value::Object(fields)) => match fields.get(name) {
            Some(tag) => tag.as_str().map(str::to_owned),
            None => fields.keys().next().cloned(),
        },
        _ => None,
    };
    tag.unwrap_or_else(|| "internal".to_owned())
}

/// For addresses that the API does not have.
pub async fn no_route() -> Failure {
    ApiError::NotFound.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::errors::Rule;

    #[test]
    fn errors_have_a_code_a_sentence_and_their_fields() {
        let prefixes = vec!["Web-".to_owned()];
        let body = body(&ApiError::field("name", Rule::BeginsWith { prefixes }));
        assert_eq!((body.code.as_str(), body.fields.len()), ("invalid", 1));
        assert_eq!((body.fields[0].field.as_str(), body.fields[0].code.as_str()), ("name", "begins_with"));
        assert!(body.fields[0].message.contains("Web-"), "{body:?}");
        let upstream = ApiError::Upstream {
            code: "AccessDenied".to_owned(),
            message: "no".to_owned(),
            request_id: Some("r1".to_owned()),
        };
        let body = super::body(&upstream);
        assert_eq!(
            (body.aws_code.as_deref(), body.aws_request_id.as_deref()),
            (Some("AccessDenied"), Some("r1"))
        );
    }

    #[test]
    fn who_has_no_token_is_told_how_to_send_one() {
        let response = Failure::from(ApiError::Unauthenticated).into_response();
        assert_eq!(response.status(), 401);
        assert_eq!(response.headers()[WWW_AUTHENTICATE], "Bearer");
    }
}
