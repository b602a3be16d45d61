//! Server functions of the buckets that packages go to.

use domain::errors::ApiError;
use domain::packages::buckets::{Bucket, BucketProblem};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// The account's buckets, by name.
///
/// # Errors
/// As [`crate::ports::Buckets::list`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/buckets/list", input = Json)]
pub async fn list_buckets() -> Result<Vec<Bucket>, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    Caller::require(Permission::PublishPackage)?.ports.buckets.list().await
}

/// What speaks against a bucket and prefix; none where files can go there.
///
/// # Errors
/// As [`crate::ports::Buckets::check`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/buckets/check", input = Json)]
pub async fn check_bucket(bucket: String, prefix: String) -> Result<Option<BucketProblem>, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    Caller::require(Permission::PublishPackage)?.ports.buckets.check(&bucket, &prefix).await
}
