//! Multipart uploads: begun, completed, given up.

use md5::{Digest, Md5};
use s3s::dto::*;
use s3s::{S3Error, S3Request, S3Response, S3Result, s3_error};

use super::buckets::must_exist;
use super::conditions;
use super::errors::{no_such_upload, store_failed};
use super::headers::{self, etag, hex};
use super::put::{COMPOSITE, FULL_OBJECT, algorithm_of, open_upload, refusal};
use crate::checksum::{self, Algorithm, with_checksum};
use crate::random;
use crate::state::State;
use crate::store::{Blob, NewObject, Put, Upload, UploadPart};

/// S3: every part but the last.
const SMALLEST_PART: i64 = 5 * 1024 * 1024;
/// More than there can be parts: their numbers end at 10,000.
const ALL_PARTS: i64 = 10_001;

pub(super) async fn create_multipart_upload(
    state: &State,
    request: S3Request<CreateMultipartUploadInput>,
) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
    let input = request.input;
    must_exist(state, &input.bucket).await?;
    let (algorithm, kind) = checksum_of(input.checksum_algorithm.as_ref(), input.checksum_type.as_ref())?;
    let upload = Upload {
        id: random::uuid(state.random()),
        bucket: input.bucket,
        key: input.key,
        headers: sqlx::types::Json(headers::kept(&request.headers)),
        metadata: sqlx::types::Json(headers::metadata(&request.headers)?),
        checksum_algorithm: algorithm.name().to_owned(),
        checksum_type: kind.to_owned(),
        created_at: state.now(),
    };
    state.store().create_upload(&upload).await.map_err(store_failed)?;
    let asked = input.checksum_algorithm.is_some();
    Ok(S3Response::new(CreateMultipartUploadOutput {
        checksum_algorithm: input.checksum_algorithm,
        checksum_type: asked.then(|| ChecksumType::from_static(kind)),
        bucket: Some(upload.bucket),
        key: Some(upload.key),
        upload_id: Some(upload.id),
        ..CreateMultipartUploadOutput::default()
    }))
}

/// What an upload's checksum will be: the parts' taken together, or the whole's where it can be told from them.
fn checksum_of(
    algorithm: Option<&ChecksumAlgorithm>,
    kind: Option<&ChecksumType>,
) -> Result<(Algorithm, &'static str), S3Error> {
    let algorithm = match algorithm {
        Some(name) => Algorithm::named(name.as_str())
            .ok_or_else(|| s3_error!(InvalidRequest, "Checksum algorithm provided is unsupported."))?,
        None => Algorithm::DEFAULT,
    };
    let whole_only = algorithm == Algorithm::Crc64Nvme;
    let default = if whole_only { FULL_OBJECT } else { COMPOSITE };
    let kind = match kind.map(ChecksumType::as_str) {
        None => default,
        Some(FULL_OBJECT) if algorithm.combines() => FULL_OBJECT,
        Some(COMPOSITE) if !whole_only => COMPOSITE,
        Some(other) => {
            return Err(s3_error!(
                InvalidRequest,
                "The {other} checksum type cannot be used with the {} checksum algorithm.",
                algorithm.name().to_lowercase()
            ));
        }
    };
    Ok((algorithm, kind))
}

pub(super) async fn abort_multipart_upload(
    state: &State,
    request: S3Request<AbortMultipartUploadInput>,
) -> S3Result<S3Response<AbortMultipartUploadOutput>> {
    let input = request.input;
    let files = state.store().abort_upload(&input.bucket, &input.key, &input.upload_id).await;
    let files = files.map_err(store_failed)?.ok_or_else(no_such_upload)?;
    state.blobs().remove(&files).await;
    let output = AbortMultipartUploadOutput::default();
    Ok(S3Response::with_status(output, axum::http::StatusCode::NO_CONTENT))
}

