//! Server functions of the buckets that packages go to.

use domain::errors::ApiError;
use domain::json::Json;
use domain::packages::buckets::{Bucket, BucketProblem};
use leptos::prelude::*;

/// The account's buckets that the caller may publish to, by name.
///
/// # Errors
/// As [`crate::ports::Buckets::list`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/buckets/list", protocol = Json)]
pub async fn list_buckets() -> Result<Vec<Bucket>, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::PublishPackage)?;
    let rule = caller.rights().await?.rule.unwrap_or_default();
    let mut buckets = caller.ports.buckets.list().await?;
    buckets.retain(|bucket| rule.allows_bucket(&bucket.name));
    Ok(buckets)
}

/// What speaks against a bucket and prefix; none where files can go there.
///
/// # Errors
/// `Invalid` at `bucket` or `prefix` for what is no place, or none that the caller's rule allows; and as
/// [`crate::ports::Buckets::check`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/buckets/check", protocol = Json)]
pub async fn check_bucket(bucket: String, prefix: String) -> Result<Option<BucketProblem>, ApiError> {
    use crate::server::Caller;
    use domain::packages::location::Location;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::PublishPackage)?;
    let place = Location::new(&bucket, &prefix).map_err(|fields| ApiError::Invalid { fields })?;
    // Nobody tries out what other places there are.
    if let Some(field) = caller.rights().await?.place_error(&place.bucket, &place.prefix) {
        return Err(ApiError::Invalid { fields: vec![field] });
    }
    caller.ports.buckets.check(&place.bucket, &place.prefix).await
}
