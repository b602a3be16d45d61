//! `ListMultipartUploads` and `ListParts`.

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result};

use super::buckets::{must_exist, owner};
use super::errors::store_failed;
use super::headers::{etag, hex, timestamp};
use super::list_objects::{Listing, MOST_KEYS, Names, common_prefix, size};
use super::put::{FULL_OBJECT, algorithm_of, open_upload};
use crate::checksum::{self, with_checksum};
use crate::page::cut;
use crate::state::State;
use crate::store;

/// Where a page begins: after an upload, and after all of a common prefix that was told.
struct Place {
    key: String,
    id: String,
    told: Option<String>,
}

/// One page: uploads, common prefixes, and where the next begins.
struct Page {
    uploads: Vec<store::Upload>,
    prefixes: Vec<String>,
    next: Option<Place>,
}

impl Place {
    /// The place that the markers of a request name.
    ///
    /// S3 leaves out a common prefix that does not come after the key marker: it has been told.
    fn of(listing: &Listing<'_>, key: &str, id: Option<&str>) -> Self {
        // Without an id, uploads of the marker's own key are passed over: no id sorts after this one.
        let no_id = if key.is_empty() { "" } else { "\u{10ffff}" };
        Self {
            key: key.to_owned(),
            id: id.filter(|id| !id.is_empty()).unwrap_or(no_id).to_owned(),
            told: common_prefix(key, listing.prefix, listing.delimiter).map(str::to_owned),
        }
    }
}

async fn list(state: &State, listing: &Listing<'_>, mut place: Place) -> S3Result<Page> {
    let mut page = Page { uploads: Vec::new(), prefixes: Vec::new(), next: None };
    if listing.size == 0 {
        return Ok(page);
    }
    loop {
        let limit = i64::from(MOST_KEYS);
        let after = (&*place.key, &*place.id);
        let found = state.store().uploads(listing.bucket, listing.prefix, after, limit).await;
        let found = found.map_err(store_failed)?;
        let last = found.len() < usize::try_from(limit).unwrap_or(usize::MAX);
        for upload in found {
            if place.told.as_ref().is_some_and(|told| upload.key.starts_with(told)) {
                (place.key, place.id) = (upload.key, upload.id);
                continue;
            }
            if page.uploads.len() + page.prefixes.len() == listing.size {
                page.next = Some(place);
                return Ok(page);
            }
            place.key.clone_from(&upload.key);
            place.id.clone_from(&upload.id);
            place.told = common_prefix(&upload.key, listing.prefix, listing.delimiter).map(str::to_owned);
            match &place.told {
                Some(prefix) => page.prefixes.push(prefix.clone()),
                None => page.uploads.push(upload),
            }
        }
        if last {
            return Ok(page);
        }
    }
}

pub(super) async fn list_multipart_uploads(
    state: &State,
    request: S3Request<ListMultipartUploadsInput>,
) -> S3Result<S3Response<ListMultipartUploadsOutput>> {
    let input = request.input;
    must_exist(state, &input.bucket).await?;
    let limit = size(input.max_uploads)?;
    let prefix = input.prefix.clone().unwrap_or_default();
    let key_marker = input.key_marker.clone().unwrap_or_default();
    let listing = Listing {
        bucket: &input.bucket,
        prefix: &prefix,
        delimiter: input.delimiter.as_deref(),
        size: usize::try_from(limit).unwrap_or_default(),
    };
    let place = Place::of(&listing, &key_marker, input.upload_id_marker.as_deref());
    let page = list(state, &listing, place).await?;
    let names = Names::of(input.encoding_type.as_ref());
    let uploads: Vec<_> = page.uploads.into_iter().map(|upload| told(state, &names, upload)).collect();
    // After a common prefix its name is all of the marker: no upload of it is left to be told.
    let next = page.next.map(|place| match place.told {
        Some(prefix) => (names.write(&prefix), None),
        None => (names.write(&place.key), Some(place.id)),
    });
    let (next_key, next_id) = next.unzip();
    Ok(S3Response::new(ListMultipartUploadsOutput {
        common_prefixes: names.prefixes(&page.prefixes),
        delimiter: names.optional(input.delimiter.as_ref()),
        is_truncated: Some(next_key.is_some()),
        key_marker: Some(names.write(&key_marker)),
        max_uploads: Some(limit),
        next_key_marker: next_key,
        next_upload_id_marker: next_id.flatten(),
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
