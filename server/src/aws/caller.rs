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
