//! What publishing asks of AWS: objects in S3, then a document in SSM.

mod buckets;
mod documents;
mod objects;
mod places;

use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_s3::config::timeout::TimeoutConfig;

pub use documents::{DocumentState, Registered};
pub use objects::{Presence, SentPart, Stored};
pub use places::ReadFailure;

/// A part of 8 MiB may take this long: a line of little more than 1 Mbit/s will do.
const PART_TIMEOUT: Duration = Duration::from_secs(60);
/// With all attempts.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(180);

/// S3 and SSM of one account and Region, for publishing.
#[derive(Clone, Debug)]
pub struct AwsPublishing {
    s3: aws_sdk_s3::Client,
    ssm: aws_sdk_ssm::Client,
    region: String,
}

impl AwsPublishing {
    pub(super) fn new(config: &SdkConfig, region: &str) -> Self {
        Self {
            s3: aws_sdk_s3::Client::from_conf(s3_config(config)),
            ssm: aws_sdk_ssm::Client::new(config),
            region: region.to_owned(),
        }
    }
}

/// S3's own hosts have a bucket's name in front; whatever else stands at an endpoint of one's own seldom has such names.
fn s3_config(config: &SdkConfig) -> aws_sdk_s3::Config {
    let timeouts = config.timeout_config().map_or_else(TimeoutConfig::builder, TimeoutConfig::to_builder);
    aws_sdk_s3::config::Builder::from(config)
        .force_path_style(has_own_endpoint(config))
        .timeout_config(
            timeouts.operation_attempt_timeout(PART_TIMEOUT).operation_timeout(UPLOAD_TIMEOUT).build(),
        )
        .build()
}

fn has_own_endpoint(config: &SdkConfig) -> bool {
    let key = aws_types::service_config::ServiceConfigKey::builder()
        .service_id("S3")
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build();
    let of_s3 = key.ok().and_then(|key| config.service_config().and_then(|found| found.load_config(key)));
    config.endpoint_url().is_some() || of_s3.is_some()
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