pub(super) async fn complete_multipart_upload(
    state: &State,
    request: S3Request<CompleteMultipartUploadInput>,
) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
    let input = request.input;
    let upload = open_upload(state, &input.bucket, &input.key, &input.upload_id).await?;
    let condition = conditions::writing(input.if_match, input.if_none_match)?;
    let wanted = input.multipart_upload.and_then(|upload| upload.parts).unwrap_or_default();
    let stored = state.store().upload_parts(&upload.id, 0, ALL_PARTS).await.map_err(store_failed)?;
    let parts = chosen(&wanted, &stored)?;
    let algorithm = algorithm_of(&upload);
    let (sum, kind) = sum(algorithm, &upload, &parts);
    let given = Checksum {
        checksum_crc32: input.checksum_crc32,
        checksum_crc32c: input.checksum_crc32c,
        checksum_crc64nvme: input.checksum_crc64nvme,
        checksum_sha1: input.checksum_sha1,
        checksum_sha256: input.checksum_sha256,
        checksum_type: None,
    };
    if stated(algorithm, &given).is_some_and(|stated| *stated != sum) {
        return Err(s3_error!(
            BadDigest,
            "The {} you specified did not match the calculated checksum.",
            algorithm.name()
        ));
    }
    let size: i64 = parts.iter().map(|part| part.size).sum();
    if input.mpu_object_size.is_some_and(|stated| stated != size) {
        return Err(s3_error!(
            InvalidRequest,
            "The provided 'x-amz-mp-object-size' header value does not match what was computed."
        ));
    }
    let object = NewObject {
        bucket: input.bucket,
        key: input.key,
        etag: etag_of(&parts),
        headers: upload.headers.0,
        metadata: upload.metadata.0,
        checksum_algorithm: algorithm.name(),
        checksum: sum,
        checksum_type: kind,
        now: state.now(),
        blobs: parts.iter().map(|part| Blob { file: part.file.clone(), size: part.size }).collect(),
    };
    let put = state.store().complete_upload(&upload.id, &object, condition.as_ref()).await;
    match put.map_err(store_failed)?.ok_or_else(no_such_upload)? {
        Put::Done(replaced) => state.blobs().remove(&replaced).await,
        refused => return Err(refusal(&refused)),
    }
    let sum = checksum::answered(algorithm, &object.checksum, kind);
    Ok(S3Response::new(with_checksum!(sum => CompleteMultipartUploadOutput {
        checksum_type: sum.checksum_type,
        e_tag: etag(&object.etag),
        location: Some(format!("/{}/{}", object.bucket, object.key)),
        bucket: Some(object.bucket),
        key: Some(object.key),
        ..
    })))
}

/// The stored parts that a request names.
fn chosen<'a>(wanted: &[CompletedPart], stored: &'a [UploadPart]) -> Result<Vec<&'a UploadPart>, S3Error> {
    if wanted.is_empty() {
        return Err(s3_error!(
            MalformedXML,
            "The XML you provided was not well-formed or did not validate against our published schema"
        ));
    }
    if !wanted.is_sorted_by(|one, next| one.part_number < next.part_number) {
        return Err(s3_error!(
            InvalidPartOrder,
            "The list of parts was not in ascending order. Parts must be ordered by part number."
        ));
    }
    let parts = wanted.iter().map(|part| find(part, stored)).collect::<Result<Vec<_>, _>>()?;
    if parts[..parts.len() - 1].iter().any(|part| part.size < SMALLEST_PART) {
        return Err(s3_error!(
            EntityTooSmall,
            "Your proposed upload is smaller than the minimum allowed size"
        ));
    }
    Ok(parts)
}

fn find<'a>(wanted: &CompletedPart, stored: &'a [UploadPart]) -> Result<&'a UploadPart, S3Error> {
    let etag = wanted.e_tag.as_ref().map(ETag::value);
    let sums = [
        &wanted.checksum_crc32,
        &wanted.checksum_crc32c,
        &wanted.checksum_crc64nvme,
        &wanted.checksum_sha1,
        &wanted.checksum_sha256,
    ];
    stored
        .iter()
        .find(|part| Some(part.number) == wanted.part_number.map(i64::from))
        .filter(|part| etag == Some(hex(&part.md5).as_str()))
        .filter(|part| sums.into_iter().flatten().all(|sum| *sum == part.checksum))
        .ok_or_else(|| {
            s3_error!(
                InvalidPart,
                "One or more of the specified parts could not be found. The part may not have been uploaded, or the \
                 specified entity tag may not match the part's entity tag."
            )
        })
}

fn etag_of(parts: &[&UploadPart]) -> String {
    let mut md5 = Md5::new();
    for part in parts {
        md5.update(&part.md5);
    }
    format!("{}-{}", hex(&md5.finalize()), parts.len())
}

