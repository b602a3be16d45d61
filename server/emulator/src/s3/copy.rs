//! `CopyObject` and `UploadPartCopy`: the bytes are read and written again, so `ETag` and checksum are the copy's own.

use s3s::dto::*;
use s3s::{S3Error, S3Request, S3Response, S3Result, s3_error};
use std::{io, ops};

use super::buckets::must_exist;
use super::conditions::Reading;
use super::errors::{copy_failed, invalid_argument};
use super::get::{find, pieces};
use super::headers::{self, etag, hex, timestamp};
use super::put::{FULL_OBJECT, algorithm_of, check_number, open_upload, store, store_part, whole};
use crate::blobs::{Wanted, Written};
use crate::checksum::{self, Algorithm, with_checksum};
use crate::random;
use crate::state::State;
use crate::store::{Blob, NewObject, Object};

fn source(source: &CopySource) -> Result<(&str, &str), S3Error> {
    match source {
        CopySource::Bucket { bucket, key, version_id: None } => Ok((bucket, key)),
        _ => Err(s3_error!(NotImplemented, "A copy source is a bucket and a key.")),
    }
}

/// Writes these bytes as a new blob.
///
/// # Errors
/// `InternalError` when not all of them are there to be read: the source was written over or deleted in the meantime.
async fn write(state: &State, blobs: &[Blob], bytes: &ops::Range<u64>, keep: Algorithm) -> S3Result<Written> {
    let body = Box::pin(state.blobs().stream(pieces(blobs, bytes)));
    let wanted = Wanted { checksum: Some(keep), sha256: false };
    let written = state.blobs().write(random::uuid(state.random()), body, wanted).await;
    let written = written.map_err(copy_failed)?;
    if written.size != bytes.end - bytes.start {
        state.blobs().remove(&[written.file]).await;
        return Err(copy_failed(io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(written)
}

fn all(object: &Object) -> ops::Range<u64> {
    0..u64::try_from(object.size).unwrap_or_default()
}

pub(super) async fn copy_object(
    state: &State,
    request: S3Request<CopyObjectInput>,
) -> S3Result<S3Response<CopyObjectOutput>> {
    let input = request.input;
    let (bucket, key) = source(&input.copy_source)?;
    must_exist(state, &input.bucket).await?;
    let (original, blobs) = find(state, bucket, key).await?;
    let reading = Reading {
        if_match: input.copy_source_if_match,
        if_none_match: input.copy_source_if_none_match,
        if_modified_since: input.copy_source_if_modified_since,
        if_unmodified_since: input.copy_source_if_unmodified_since,
    };
    reading.check_source(&original)?;
    let replace =
        input.metadata_directive.is_some_and(|directive| directive.as_str() == MetadataDirective::REPLACE);
    if !replace && (bucket, key) == (&*input.bucket, &*input.key) {
        return Err(s3_error!(
            InvalidRequest,
            "This copy request is illegal because it is trying to copy an object to itself without changing the \
             object's metadata, storage class, website redirect location or encryption attributes."
        ));
    }
    let algorithm =
        input.checksum_algorithm.as_ref().map_or(&*original.checksum_algorithm, ChecksumAlgorithm::as_str);
    let algorithm = Algorithm::named(algorithm).unwrap_or(Algorithm::DEFAULT);
    let (kept, metadata) = match replace {
        true => (headers::kept(&request.headers), headers::metadata(&request.headers)?),
        false => (original.headers.0.clone(), original.metadata.0.clone()),
    };
    let written = write(state, &blobs, &all(&original), algorithm).await?;
    let copy = NewObject {
        bucket: input.bucket,
        key: input.key,
        headers: kept,
        metadata,
        ..whole(state, &written, algorithm)
    };
    store(state, &copy, None).await?;
    let sum = checksum::answered(algorithm, &copy.checksum, FULL_OBJECT);
    let result = with_checksum!(sum => CopyObjectResult {
        checksum_type: sum.checksum_type,
        e_tag: etag(&copy.etag),
        last_modified: timestamp(copy.now),
    });
    Ok(S3Response::new(CopyObjectOutput { copy_object_result: Some(result), ..CopyObjectOutput::default() }))
}

pub(super) async fn upload_part_copy(
    state: &State,
    request: S3Request<UploadPartCopyInput>,
) -> S3Result<S3Response<UploadPartCopyOutput>> {
    let input = request.input;
    let upload = open_upload(state, &input.bucket, &input.key, &input.upload_id).await?;
    check_number(input.part_number)?;
    let (bucket, key) = source(&input.copy_source)?;
    let (original, blobs) = find(state, bucket, key).await?;
    let reading = Reading {
        if_match: input.copy_source_if_match,
        if_none_match: input.copy_source_if_none_match,
        if_modified_since: input.copy_source_if_modified_since,
        if_unmodified_since: input.copy_source_if_unmodified_since,
    };
    reading.check_source(&original)?;
    let bytes = match input.copy_source_range {
        Some(range) => cut(&range, &original)?,
        None => all(&original),
    };
    let algorithm = algorithm_of(&upload);
    let written = write(state, &blobs, &bytes, algorithm).await?;
    let part = store_part(state, &upload, input.part_number, written).await?;
    let sum = checksum::answered(algorithm, &part.checksum, FULL_OBJECT);
    let result = with_checksum!(sum => CopyPartResult {
        e_tag: etag(&hex(&part.md5)),
        last_modified: timestamp(part.modified_at),
    });
    Ok(S3Response::new(UploadPartCopyOutput {
        copy_part_result: Some(result),
        ..UploadPartCopyOutput::default()
    }))
}

/// A copied range names both ends, within the source.
fn cut(range: &str, object: &Object) -> Result<ops::Range<u64>, S3Error> {
    let error = || {
        invalid_argument(
            "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the \
             zero-based offsets of the first and last bytes to copy",
        )
    };
    let Ok(Range::Int { first, last: Some(last) }) = Range::parse(range) else { return Err(error()) };
    let bytes = first..last + 1;
    if bytes.end > all(object).end { Err(error()) } else { Ok(bytes) }
}
