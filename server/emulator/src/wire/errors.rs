//! Errors as the services answer them.

use crate::validate::Invalid;

/// An error that a service answers with: AWS's code, a sentence where the model has one, and the HTTP status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServiceError {
    pub(crate) code: &'static str,
    pub(crate) message: Option<String>,
    pub(crate) status: u16,
}

impl ServiceError {
    /// An error with a sentence, status 400.
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: Some(message.into()), status: 400 }
    }

    /// An error that the model gives no member, status 400.
    pub(crate) fn bare(code: &'static str) -> Self {
        Self { code, message: None, status: 400 }
    }

    /// The same with another HTTP status.
    pub(crate) fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// `ValidationException`, for what the model's tables cannot say.
    pub(crate) fn validation(message: impl Into<String>) -> Self {
        Self::new("ValidationException", message)
    }

    /// `AccessDeniedException`.
    pub(crate) fn access_denied(message: impl Into<String>) -> Self {
        Self::new("AccessDeniedException", message)
    }

    /// `InternalServerError`, when the emulator itself fails.
    pub(crate) fn internal() -> Self {
        Self::new("InternalServerError", "An internal error occurred.").status(500)
    }
}

impl From<sqlx::Error> for ServiceError {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "the emulator's store failed");
        Self::internal()
    }
}

impl From<Invalid> for ServiceError {
    fn from(invalid: Invalid) -> Self {
        match invalid {
            Invalid::Type(message) => Self::new("SerializationException", message),
            Invalid::Constraints(message) => Self::validation(message),
        }
    }
}
