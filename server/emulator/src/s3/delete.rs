//! `DeleteObject` and `DeleteObjects`: an object that is not there is deleted too.

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::buckets::must_exist;
use super::errors::store_failed;
use crate::state::State;

/// S3: so many objects in one request.
const MOST: usize = 1000;

pub(super) async fn delete_object(
    state: &State,
    request: S3Request<DeleteObjectInput>,
) -> S3Result<S3Response<DeleteObjectOutput>> {
    let input = request.input;
    must_exist(state, &input.bucket).await?;
    delete(state, &input.bucket, &input.key).await?;
    let output = DeleteObjectOutput::default();
    Ok(S3Response::with_status(output, axum::http::StatusCode::NO_CONTENT))
}

pub(super) async fn delete_objects(
    state: &State,
    request: S3Request<DeleteObjectsInput>,
) -> S3Result<S3Response<DeleteObjectsOutput>> {
    let input = request.input;
    must_exist(state, &input.bucket).await?;
    if input.delete.objects.is_empty() || input.delete.objects.len() > MOST {
        return Err(s3_error!(
            MalformedXML,
            "The XML you provided was not well-formed or did not validate against our published schema"
        ));
    }
    let mut deleted = Vec::new();
    for object in input.delete.objects {
        delete(state, &input.bucket, &object.key).await?;
        deleted.push(DeletedObject { key: Some(object.key), ..DeletedObject::default() });
    }
    let told = (!input.delete.quiet.unwrap_or_default()).then_some(deleted);
    Ok(S3Response::new(DeleteObjectsOutput { deleted: told, ..DeleteObjectsOutput::default() }))
}

async fn delete(state: &State, bucket: &str, key: &str) -> S3Result<()> {
    let files = state.store().delete_object(bucket, key).await.map_err(store_failed)?;
    state.blobs().remove(&files).await;
    Ok(())
}
