//! Who the console is to AWS, asked once at start.

use app::page::AwsCaller;
use aws_config::SdkConfig;
use aws_credential_types::provider::ProvideCredentials as _;
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::error::{ProvideErrorMetadata as _, SdkError};

use super::error::causes;

/// Why AWS cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// No Region is configured.
    #[error(
        "no AWS Region is configured: set AWS_REGION, or `region` in the profile of ~/.aws/config that AWS_PROFILE names"
    )]
    NoRegion,
    /// No credentials are configured.
    #[error(
        "no AWS credentials were found: set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run where a role is attached"
    )]
    NoCredentials,
    /// Credentials are configured, but cannot be had.
    #[error("the AWS credentials could not be loaded: {reason}")]
    CredentialsUnusable {
        /// What each cause says.
        reason: String,
    },
    /// STS knows better.
    #[error("AWS refused the credentials in {region}: {code}: {message}")]
    Refused {
        /// The Region that was asked.
        region: String,
        /// AWS's error code, such as `InvalidClientTokenId`.
        code: String,
        /// AWS's own words.
        message: String,
    },
    /// STS did not answer.
    #[error("AWS STS in {region} could not be reached: {reason}")]
    Unreachable {
        /// The Region that was asked.
        region: String,
        /// The connection's error.
        reason: String,
    },
}

/// Asks STS whose credentials these are.
///
/// # Errors
/// [`ConnectError`].
pub async fn identify(config: &SdkConfig, embedded: bool) -> Result<AwsCaller, ConnectError> {
    let region = config.region().map(ToString::to_string).ok_or(ConnectError::NoRegion)?;
    let provider = config.credentials_provider().ok_or(ConnectError::NoCredentials)?;
    provider.provide_credentials().await.map_err(|error| match error {
        CredentialsError::CredentialsNotLoaded(_) => ConnectError::NoCredentials,
        error => ConnectError::CredentialsUnusable { reason: causes(&error) },
    })?;

    let answer = aws_sdk_sts::Client::new(config).get_caller_identity().send().await;
    let identity = answer.map_err(|error| match &error {
        SdkError::ServiceError(context) => ConnectError::Refused {
            region: region.clone(),
            code: context.err().code().unwrap_or("unknown").to_owned(),
            message: context.err().message().unwrap_or_default().to_owned(),
        },
        SdkError::ResponseError(context) => ConnectError::Unreachable {
            region: region.clone(),
            reason: format!("HTTP {} is not an answer that STS gives", context.raw().status().as_u16()),
        },
        SdkError::TimeoutError(_) => {
            ConnectError::Unreachable { region: region.clone(), reason: "no answer in time".to_owned() }
        }
        _ => ConnectError::Unreachable { region: region.clone(), reason: causes(&error) },
    })?;
    Ok(AwsCaller {
        account: identity.account().unwrap_or_default().to_owned(),
        arn: identity.arn().unwrap_or_default().to_owned(),
        region,
        embedded,
    })
}

#[cfg(test)]
mod tests {
    use aws_config::{BehaviorVersion, Region};
    use aws_credential_types::Credentials;
    use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};

    use super::*;
    use crate::aws::testing::upstream::{Reply, Upstream};
    use crate::aws::testing::{ANY_PORT, account, connected_to};

    #[derive(Debug)]
    struct Nothing;

    impl ProvideCredentials for Nothing {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            future::ProvideCredentials::ready(Err(CredentialsError::not_loaded_no_source()))
        }
    }

    #[tokio::test]
    async fn the_caller_has_an_account_a_region_and_an_arn() {
        let account = account().await;
        let caller = account.aws.caller();
        assert_eq!((caller.account.as_str(), caller.region.as_str()), ("123456789012", "ap-northeast-1"));
        assert!(caller.arn.starts_with("arn:aws:") && caller.embedded, "{caller:?}");
    }

    #[tokio::test]
    async fn a_missing_region_or_credentials_are_told_apart() {
        let config = || SdkConfig::builder().behavior_version(BehaviorVersion::latest());
        let credentials = SharedCredentialsProvider::new(Credentials::for_tests());
        let without_region = config().credentials_provider(credentials).build();
        assert!(matches!(identify(&without_region, false).await, Err(ConnectError::NoRegion)));

        let config = || config().region(Region::new("eu-west-1"));
        let without_provider = config().build();
        assert!(matches!(identify(&without_provider, false).await, Err(ConnectError::NoCredentials)));
        let without_credentials =
            config().credentials_provider(SharedCredentialsProvider::new(Nothing)).build();
        assert!(matches!(identify(&without_credentials, false).await, Err(ConnectError::NoCredentials)));
    }

    #[tokio::test]
    async fn a_refusal_and_a_missing_answer_are_told_apart() {
        let refusal = "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>\
                       <Code>InvalidClientTokenId</Code><Message>The security token is invalid.</Message></Error>\
                       <RequestId>r</RequestId></ErrorResponse>";
        let upstream = Upstream::start([Reply::Answer(403, refusal.to_owned())]).await;
        let refused = identify(&connected_to(upstream.address).await.config, true).await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            "AWS refused the credentials in ap-northeast-1: InvalidClientTokenId: The security token is invalid."
        );

        let closed = tokio::net::TcpListener::bind(ANY_PORT).await.unwrap().local_addr().unwrap();
        let unreachable = identify(&connected_to(closed).await.config, true).await.unwrap_err();
        assert!(matches!(unreachable, ConnectError::Unreachable { .. }), "{unreachable}");
    }
}
