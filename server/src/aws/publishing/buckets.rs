//! The buckets that packages can go to.

use app::ports::Buckets;
use async_trait::async_trait;
use aws_sdk_s3::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_s3::operation::head_bucket::HeadBucketError;
use domain::errors::ApiError;
use domain::packages::buckets::{Bucket, BucketProblem};

use super::AwsPublishing;
use crate::aws::error::api_error;

/// Buckets of a page. An account has 10,000 by default (S3).
const PAGE: i32 = 1000;
/// Names the bucket's Region in every answer about it, refusals among them.
const REGION_HEADER: &str = "x-amz-bucket-region";
/// What is tried under the prefix, and given up.
const PROBE: &str = "sekisho-write-check";

#[async_trait]
impl Buckets for AwsPublishing {
    async fn list(&self) -> Result<Vec<Bucket>, ApiError> {
        let mut buckets = Vec::new();
        let mut pages = self.s3.list_buckets().max_buckets(PAGE).into_paginator().send();
        while let Some(page) = pages.next().await {
            let found = page.map_err(api_error)?.buckets.unwrap_or_default().into_iter();
            buckets.extend(
                found.filter_map(|bucket| Some(Bucket { name: bucket.name?, region: bucket.bucket_region })),
            );
        }
        buckets.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(buckets)
    }

    async fn check(&self, bucket: &str, prefix: &str) -> Result<Option<BucketProblem>, ApiError> {
        let (problem, region) = match self.s3.head_bucket().bucket(bucket).send().await {
            Ok(head) => (None, head.bucket_region),
            Err(error) => self.head_problem(error)?,
        };
        // A Region tells more than the refusal that comes with it.
        if let Some(region) = region.filter(|region| *region != self.region) {
            return Ok(Some(BucketProblem::OtherRegion { region, expected: self.region.clone() }));
        }
        match problem {
            Some(problem) => Ok(Some(problem)),
            None => self.try_writing(bucket, prefix).await,
        }
    }
}

impl AwsPublishing {
    /// What a refusal means: `HeadBucket` has no body that would say it.
    fn head_problem(
        &self,
        error: SdkError<HeadBucketError>,
    ) -> Result<(Option<BucketProblem>, Option<String>), ApiError> {
        let Some(answer) = error.raw_response() else { return Err(api_error(error)) };
        let region = answer.headers().get(REGION_HEADER).map(str::to_owned);
        match answer.status().as_u16() {
            404 => Ok((Some(BucketProblem::NotFound), None)),
            403 => Ok((Some(BucketProblem::Denied), region)),
            301 => Ok((None, region)),
            _ => Err(api_error(error)),
        }
    }

    async fn try_writing(&self, bucket: &str, prefix: &str) -> Result<Option<BucketProblem>, ApiError> {
        let key = if prefix.is_empty() { PROBE.to_owned() } else { format!("{prefix}/{PROBE}") };
        let begun = match self.s3.create_multipart_upload().bucket(bucket).key(&key).send().await {
            Ok(begun) => begun,
            Err(error) => return refusal(error.code().is_some(), api_error(error)),
        };
        let request = self.s3.abort_multipart_upload().bucket(bucket).key(key);
        match request.set_upload_id(begun.upload_id).send().await {
            Ok(_) => Ok(None),
            Err(error) => refusal(error.code().is_some(), api_error(error)),
        }
    }
}

/// S3's own refusals say that it cannot be written; other failures say nothing of the bucket.
fn refusal(by_s3: bool, error: ApiError) -> Result<Option<BucketProblem>, ApiError> {
    match error {
        ApiError::Upstream { .. } if by_s3 => Ok(Some(BucketProblem::NotWritable { error })),
        _ => Err(error),
    }
}
