//! What a request says of its payload, and the payload as it was before transfer.

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use s3s::dto::StreamingBlob;
use s3s::{S3Error, s3_error};

use super::chunked::{self, Trailers};
use super::errors::{failed, read_failed};
use crate::blobs::{Wanted, Written};
use crate::checksum::Algorithm;
use crate::random;
use crate::state::State;

const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const DECODED_LENGTH: HeaderName = HeaderName::from_static("x-amz-decoded-content-length");
/// S3: 5 GiB in one request.
const LARGEST: u64 = 5 * 1024 * 1024 * 1024;

/// Undoes `aws-chunked`, and leaves the trailers-to-be with the request.
///
/// # Errors
/// `MissingContentLength` when the payload's own length is not told.
pub(super) fn unwrap(parts: &mut Parts, body: Body) -> Result<Body, S3Error> {
    let streaming = parts
        .headers
        .get(CONTENT_SHA256)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("STREAMING-"));
    if !streaming {
        return Ok(body);
    }
    let length = parts
        .headers
        .remove(DECODED_LENGTH)
        .ok_or_else(|| s3_error!(MissingContentLength, "You must provide the Content-Length HTTP header."))?;
    parts.headers.insert(header::CONTENT_LENGTH, length);
    let trailers = Trailers::default();
    parts.extensions.insert(trailers.clone());
    Ok(Body::from_stream(chunked::decode(body.into_data_stream(), trailers)))
}

/// What a request says that its payload is.
pub(super) struct Stated {
    length: Option<u64>,
    md5: Option<Vec<u8>>,
    sha256: Option<String>,
    algorithm: Option<Algorithm>,
    checksum: Option<String>,
    trailers: Option<Trailers>,
}

impl Stated {
    /// Reads what the headers say.
    ///
    /// # Errors
    /// `InvalidDigest` and `EntityTooLarge`.
    pub(super) fn read(headers: &HeaderMap, trailers: Option<&Trailers>) -> Result<Self, S3Error> {
        let text = |name: &str| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let length = text("content-length").and_then(|length| length.parse().ok());
        if length.is_some_and(|length| length > LARGEST) {
            return Err(s3_error!(EntityTooLarge, "Your proposed upload exceeds the maximum allowed size"));
        }
        let md5 = text("content-md5").map(|sum| STANDARD.decode(sum)).transpose().ok();
        let md5 = md5.filter(|sum| sum.as_ref().is_none_or(|sum| sum.len() == 16));
        let md5 =
            md5.ok_or_else(|| s3_error!(InvalidDigest, "The Content-MD5 you specified is not valid."))?;
        let trailer = text("x-amz-trailer").unwrap_or_default();
        let trails = |name: &str| trailer.split(',').any(|told| told.trim().eq_ignore_ascii_case(name));
        let algorithm = Algorithm::ALL
            .into_iter()
            .find(|algorithm| text(algorithm.header()).is_some() || trails(algorithm.header()))
            .or_else(|| Algorithm::named(text("x-amz-sdk-checksum-algorithm")?));
        let sha256 = text(CONTENT_SHA256.as_str()).filter(|sum| sum.len() == 64);
        Ok(Self {
            length,
            md5,
            sha256: sha256.map(str::to_lowercase),
            algorithm,
            checksum: algorithm.and_then(|algorithm| text(algorithm.header())).map(str::to_owned),
            trailers: trailers.cloned(),
        })
    }

    /// The algorithm that the request has a checksum of.
    pub(super) fn algorithm(&self) -> Option<Algorithm> {
        self.algorithm
    }

    /// Writes the payload as a new blob and checks it against all that was said of it.
    ///
    /// # Errors
    /// `IncompleteBody`, `BadDigest`, `XAmzContentSHA256Mismatch`, `InternalError`; the blob is gone then.
    pub(super) async fn write(
        &self,
        state: &State,
        body: Option<StreamingBlob>,
        keep: Algorithm,
    ) -> Result<Written, S3Error> {
        let file = random::uuid(state.random());
        let wanted = Wanted { checksum: Some(keep), sha256: self.sha256.is_some() };
        let written = match body {
            Some(body) => state.blobs().write(file, body, wanted).await,
            None => state.blobs().write(file, s3s::Body::empty(), wanted).await,
        };
        let written = written.map_err(read_failed)?;
        let checked = match self.algorithm {
            // S3 keeps the upload's algorithm; what a part brings of another is not compared.
            Some(algorithm) if algorithm != keep => self.check(&written, None),
            _ => self.check(&written, written.checksum.as_deref()),
        };
        if let Err(error) = checked {
            state.blobs().remove(&[written.file]).await;
            return Err(error);
        }
        Ok(written)
    }

    fn check(&self, written: &Written, checksum: Option<&str>) -> Result<(), S3Error> {
        if self.length.is_some_and(|length| length != written.size) {
            return Err(s3_error!(
                IncompleteBody,
                "You did not provide the number of bytes specified by the Content-Length HTTP header"
            ));
        }
        if self.md5.as_ref().is_some_and(|md5| *md5 != written.md5) {
            return Err(s3_error!(
                BadDigest,
                "The Content-MD5 you specified did not match what we received."
            ));
        }
        let hex = written.sha256.map(|sum| sum.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
        if self.sha256.is_some() && self.sha256 != hex {
            return Err(failed(
                "XAmzContentSHA256Mismatch",
                400,
                "The provided 'x-amz-content-sha256' header does not match what was computed.",
            ));
        }
        let (Some(algorithm), Some(checksum)) = (self.algorithm, checksum) else { return Ok(()) };
        let trailer = || self.trailers.as_ref()?.get(algorithm.header());
        let stated = self.checksum.clone().or_else(trailer);
        if stated.is_some_and(|stated| stated != checksum) {
            return Err(s3_error!(
                BadDigest,
                "The {} you specified did not match the calculated checksum.",
                algorithm.name()
            ));
        }
        Ok(())
    }
}
