//! The system's default role, made on first use.

use aws_sdk_iam::error::ProvideErrorMetadata as _;
use domain::errors::{ApiError, Rule};
use domain::iam_roles::{DEFAULT_ROLE_NAME, DEFAULT_ROLE_PATH, REQUIRED_POLICY_ARN, trust_policy};

use super::SsmRoles;
use crate::aws::error::api_error;

/// Shown in IAM's own console.
const DESCRIPTION: &str = "Assumed by AWS Systems Manager for nodes registered through hybrid activations";

impl SsmRoles {
    /// Whether anything had to be made.
    pub(super) async fn ensure_default_role(&self) -> Result<bool, ApiError> {
        match self.iam.get_role().role_name(DEFAULT_ROLE_NAME).send().await {
            Ok(found) => {
                let document = found.role.and_then(|role| role.assume_role_policy_document);
                if !document.is_some_and(|document| self.trusts_ssm(&document)) {
                    return Err(ApiError::field("role", Rule::AssumableRole));
                }
                // One without any policy is one whose making was cut short.
                if !self.attached_policies(DEFAULT_ROLE_NAME).await?.is_empty() {
                    return Ok(false);
                }
            }
            Err(error) if error.code() == Some("NoSuchEntity") => self.create_default_role().await?,
            Err(error) => return Err(api_error(error)),
        }
        self.attach_required_policy().await?;
        Ok(true)
    }

    async fn create_default_role(&self) -> Result<(), ApiError> {
        let trust = trust_policy(&self.partition, &self.account);
        let request = self
            .iam
            .create_role()
            .path(DEFAULT_ROLE_PATH)
            .role_name(DEFAULT_ROLE_NAME)
            .assume_role_policy_document(trust)
            .description(DESCRIPTION);
        match request.send().await {
            Ok(_) => {
                tracing::info!(role = DEFAULT_ROLE_NAME, "created the default role");
                Ok(())
            }
            // Somebody else was a moment faster.
            Err(error) if error.code() == Some("EntityAlreadyExists") => Ok(()),
            Err(error) => Err(api_error(error)),
        }
    }

    /// Attaching twice is the same as once (IAM API).
    async fn attach_required_policy(&self) -> Result<(), ApiError> {
        let arn = self.in_partition(REQUIRED_POLICY_ARN);
        let request = self.iam.attach_role_policy().role_name(DEFAULT_ROLE_NAME).policy_arn(arn);
        request.send().await.map_err(api_error)?;
        Ok(())
    }

    /// ARNs as this partition writes them.
    fn in_partition(&self, text: &str) -> String {
        text.replace("arn:aws:", &format!("arn:{}:", self.partition))
    }
}

#[cfg(test)]
mod tests {
    use app::page::AwsCaller;

    use super::*;
    use crate::aws::testing::upstream::{Reply, Upstream};
    use crate::aws::testing::{account, connected_to};

    #[tokio::test]
    async fn a_default_role_left_without_its_policy_gets_it() {
        let account = account().await;
        let roles = account.aws.iam_roles();
        roles.create_default_role().await.unwrap();
        assert_eq!(roles.attached_policies(DEFAULT_ROLE_NAME).await.unwrap(), []);
        assert!(roles.ensure_default_role().await.unwrap());
        assert!(!roles.ensure_default_role().await.unwrap());
    }

    #[tokio::test]
    async fn a_default_role_of_another_region_alone_is_told_at_its_field() {
        let account = account().await;
        let roles = account.aws.iam_roles();
        let trust = trust_policy("aws", &roles.account).replace(":*:", ":us-east-1:");
        let made = roles.iam.create_role().path(DEFAULT_ROLE_PATH).role_name(DEFAULT_ROLE_NAME);
        made.assume_role_policy_document(trust).send().await.unwrap();
        assert_eq!(roles.ensure_default_role().await, Err(ApiError::field("role", Rule::AssumableRole)));
    }

    #[tokio::test]
    async fn arns_are_those_of_the_partition() {
        let aws = connected_to(Upstream::start([Reply::Silence]).await.address).await;
        let caller =
            AwsCaller { arn: "arn:aws-cn:iam::123456789012:user/x".to_owned(), ..aws.caller().clone() };
        let roles = SsmRoles::new(aws_sdk_iam::Client::new(&aws.config), &caller);
        assert_eq!(roles.in_partition("arn:aws:iam::aws:policy/P"), "arn:aws-cn:iam::aws:policy/P");
    }
}
