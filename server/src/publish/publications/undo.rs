//! Undoing: whatever a publication has written is taken away again.

use std::time::Duration;

use domain::errors::ApiError;
use domain::packages::publications::{Origin, Publication};

use super::store::{PublicationStore, Upload};
use crate::aws::{AwsPublishing, may_pass};

/// Between two tries; AWS may be away for a while.
const PAUSES: [Duration; 4] =
    [Duration::from_secs(1), Duration::from_secs(4), Duration::from_secs(15), Duration::from_secs(60)];
/// S3's clock is not ours: an upload that it dates a little earlier may still be of this publication.
const CLOCKS_DIFFER: time::Duration = time::Duration::minutes(5);

/// Takes away the document's version, parts and objects; returns what could not be, each with the reason.
pub async fn undo(
    aws: &AwsPublishing,
    store: &PublicationStore,
    publication: &Publication,
    version: Option<&str>,
) -> Vec<String> {
    let (plan, id) = (&publication.plan, publication.id.as_str());
    let mut left = Vec::new();
    if let Some(version) = version {
        let removed = persistently(|| aws.remove_version(plan, version)).await;
        left.extend(removed.err().map(|error| format!("{} {version}: {error}", plan.name)));
    }
    let given_up = persistently(|| abort_upload(aws, store, publication)).await;
    left.extend(given_up.err().map(|error| format!("s3://{}/{}: {error}", plan.bucket, plan.prefix)));
    for key in keys(publication) {
        let removed = persistently(|| aws.remove_own(&plan.bucket, &key, id)).await;
        left.extend(removed.err().map(|error| format!("s3://{}/{key}: {error}", plan.bucket)));
    }
    left
}

/// Gives up the upload that a publication was at. One whose id was not noted any more is looked for by its key, and only
/// where no other publication sends anything there: S3 does not tell whose an upload is.
///
/// # Errors
/// As [`AwsPublishing::abort_upload`]; `Internal` when the database fails.
pub async fn abort_upload(
    aws: &AwsPublishing,
    store: &PublicationStore,
    publication: &Publication,
) -> Result<(), ApiError> {
    let (bucket, id) = (&publication.plan.bucket, publication.id.as_str());
    let Some(noted) = store.upload(id).await.map_err(internal)? else { return Ok(()) };
    let Upload { key, id: upload } = noted;
    if let Some(upload) = upload {
        return aws.abort_upload(bucket, &key, &upload).await;
    }
    let found = aws.uploads(bucket, &key, publication.begun - CLOCKS_DIFFER).await?;
    // Asked only now: a publication is noted before it begins an upload.
    if store.others_send(id, bucket, &key).await.map_err(internal)? {
        tracing::warn!(
            id,
            bucket,
            key,
            "an upload may be left: another publication writes to the same place"
        );
        return Ok(());
    }
    for upload in found {
        aws.abort_upload(bucket, &key, &upload).await?;
    }
    Ok(())
}

/// The keys of everything that goes to S3.
fn keys(publication: &Publication) -> impl Iterator<Item = String> {
    let plan = &publication.plan;
    let sent = plan.files.iter().filter(|file| matches!(file.origin, Origin::Uploaded { .. }));
    sent.map(|file| plan.key(&file.zip_name)).chain([plan.key("manifest.json")])
}

/// Does something that AWS may not do at once.
///
/// # Errors
/// What AWS refuses, or has not done for a while.
pub async fn persistently<T, F: Future<Output = Result<T, ApiError>>>(
    mut act: impl FnMut() -> F,
) -> Result<T, ApiError> {
    for pause in PAUSES {
        match act().await {
            // What AWS refuses it will refuse again.
            Err(error) if may_pass(&error) => tokio::time::sleep(pause).await,
            done => return done,
        }
    }
    act().await
}

fn internal(error: sqlx::Error) -> ApiError {
    tracing::error!(%error, "a publication's upload could not be read");
    ApiError::Internal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upstream(code: &str) -> ApiError {
        ApiError::Upstream { code: code.to_owned(), message: String::new(), request_id: None }
    }

    #[tokio::test]
    async fn what_aws_fails_at_is_tried_again_and_what_it_refuses_is_not() {
        for (error, is_over) in [
            (ApiError::Throttled, false),
            (upstream("InternalServerError"), false),
            (upstream("HTTP 503"), false),
            (upstream("AccessDenied"), true),
        ] {
            let tried = persistently(|| async { Err::<(), _>(error.clone()) });
            let tried = tokio::time::timeout(Duration::ZERO, tried).await;
            assert_eq!(tried.is_ok(), is_over, "{error:?}");
        }
    }
}
