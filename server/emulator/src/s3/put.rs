//! `PutObject` and `UploadPart`: bytes come in.

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::buckets::must_exist;
use super::chunked::Trailers;
use super::conditions;
use super::errors::{
    invalid_argument, no_such_bucket, no_such_key, no_such_upload, precondition_failed, store_failed,
};
use super::headers::{self, etag, hex};
use super::payload::Stated;
use crate::blobs::Written;
use crate::checksum::{self, Algorithm, with_checksum};
use crate::state::State;
use crate::store::{Blob, NewObject, ObjectCondition, Put, Upload, UploadPart};

/// The checksum types of the API.
pub(super) const FULL_OBJECT: &str = "FULL_OBJECT";
pub(super) const COMPOSITE: &str = "COMPOSITE";

pub(super) async fn put_object(
    state: &State,
    request: S3Request<PutObjectInput>,
) -> S3Result<S3Response<PutObjectOutput>> {
    let input = request.input;
    must_exist(state, &input.bucket).await?;
    let condition = conditions::writing(input.if_match, input.if_none_match)?;
    let metadata = headers::metadata(&request.headers)?;
    let stated = Stated::read(&request.headers, request.extensions.get::<Trailers>())?;
    let algorithm = stated.algorithm().unwrap_or(Algorithm::DEFAULT);
    let written = stated.write(state, input.body, algorithm).await?;
    let object = NewObject {
        bucket: input.bucket,
        key: input.key,
        headers: headers::kept(&request.headers),
        metadata,
        ..whole(state, &written, algorithm)
    };
    store(state, &object, condition.as_ref()).await?;
    let sum = checksum::answered(algorithm, &object.checksum, FULL_OBJECT);
    Ok(S3Response::new(with_checksum!(sum => PutObjectOutput {
        checksum_type: sum.checksum_type,
        e_tag: etag(&object.etag),
        ..
    })))
}

/// An object of one blob, still without bucket, key, headers and metadata.
pub(super) fn whole(state: &State, written: &Written, algorithm: Algorithm) -> NewObject {
    NewObject {
        bucket: String::new(),
        key: String::new(),
        etag: hex(&written.md5),
        headers: Default::default(),
        metadata: Default::default(),
        checksum_algorithm: algorithm.name(),
        checksum: written.checksum.clone().unwrap_or_default(),
        checksum_type: FULL_OBJECT,
        now: state.now(),
        blobs: vec![Blob { file: written.file.clone(), size: size(written) }],
    }
}

/// A blob's size in the store's form.
pub(super) fn size(written: &Written) -> i64 {
    i64::try_from(written.size).unwrap_or(i64::MAX)
}

/// Stores an object whose blobs are written, and deletes the blobs that it replaces; its own if it is refused.
pub(super) async fn store(
    state: &State,
    object: &NewObject,
    condition: Option<&ObjectCondition>,
) -> S3Result<()> {
    let put = state.store().put_object(object, condition).await.map_err(store_failed);
    let outcome = match put {
        Ok(Put::Done(replaced)) => {
            state.blobs().remove(&replaced).await;
            return Ok(());
        }
        Ok(refused) => Err(refusal(&refused)),
        Err(error) => Err(error),
    };
    let files: Vec<_> = object.blobs.iter().map(|blob| blob.file.clone()).collect();
    state.blobs().remove(&files).await;
    outcome
}

/// Why an object is not written.
pub(super) fn refusal(put: &Put) -> s3s::S3Error {
    match put {
        Put::NoBucket => no_such_bucket(),
        Put::NoObject => no_such_key(),
        Put::Failed | Put::Done(_) => precondition_failed(),
    }
}

pub(super) async fn upload_part(
    state: &State,
    request: S3Request<UploadPartInput>,
) -> S3Result<S3Response<UploadPartOutput>> {
    let input = request.input;
    let upload = open_upload(state, &input.bucket, &input.key, &input.upload_id).await?;
    check_number(input.part_number)?;
    let stated = Stated::read(&request.headers, request.extensions.get::<Trailers>())?;
    let algorithm = algorithm_of(&upload);
    let written = stated.write(state, input.body, algorithm).await?;
    let part = store_part(state, &upload, input.part_number, written).await?;
    let sum = checksum::answered(algorithm, &part.checksum, FULL_OBJECT);
    Ok(S3Response::new(with_checksum!(sum => UploadPartOutput {
        e_tag: etag(&hex(&part.md5)),
        ..
    })))
}

/// An upload in progress.
///
/// # Errors
/// `NoSuchUpload`.
pub(super) async fn open_upload(state: &State, bucket: &str, key: &str, id: &str) -> S3Result<Upload> {
    let found = state.store().upload(bucket, key, id).await.map_err(store_failed)?;
    found.ok_or_else(no_such_upload)
}

/// S3: parts are numbered from 1 to 10,000.
pub(super) fn check_number(number: i32) -> S3Result<()> {
    if (1..=10_000).contains(&number) {
        return Ok(());
    }
    Err(invalid_argument("Part number must be an integer between 1 and 10000, inclusive"))
}

/// The algorithm that an upload keeps checksums of.
pub(super) fn algorithm_of(upload: &Upload) -> Algorithm {
    Algorithm::named(&upload.checksum_algorithm).unwrap_or(Algorithm::DEFAULT)
}

/// Stores a part whose blob is written.
pub(super) async fn store_part(
    state: &State,
    upload: &Upload,
    number: i32,
    written: Written,
) -> S3Result<UploadPart> {
    let part = UploadPart {
        number: number.into(),
        size: size(&written),
        file: written.file,
        md5: written.md5.to_vec(),
        checksum: written.checksum.ok_or_else(|| s3_error!(InternalError))?,
        modified_at: state.now(),
    };
    let outcome = state.store().put_part(&upload.id, &part).await.map_err(store_failed);
    match outcome {
        Ok(Some(replaced)) => {
            state.blobs().remove(&Vec::from_iter(replaced)).await;
            Ok(part)
        }
        refused => {
            state.blobs().remove(&[part.file]).await;
            refused?;
            Err(no_such_upload())
        }
    }
}
