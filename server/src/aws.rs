//! AWS behind the console's ports, through the SDK.

mod activations;
mod caller;
pub mod config;
mod convert;
mod error;
mod http;
mod iam_roles;
mod images;
mod node_writes;
mod nodes;
mod packages;
mod publishing;
mod tier;

use std::sync::Arc;

use app::page::AwsCaller;
use app::ports::Clock;
use aws_config::SdkConfig;
pub use error::causes;

pub use activations::SsmActivations;
pub use caller::ConnectError;
pub use config::{Target, Timeouts};
pub use error::{api_error, may_pass};
pub use iam_roles::SsmRoles;
use images::Images;
pub use node_writes::SsmNodeWrites;
pub use nodes::SsmNodes;
pub use packages::SsmPackages;
pub use publishing::{AwsPublishing, DocumentState, Presence, ReadFailure, Registered, SentPart, Stored};
pub use tier::SsmTier;

/// A connection to one account and Region that has been tried.
#[derive(Clone, Debug)]
pub struct Aws {
    config: SdkConfig,
    caller: AwsCaller,
}

impl Aws {
    /// Loads the configuration and asks STS who is calling.
    ///
    /// # Errors
    /// [`ConnectError`]: one sentence that says what to set or mend.
    pub async fn connect(target: &Target, timeouts: Timeouts) -> Result<Self, ConnectError> {
        let config = config::load(target, timeouts).await;
        let caller = caller::identify(&config, target.is_embedded()).await?;
        Ok(Self { config, caller })
    }

    /// Whose account this is.
    #[must_use]
    pub const fn caller(&self) -> &AwsCaller {
        &self.caller
    }

    /// The roles that SSM may assume.
    #[must_use]
    pub fn iam_roles(&self) -> Arc<SsmRoles> {
        Arc::new(SsmRoles::new(aws_sdk_iam::Client::new(&self.config), &self.caller))
    }

    /// The hybrid activations.
    #[must_use]
    pub fn activations(&self, roles: Arc<SsmRoles>) -> SsmActivations {
        SsmActivations::new(aws_sdk_ssm::Client::new(&self.config), roles)
    }

    /// What can be done to the managed nodes, and their tags.
    #[must_use]
    pub fn node_writes(&self) -> SsmNodeWrites {
        SsmNodeWrites::new(aws_sdk_ssm::Client::new(&self.config))
    }

    /// The managed nodes.
    #[must_use]
    pub fn nodes(&self, clock: Arc<dyn Clock>) -> SsmNodes {
        SsmNodes::new(aws_sdk_ssm::Client::new(&self.config), Images::new(&self.config, clock))
    }

    /// The packages.
    #[must_use]
    pub fn packages(&self) -> SsmPackages {
        SsmPackages::new(&self.config, &self.caller)
    }

    /// What publishing asks of S3 and SSM.
    #[must_use]
    pub fn publishing(&self) -> AwsPublishing {
        AwsPublishing::new(&self.config, &self.caller.region)
    }

    /// The activation tier.
    #[must_use]
    pub fn tier(&self) -> SsmTier {
        SsmTier::new(aws_sdk_ssm::Client::new(&self.config))
    }
}

#[cfg(test)]
pub(crate) mod testing;
