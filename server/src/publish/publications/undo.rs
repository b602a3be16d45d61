//! Undoing: whatever a publication has written is taken away again.

use std::time::Duration;

use domain::errors::ApiError;
use domain::packages::publications::{Origin, Publication};

use crate::aws::AwsPublishing;

/// Between two tries; AWS may be away for a while.
const PAUSES: [Duration; 4] =
    [Duration::from_secs(1), Duration::from_secs(4), Duration::from_secs(15), Duration::from_secs(60)];
/// S3's clock is not ours: an upload that it dates a little earlier is still of this publication.
const CLOCKS_DIFFER: time::Duration = time::Duration::minutes(5);

/// Takes away parts, objects and the document's version; returns what could not be, each with the reason.
pub async fn undo(aws: &AwsPublishing, publication: &Publication, version: Option<&str>) -> Vec<String> {
    let mut left = Vec::new();
    if let Some(version) = version {
        let plan = &publication.plan;
        let removed = persistently(|| aws.remove_version(plan, version)).await;
        left.extend(removed.err().map(|error| format!("{} {version}: {error}", plan.name)));
    }
    for key in keys(publication) {
        let removed = persistently(|| remove_object(aws, publication, &key)).await;
        left.extend(removed.err().map(|error| format!("s3://{}/{key}: {error}", publication.plan.bucket)));
    }
    left
}

/// Gives up what an instance that has ended was sending.
///
/// # Errors
/// As [`AwsPublishing::abort_uploads`].
pub async fn abort_uploads(aws: &AwsPublishing, publication: &Publication) -> Result<(), ApiError> {
    for key in keys(publication) {
        aws.abort_uploads(&publication.plan.bucket, &key, publication.begun - CLOCKS_DIFFER).await?;
    }
    Ok(())
}

async fn remove_object(aws: &AwsPublishing, publication: &Publication, key: &str) -> Result<(), ApiError> {
    let bucket = &publication.plan.bucket;
    aws.abort_uploads(bucket, key, publication.begun - CLOCKS_DIFFER).await?;
    aws.remove_own(bucket, key, &publication.id).await
}

/// The keys of everything that goes to S3.
fn keys(publication: &Publication) -> impl Iterator<Item = String> {
    let plan = &publication.plan;
    let sent = plan.files.iter().filter(|file| matches!(file.origin, Origin::Uploaded { .. }));
    sent.map(|file| plan.key(&file.zip_name)).chain([plan.key("manifest.json")])
}

async fn persistently<F: Future<Output = Result<(), ApiError>>>(
    mut act: impl FnMut() -> F,
) -> Result<(), ApiError> {
    for pause in PAUSES {
        match act().await {
            // What AWS refuses it will refuse again.
            Err(ApiError::Throttled | ApiError::Unreachable { .. }) => tokio::time::sleep(pause).await,
            done => return done,
        }
    }
    act().await
}
