//! Buckets: made, listed, looked at, deleted. All are of the account's own Region.

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::errors::{invalid_argument, no_such_bucket, store_failed};
use super::headers::timestamp;
use crate::page::{Pages, cut};
use crate::state::State;
use crate::store::BucketDeletion;

/// The Region without a location constraint of its name.
const FIRST_REGION: &str = "us-east-1";
/// S3: the largest page of buckets, and the page when none is asked for.
const MOST_BUCKETS: i32 = 10_000;

/// Checks that there is such a bucket.
///
/// # Errors
/// `NoSuchBucket`.
pub(super) async fn must_exist(state: &State, name: &str) -> S3Result<()> {
    match state.store().bucket(name).await.map_err(store_failed)? {
        Some(_) => Ok(()),
        None => Err(no_such_bucket()),
    }
}

pub(super) async fn create_bucket(
    state: &State,
    request: S3Request<CreateBucketInput>,
) -> S3Result<S3Response<CreateBucketOutput>> {
    let input = request.input;
    let wanted = input.create_bucket_configuration.and_then(|given| given.location_constraint);
    let wanted = wanted.as_ref().map_or(FIRST_REGION, BucketLocationConstraint::as_str);
    if wanted != state.region() {
        let constraint = if wanted == FIRST_REGION { "unspecified" } else { wanted };
        return Err(s3_error!(
            IllegalLocationConstraintException,
            "The {constraint} location constraint is incompatible for the region specific endpoint this request \
             was sent to."
        ));
    }
    let made = state.store().create_bucket(&input.bucket, state.now()).await.map_err(store_failed)?;
    if !made && state.region() != FIRST_REGION {
        return Err(s3_error!(
            BucketAlreadyOwnedByYou,
            "Your previous request to create the named bucket succeeded and you already own it."
        ));
    }
    Ok(S3Response::new(CreateBucketOutput { location: Some(format!("/{}", input.bucket)) }))
}

pub(super) async fn head_bucket(
    state: &State,
    request: S3Request<HeadBucketInput>,
) -> S3Result<S3Response<HeadBucketOutput>> {
    must_exist(state, &request.input.bucket).await?;
    Ok(S3Response::new(HeadBucketOutput {
        bucket_region: Some(state.region().to_owned()),
        ..HeadBucketOutput::default()
    }))
}

pub(super) async fn get_bucket_location(
    state: &State,
    request: S3Request<GetBucketLocationInput>,
) -> S3Result<S3Response<GetBucketLocationOutput>> {
    must_exist(state, &request.input.bucket).await?;
    let constraint = Some(state.region()).filter(|region| *region != FIRST_REGION);
    let location_constraint = constraint.map(|region| BucketLocationConstraint::from(region.to_owned()));
    Ok(S3Response::new(GetBucketLocationOutput { location_constraint }))
}

pub(super) async fn delete_bucket(
    state: &State,
    request: S3Request<DeleteBucketInput>,
) -> S3Result<S3Response<DeleteBucketOutput>> {
    match state.store().delete_bucket(&request.input.bucket).await.map_err(store_failed)? {
        BucketDeletion::Deleted(files) => {
            state.blobs().remove(&files).await;
            Ok(S3Response::with_status(DeleteBucketOutput {}, axum::http::StatusCode::NO_CONTENT))
        }
        BucketDeletion::NotEmpty => {
            Err(s3_error!(BucketNotEmpty, "The bucket you tried to delete is not empty"))
        }
        BucketDeletion::Missing => Err(no_such_bucket()),
    }
}

pub(super) async fn list_buckets(
    state: &State,
    request: S3Request<ListBucketsInput>,
) -> S3Result<S3Response<ListBucketsOutput>> {
    let input = request.input;
    let size = input.max_buckets.unwrap_or(MOST_BUCKETS);
    if !(1..=MOST_BUCKETS).contains(&size) {
        return Err(invalid_argument("Argument max-buckets must be an integer between 1 and 10000"));
    }
    let prefix = input.prefix.clone().unwrap_or_default();
    let pages = Pages::of(state, "ListBuckets", &prefix).await.map_err(|_| s3_error!(InternalError))?;
    let after = match &input.continuation_token {
        Some(token) => pages
            .place(token)
            .ok_or_else(|| invalid_argument("The continuation token provided is incorrect"))?,
        None => String::new(),
    };
    let elsewhere = input.bucket_region.is_some_and(|region| region != state.region());
    let found = match elsewhere {
        true => Vec::new(),
        false => {
            let limit = i64::from(size) + 1;
            state.store().buckets(&prefix, &after, limit).await.map_err(store_failed)?
        }
    };
    let (found, more) = cut(found, i64::from(size));
    let token = found.last().filter(|_| more).map(|last| pages.token(&last.name));
    let buckets = found.into_iter().map(|bucket| Bucket {
        bucket_region: Some(state.region().to_owned()),
        creation_date: timestamp(bucket.created_at),
        name: Some(bucket.name),
    });
    Ok(S3Response::new(ListBucketsOutput {
        buckets: Some(buckets.collect()),
        continuation_token: token,
        owner: Some(owner(state)),
        prefix: input.prefix,
    }))
}

/// The account as the owner of its buckets and objects.
pub(super) fn owner(state: &State) -> Owner {
    // S3 shows a canonical id of 64 digits, which nothing else tells of: any that stays the same will do.
    let id = state.account_id().repeat(6).chars().take(64).collect();
    Owner { display_name: None, id: Some(id) }
}
