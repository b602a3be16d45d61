//! `GetObject` and `HeadObject`: whole, by range, by part, under conditions.

use s3s::dto::*;
use s3s::{S3Error, S3Request, S3Response, S3Result, s3_error};
use std::ops;

use super::buckets::must_exist;
use super::conditions::Reading;
use super::errors::{failed, no_such_key, store_failed};
use super::headers::{answered, answered_metadata, etag, timestamp};
use crate::blobs::Piece;
use crate::checksum::{self, Algorithm, with_checksum};
use crate::state::State;
use crate::store::{Blob, Object};

/// An object and its blobs.
///
/// # Errors
/// `NoSuchBucket` or `NoSuchKey`.
pub(super) async fn find(state: &State, bucket: &str, key: &str) -> S3Result<(Object, Vec<Blob>)> {
    if let Some(found) = state.store().object(bucket, key).await.map_err(store_failed)? {
        return Ok(found);
    }
    must_exist(state, bucket).await?;
    Err(no_such_key())
}

/// What is asked of an object, alike in both operations.
struct Asked {
    range: Option<Range>,
    part_number: Option<i32>,
    reading: Reading,
    checksum: bool,
}

/// What is found of it.
struct Found {
    object: Object,
    blobs: Vec<Blob>,
    bytes: ops::Range<u64>,
    /// Whether less than all was asked for.
    partial: bool,
    parts_count: Option<i32>,
    checksum: Checksum,
}

async fn look(state: &State, bucket: &str, key: &str, asked: Asked) -> S3Result<Found> {
    let (object, blobs) = find(state, bucket, key).await?;
    asked.reading.check(&object)?;
    let size = u64::try_from(object.size).unwrap_or_default();
    let bytes = match (asked.range, asked.part_number) {
        (Some(_), Some(_)) => {
            return Err(s3_error!(
                InvalidRequest,
                "Cannot specify both Range header and partNumber query parameter"
            ));
        }
        (Some(range), None) => range
            .check(size)
            .map_err(|_| s3_error!(InvalidRange, "The requested range is not satisfiable"))?,
        (None, Some(number)) => part(&blobs, number)?,
        (None, None) => 0..size,
    };
    let partial = asked.range.is_some() || asked.part_number.is_some();
    let sum = Algorithm::named(&object.checksum_algorithm).filter(|_| asked.checksum && !partial);
    let checksum = sum.map_or_else(Checksum::default, |algorithm| {
        checksum::answered(algorithm, &object.checksum, &object.checksum_type)
    });
    let in_parts = asked.part_number.is_some() && object.etag.contains('-');
    let parts_count = in_parts.then(|| i32::try_from(blobs.len()).unwrap_or(i32::MAX));
    Ok(Found { object, blobs, bytes, partial, parts_count, checksum })
}

/// The bytes of one part.
fn part(blobs: &[Blob], number: i32) -> Result<ops::Range<u64>, S3Error> {
    let index = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    let index = index
        .filter(|index| *index < blobs.len())
        .ok_or_else(|| failed("InvalidPartNumber", 416, "The requested partnumber is not satisfiable"))?;
    let length = |blob: &Blob| u64::try_from(blob.size).unwrap_or_default();
    let begin = blobs[..index].iter().map(length).sum();
    Ok(begin..begin + length(&blobs[index]))
}

/// The pieces of the blobs that make up these bytes.
pub(super) fn pieces(blobs: &[Blob], bytes: &ops::Range<u64>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    for blob in blobs {
        let end = begin + u64::try_from(blob.size).unwrap_or_default();
        let (from, to) = (bytes.start.max(begin), bytes.end.min(end));
        if from < to {
            pieces.push(Piece { file: blob.file.clone(), offset: from - begin, length: to - from });
        }
        begin = end;
    }
    pieces
}

impl Found {
    fn content_length(&self) -> Option<i64> {
        i64::try_from(self.bytes.end - self.bytes.start).ok()
    }

    fn content_range(&self) -> Option<String> {
        let Self { bytes, object, .. } = self;
        (self.partial && !bytes.is_empty())
            .then(|| format!("bytes {}-{}/{}", bytes.start, bytes.end - 1, object.size))
    }
}

pub(super) async fn get_object(
    state: &State,
    request: S3Request<GetObjectInput>,
) -> S3Result<S3Response<GetObjectOutput>> {
    let input = request.input;
    let asked = Asked {
        range: input.range,
        part_number: input.part_number,
        reading: Reading {
            if_match: input.if_match,
            if_none_match: input.if_none_match,
            if_modified_since: input.if_modified_since,
            if_unmodified_since: input.if_unmodified_since,
        },
        checksum: input.checksum_mode.is_some(),
    };
    let found = look(state, &input.bucket, &input.key, asked).await?;
    let body = state.blobs().body(pieces(&found.blobs, &found.bytes));
    let output = with_checksum!(found.checksum => GetObjectOutput {
        accept_ranges: Some("bytes".to_owned()),
        body: Some(StreamingBlob::from(s3s::Body::http_body_unsync(body))),
        content_length: found.content_length(),
        content_range: found.content_range(),
        e_tag: etag(&found.object.etag),
        last_modified: timestamp(found.object.modified_at),
        metadata: answered_metadata(&found.object.metadata),
        parts_count: found.parts_count,
        checksum_type: found.checksum.checksum_type,
        ..
    });
    Ok(S3Response::with_headers(output, answered(&found.object.headers)))
}

pub(super) async fn head_object(
    state: &State,
    request: S3Request<HeadObjectInput>,
) -> S3Result<S3Response<HeadObjectOutput>> {
    let input = request.input;
    let asked = Asked {
        range: input.range,
        part_number: input.part_number,
        reading: Reading {
            if_match: input.if_match,
            if_none_match: input.if_none_match,
            if_modified_since: input.if_modified_since,
            if_unmodified_since: input.if_unmodified_since,
        },
        checksum: input.checksum_mode.is_some(),
    };
    let found = look(state, &input.bucket, &input.key, asked).await?;
    let output = with_checksum!(found.checksum => HeadObjectOutput {
        accept_ranges: Some("bytes".to_owned()),
        content_length: found.content_length(),
        content_range: found.content_range(),
        e_tag: etag(&found.object.etag),
        last_modified: timestamp(found.object.modified_at),
        metadata: answered_metadata(&found.object.metadata),
        parts_count: found.parts_count,
        checksum_type: found.checksum.checksum_type,
        ..
    });
    Ok(S3Response::with_headers(output, answered(&found.object.headers)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_cut_from_the_blobs_that_hold_it() {
        let blobs = [("a", 3), ("b", 4), ("c", 2)].map(|(file, size)| Blob { file: file.to_owned(), size });
        let cut = |bytes| {
            let pieces = pieces(&blobs, &bytes);
            pieces.into_iter().map(|piece| (piece.file, piece.offset, piece.length)).collect::<Vec<_>>()
        };
        let of = |file: &str, offset, length| (file.to_owned(), offset, length);
        assert_eq!(cut(0..9), [of("a", 0, 3), of("b", 0, 4), of("c", 0, 2)]);
        assert_eq!(cut(2..8), [of("a", 2, 1), of("b", 0, 4), of("c", 0, 1)]);
        assert_eq!(cut(4..5), [of("b", 1, 1)]);
        assert_eq!(cut(3..3), []);
        assert_eq!(part(&blobs, 2).unwrap(), 3..7);
        assert!(part(&blobs, 0).is_err() && part(&blobs, 4).is_err());
    }
}
