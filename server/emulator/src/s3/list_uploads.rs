//! `ListMultipartUploads` and `ListParts`.

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result};

use super::buckets::{must_exist, owner};
use super::errors::store_failed;
use super::headers::{etag, hex, timestamp};
use super::list_objects::{Names, common_prefix, size};
use super::put::{FULL_OBJECT, algorithm_of, open_upload};
use crate::checksum::{self, with_checksum};
use crate::page::cut;
use crate::state::State;
use crate::store;

pub(super) async fn list_multipart_uploads(
    state: &State,
    request: S3Request<ListMultipartUploadsInput>,
) -> S3Result<S3Response<ListMultipartUploadsOutput>> {
    let input = request.input;
    must_exist(state, &input.bucket).await?;
    let limit = size(input.max_uploads)?;
    let prefix = input.prefix.clone().unwrap_or_default();
    let key_marker = input.key_marker.clone().unwrap_or_default();
    // Without an id, uploads of the marker's own key are passed over: no id sorts after this one.
    let no_id = if key_marker.is_empty() { "" } else { "\u{10ffff}" };
    let id_marker = input.upload_id_marker.as_deref().filter(|id| !id.is_empty()).unwrap_or(no_id);
    let found = state.store().uploads(&input.bucket, &prefix, (&key_marker, id_marker), i64::from(limit) + 1);
    let (found, more) = cut(found.await.map_err(store_failed)?, i64::from(limit));
    let names = Names::of(input.encoding_type.as_ref());
    let last = found.last().filter(|_| more);
    let (next_key, next_id) =
        (last.map(|upload| names.write(&upload.key)), last.map(|upload| upload.id.clone()));
    let delimiter = input.delimiter.as_deref();
    let mut prefixes: Vec<String> = Vec::new();
    let mut uploads = Vec::new();
    for upload in found {
        match common_prefix(&upload.key, &prefix, delimiter) {
            Some(told) if prefixes.last().is_some_and(|last| last == told) => {}
            Some(told) => prefixes.push(told.to_owned()),
            None => uploads.push(told(state, &names, upload)),
        }
    }
    Ok(S3Response::new(ListMultipartUploadsOutput {
        common_prefixes: names.prefixes(&prefixes),
        delimiter: names.optional(input.delimiter.as_ref()),
        is_truncated: Some(more),
        key_marker: Some(names.write(&key_marker)),
        max_uploads: Some(limit),
        next_key_marker: next_key,
        next_upload_id_marker: next_id,
        prefix: Some(names.write(&prefix)),
        upload_id_marker: Some(input.upload_id_marker.unwrap_or_default()),
        uploads: (!uploads.is_empty()).then_some(uploads),
        encoding_type: input.encoding_type,
        bucket: Some(input.bucket),
        ..ListMultipartUploadsOutput::default()
    }))
}

fn told(state: &State, names: &Names, upload: store::Upload) -> MultipartUpload {
    MultipartUpload {
        checksum_algorithm: Some(ChecksumAlgorithm::from(upload.checksum_algorithm)),
        checksum_type: Some(ChecksumType::from(upload.checksum_type)),
        initiated: timestamp(upload.created_at),
        initiator: Some(Initiator { display_name: None, id: Some(state.caller_arn()) }),
        key: Some(names.write(&upload.key)),
        owner: Some(owner(state)),
        storage_class: Some(StorageClass::from_static(StorageClass::STANDARD)),
        upload_id: Some(upload.id),
    }
}

pub(super) async fn list_parts(
    state: &State,
    request: S3Request<ListPartsInput>,
) -> S3Result<S3Response<ListPartsOutput>> {
    let input = request.input;
    let upload = open_upload(state, &input.bucket, &input.key, &input.upload_id).await?;
    let limit = size(input.max_parts)?;
    let after = input.part_number_marker.unwrap_or_default();
    let found = state.store().upload_parts(&upload.id, after.into(), i64::from(limit) + 1);
    let (found, more) = cut(found.await.map_err(store_failed)?, i64::from(limit));
    let last = found.last().and_then(|part| i32::try_from(part.number).ok());
    let algorithm = algorithm_of(&upload);
    let parts: Vec<_> = found
        .into_iter()
        .map(|part| {
            let sum = checksum::answered(algorithm, &part.checksum, FULL_OBJECT);
            with_checksum!(sum => Part {
                e_tag: etag(&hex(&part.md5)),
                last_modified: timestamp(part.modified_at),
                part_number: i32::try_from(part.number).ok(),
                size: Some(part.size),
            })
        })
        .collect();
    Ok(S3Response::new(ListPartsOutput {
        bucket: Some(input.bucket),
        checksum_algorithm: Some(ChecksumAlgorithm::from(upload.checksum_algorithm)),
        checksum_type: Some(ChecksumType::from(upload.checksum_type)),
        initiator: Some(Initiator { display_name: None, id: Some(state.caller_arn()) }),
        is_truncated: Some(more),
        key: Some(input.key),
        max_parts: Some(limit),
        next_part_number_marker: last,
        owner: Some(owner(state)),
        part_number_marker: Some(after),
        parts: (!parts.is_empty()).then_some(parts),
        storage_class: Some(StorageClass::from_static(StorageClass::STANDARD)),
        upload_id: Some(upload.id),
        ..ListPartsOutput::default()
    }))
}
