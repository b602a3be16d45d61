//! What is kept with an object beside its bytes, and given back with them.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use s3s::dto::{ETag, Metadata, Timestamp};
use s3s::{S3Error, s3_error};
use time::OffsetDateTime;

use crate::store::Names;

const KEPT: [&str; 6] = [
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-type",
    "expires",
];
const METADATA: &str = "x-amz-meta-";
/// S3: names and values of metadata together.
const MOST_METADATA: usize = 2 * 1024;

/// The headers of a request that stay with its object.
pub(super) fn kept(headers: &HeaderMap) -> Names {
    let mut kept: Names = KEPT
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), headers.get(*name)?.to_str().ok()?.to_owned())))
        .collect();
    if let Some(encoding) = kept.remove("content-encoding") {
        let encodings = encoding.split(',').map(str::trim).filter(|encoding| *encoding != "aws-chunked");
        let encoding = encodings.collect::<Vec<_>>().join(",");
        if !encoding.is_empty() {
            kept.insert("content-encoding".to_owned(), encoding);
        }
    }
    kept.entry("content-type".to_owned()).or_insert_with(|| "binary/octet-stream".to_owned());
    kept
}

/// The metadata of a request.
///
/// # Errors
/// `MetadataTooLarge`.
pub(super) fn metadata(headers: &HeaderMap) -> Result<Names, S3Error> {
    let metadata: Names = headers
        .iter()
        .filter_map(|(name, value)| {
            let name = name.as_str().strip_prefix(METADATA).filter(|name| !name.is_empty())?;
            Some((name.to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        })
        .collect();
    if metadata.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>() > MOST_METADATA {
        return Err(s3_error!(
            MetadataTooLarge,
            "Your metadata headers exceed the maximum allowed metadata size"
        ));
    }
    Ok(metadata)
}

/// The kept headers as an answer's.
pub(super) fn answered(kept: &Names) -> HeaderMap {
    kept.iter()
        .filter_map(|(name, value)| {
            Some((name.parse::<HeaderName>().ok()?, HeaderValue::from_str(value).ok()?))
        })
        .collect()
}

/// Metadata as an answer's.
pub(super) fn answered_metadata(metadata: &Names) -> Option<Metadata> {
    (!metadata.is_empty()).then(|| metadata.clone().into_iter().collect())
}

/// A time of the store as an answer's.
pub(super) fn timestamp(millis: i64) -> Option<Timestamp> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000).ok().map(Timestamp::from)
}

/// An `ETag` as an answer's.
pub(super) fn etag(text: &str) -> Option<ETag> {
    Some(ETag::Strong(text.to_owned()))
}

/// Bytes in lower-case hexadecimal digits, as `ETags` are written.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
