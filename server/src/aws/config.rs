//! One loader for every AWS client, whichever backend they talk to.

use std::net::SocketAddr;
use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;

use super::http::past_proxies;

/// Requests that fail for a passing reason are sent this often in all.
const MAX_ATTEMPTS: u32 = 3;

/// Which AWS the console talks to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The account of AWS's own variables and files (`AWS_REGION`, `AWS_PROFILE`, `AWS_ENDPOINT_URL`, …).
    Account,
    /// The stand-in on this machine; AWS's variables and files are not read.
    Embedded {
        /// Where it listens.
        address: SocketAddr,
        /// The Region that it plays.
        region: String,
    },
}

impl Target {
    /// Whether this is the stand-in.
    #[must_use]
    pub const fn is_embedded(&self) -> bool {
        matches!(self, Self::Embedded { .. })
    }
}

/// How long AWS may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// Until the connection stands.
    pub connect: Duration,
    /// Until one attempt is answered.
    pub attempt: Duration,
    /// Until the operation, with all its attempts, is done.
    pub operation: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            attempt: Duration::from_secs(10),
            operation: Duration::from_secs(30),
        }
    }
}

/// What every client is made from.
pub async fn load(target: &Target, timeouts: Timeouts) -> SdkConfig {
    let loader = aws_config::defaults(BehaviorVersion::latest())
        .retry_config(RetryConfig::standard().with_max_attempts(MAX_ATTEMPTS))
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(timeouts.connect)
                .operation_attempt_timeout(timeouts.attempt)
                .operation_timeout(timeouts.operation)
                .build(),
        );
    let loader = match target {
        Target::Account => loader,
        Target::Embedded { address, region } => loader
            .endpoint_url(format!("http://{address}"))
            .region(Region::new(region.clone()))
            .credentials_provider(Credentials::new("embedded", "embedded", None, None, "embedded"))
            // Set in the environment they would lead away from the stand-in.
            .use_fips(false)
            .use_dual_stack(false),
    };
    past_proxies(loader.load().await)
}