fn sum(algorithm: Algorithm, upload: &Upload, parts: &[&UploadPart]) -> (String, &'static str) {
    let sums: Vec<_> = parts
        .iter()
        .map(|part| (part.checksum.clone(), u64::try_from(part.size).unwrap_or_default()))
        .collect();
    let whole = checksum::full_object(algorithm, &sums).filter(|_| upload.checksum_type == FULL_OBJECT);
    match whole {
        Some(sum) => (sum, FULL_OBJECT),
        None => (checksum::composite(algorithm, &sums), COMPOSITE),
    }
}

fn stated(algorithm: Algorithm, given: &Checksum) -> Option<&String> {
    match algorithm {
        Algorithm::Crc32 => given.checksum_crc32.as_ref(),
        Algorithm::Crc32c => given.checksum_crc32c.as_ref(),
        Algorithm::Crc64Nvme => given.checksum_crc64nvme.as_ref(),
        Algorithm::Sha1 => given.checksum_sha1.as_ref(),
        Algorithm::Sha256 => given.checksum_sha256.as_ref(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(number: i64, size: i64) -> UploadPart {
        UploadPart {
            number,
            file: String::new(),
            size,
            md5: vec![1; 16],
            checksum: "c".to_owned(),
            modified_at: 0,
        }
    }

    fn wanted(number: i32) -> CompletedPart {
        CompletedPart { part_number: Some(number), e_tag: etag(&hex(&[1; 16])), ..CompletedPart::default() }
    }

    fn code(wanted: &[CompletedPart], stored: &[UploadPart]) -> Option<String> {
        chosen(wanted, stored).err().map(|error| error.code().as_str().to_owned())
    }

    #[test]
    fn parts_are_ordered_there_and_large_enough() {
        let parts = [stored(1, SMALLEST_PART), stored(2, SMALLEST_PART - 1), stored(3, 1)];
        assert_eq!(code(&[wanted(1), wanted(2)], &parts), None);
        assert_eq!(code(&[wanted(1), wanted(3)], &parts), None);
        assert_eq!(code(&[], &parts).as_deref(), Some("MalformedXML"));
        assert_eq!(code(&[wanted(2), wanted(1)], &parts).as_deref(), Some("InvalidPartOrder"));
        assert_eq!(code(&[wanted(1), wanted(1)], &parts).as_deref(), Some("InvalidPartOrder"));
        assert_eq!(code(&[wanted(1), wanted(4)], &parts).as_deref(), Some("InvalidPart"));
        assert_eq!(code(&[wanted(1), wanted(2), wanted(3)], &parts).as_deref(), Some("EntityTooSmall"));
        let other = CompletedPart { e_tag: etag("other"), ..wanted(1) };
        assert_eq!(code(&[other], &parts).as_deref(), Some("InvalidPart"));
        let sum = CompletedPart { checksum_crc32: Some("d".to_owned()), ..wanted(1) };
        assert_eq!(code(&[sum], &parts).as_deref(), Some("InvalidPart"));
    }

    #[test]
    fn an_etag_tells_how_many_parts_there_were() {
        let part = stored(1, 1);
        let tag = etag_of(&[&part, &part]);
        assert!(tag.ends_with("-2"), "{tag}");
        assert_eq!(tag.len(), 34);
    }

    #[test]
    fn a_checksum_type_must_fit_its_algorithm() {
        let of = |algorithm: Option<&'static str>, kind: Option<&'static str>| {
            let algorithm = algorithm.map(ChecksumAlgorithm::from_static);
            let kind = kind.map(ChecksumType::from_static);
            checksum_of(algorithm.as_ref(), kind.as_ref()).ok()
        };
        assert_eq!(of(None, None), Some((Algorithm::Crc64Nvme, FULL_OBJECT)));
        assert_eq!(of(Some("CRC32"), None), Some((Algorithm::Crc32, COMPOSITE)));
        assert_eq!(of(Some("CRC32"), Some(FULL_OBJECT)), Some((Algorithm::Crc32, FULL_OBJECT)));
        assert_eq!(of(Some("SHA256"), Some(FULL_OBJECT)), None);
        assert_eq!(of(Some("CRC64NVME"), Some(COMPOSITE)), None);
        assert_eq!(of(Some("MD5"), None), None);
    }
}
