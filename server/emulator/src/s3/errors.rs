//! Errors as S3 answers them.

use std::io;

use axum::http::StatusCode;
use s3s::{S3Error, S3ErrorCode, s3_error};

/// An error with a code that `s3s` does not name.
pub(super) fn failed(code: &'static str, status: u16, message: &'static str) -> S3Error {
    let mut error = S3Error::with_message(S3ErrorCode::Custom(code.into()), message);
    error.set_status_code(StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST));
    error
}

/// The store's failure.
pub(super) fn store_failed(error: sqlx::Error) -> S3Error {
    tracing::error!(%error, "the emulator's store failed");
    s3_error!(InternalError, "We encountered an internal error. Please try again.")
}

/// A body that could not be read, or a disk that could not be written.
pub(super) fn read_failed(error: io::Error) -> S3Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => s3_error!(
            IncompleteBody,
            "You did not provide the number of bytes specified by the Content-Length HTTP header"
        ),
        io::ErrorKind::InvalidData => s3_error!(InvalidRequest, "The body is not well-formed aws-chunked."),
        _ => {
            tracing::error!(%error, "the emulator's blobs failed");
            s3_error!(InternalError, "We encountered an internal error. Please try again.")
        }
    }
}

/// A copy of which not all was read or written. Asked again, the client gets what has taken the source's place.
pub(super) fn copy_failed(error: io::Error) -> S3Error {
    tracing::error!(%error, "an object could not be copied");
    s3_error!(InternalError, "We encountered an internal error. Please try again.")
}

pub(super) fn no_such_bucket() -> S3Error {
    s3_error!(NoSuchBucket, "The specified bucket does not exist")
}

pub(super) fn no_such_key() -> S3Error {
    s3_error!(NoSuchKey, "The specified key does not exist.")
}

pub(super) fn no_such_upload() -> S3Error {
    s3_error!(
        NoSuchUpload,
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been \
         aborted or completed."
    )
}

pub(super) fn precondition_failed() -> S3Error {
    s3_error!(PreconditionFailed, "At least one of the pre-conditions you specified did not hold")
}

pub(super) fn invalid_argument(message: &'static str) -> S3Error {
    s3_error!(InvalidArgument, "{message}")
}
