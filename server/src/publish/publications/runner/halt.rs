//! How work on a publication ends before it is done.

use domain::errors::ApiError;
use domain::packages::publications::Failure;

/// Why work on a publication has ended.
pub(super) enum Halt {
    /// It came to nothing.
    Failed(Failure),
    /// The program ends, or another instance has taken it up: it stays as it is.
    LetGo,
}

impl From<Failure> for Halt {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<ApiError> for Halt {
    fn from(error: ApiError) -> Self {
        Self::Failed(Failure::Aws { error })
    }
}

impl From<sqlx::Error> for Halt {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "a publication could not be noted");
        Self::LetGo
    }
}
