//! The links of `AttachmentsContent`: addresses of the service's own copies, good for a quarter of an hour.

use aws_lc_rs::hmac;
use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use time::OffsetDateTime;
use time::macros::format_description;

use crate::blobs::Piece;
use crate::random;
use crate::state::State;
use crate::store::{Blob, Document};
use crate::wire::errors::ServiceError;

/// The bucket of Systems Manager itself, with the Region at its end.
const BUCKET: &str = "aws-ssm-document-attachments";
/// How long a link is good for, in seconds.
const LIFE: i64 = 15 * 60;

/// Whether a request follows a link that [`url`] made.
pub(crate) fn is_link(parts: &Parts) -> bool {
    parts.uri.path().strip_prefix('/').is_some_and(|path| path.starts_with(BUCKET))
}

/// A link to a file, at the address that the caller knows the emulator by.
///
/// # Errors
/// `InternalServerError` when the store fails.
pub(crate) async fn url(
    state: &State,
    host: &str,
    document: &Document,
    number: i64,
    file: &str,
) -> Result<String, ServiceError> {
    // What AWS itself publishes is of no account.
    let account = if document.account.is_empty() { "aws" } else { &document.account };
    let path = format!("/{BUCKET}-{}/{account}/{}/{number}/{file}", state.region(), document.name);
    let now = state.time();
    let expires = now.unix_timestamp() + LIFE;
    let signature = sign(state, &path, expires).await?;
    let format = format_description!("[year][month][day]T[hour][minute][second]Z");
    let date = now.format(&format).map_err(|_| ServiceError::internal())?;
    let key = random::unique_id(state.random(), "ASIA", 16);
    Ok(format!(
        "http://{host}{path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={key}%2F{}%2F{}%2Fs3%2Faws4_request\
         &X-Amz-Date={date}&X-Amz-Expires={LIFE}&X-Amz-SignedHeaders=host&X-Amz-Signature={signature}",
        &date[..8],
        state.region(),
    ))
}

/// The signature over a path and the second at which it expires.
async fn sign(state: &State, path: &str, expires: i64) -> Result<String, ServiceError> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &state.store().token_key().await?);
    let tag = hmac::sign(&key, format!("link\n{path}\n{expires}").as_bytes());
    Ok(tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Sends the file that a link leads to.
pub(crate) async fn serve(state: &State, parts: &Parts) -> Response {
    match find(state, parts).await {
        Ok(blobs) => send(state, parts, blobs),
        Err((status, code)) => {
            let body = format!("<Error><Code>{code}</Code></Error>");
            (status, [(header::CONTENT_TYPE, "application/xml")], body).into_response()
        }
    }
}

type Refusal = (StatusCode, &'static str);

const DENIED: Refusal = (StatusCode::FORBIDDEN, "AccessDenied");
const MISSING: Refusal = (StatusCode::NOT_FOUND, "NoSuchKey");
const FAILED: Refusal = (StatusCode::INTERNAL_SERVER_ERROR, "InternalError");

async fn find(state: &State, parts: &Parts) -> Result<Vec<Blob>, Refusal> {
    if ![Method::GET, Method::HEAD].contains(&parts.method) {
        return Err((StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed"));
    }
    let expires = expiry(parts).ok_or(DENIED)?;
    if expires < state.time().unix_timestamp() {
        return Err(DENIED);
    }
    let signature = sign(state, parts.uri.path(), expires).await.map_err(|_| FAILED)?;
    if parameter(parts, "X-Amz-Signature").as_deref() != Some(&*signature) {
        return Err(DENIED);
    }
    let path = percent_decode_str(parts.uri.path()).decode_utf8().map_err(|_| DENIED)?;
    let steps: Vec<_> = path.split('/').collect();
    let [_, _, account, name, number, file] = steps[..] else { return Err(MISSING) };
    let account = if account == "aws" { "" } else { account };
    let number = number.parse().map_err(|_| MISSING)?;
    let document = state.store().document(account, name).await.map_err(|_| FAILED)?.ok_or(MISSING)?;
    let blobs = state.store().attachment_blobs(document.id, number, file).await.map_err(|_| FAILED)?;
    if blobs.is_empty() { Err(MISSING) } else { Ok(blobs) }
}

fn parameter(parts: &Parts, name: &str) -> Option<String> {
    let query = parts.uri.query().unwrap_or_default().as_bytes();
    form_urlencoded::parse(query).find(|(found, _)| found == name).map(|(_, value)| value.into_owned())
}

fn expiry(parts: &Parts) -> Option<i64> {
    let format = format_description!("[year][month][day]T[hour][minute][second]Z");
    let date = time::PrimitiveDateTime::parse(&parameter(parts, "X-Amz-Date")?, &format).ok()?;
    let life: i64 = parameter(parts, "X-Amz-Expires")?.parse().ok()?;
    OffsetDateTime::unix_timestamp(date.assume_utc()).checked_add(life)
}

fn send(state: &State, parts: &Parts, blobs: Vec<Blob>) -> Response {
    let length = blobs.iter().map(|blob| blob.size).sum::<i64>().to_string();
    let pieces = blobs.into_iter().map(|blob| Piece {
        file: blob.file,
        offset: 0,
        length: u64::try_from(blob.size).unwrap_or_default(),
    });
    let body = match parts.method {
        Method::HEAD => Body::empty(),
        _ => state.blobs().body(pieces.collect()),
    };
    ([(header::CONTENT_TYPE, "binary/octet-stream"), (header::CONTENT_LENGTH, &*length)], body)
        .into_response()
}
