//! Packages as SSM's documents of the type `Package`.

mod change_tags;
mod content;
mod delete;
mod describe;
mod files;
mod list;
mod set_default_version;
mod sharing;
mod versions;

use app::page::AwsCaller;
use app::ports::FileBody;
use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_sdk_ssm::error::{ProvideErrorMetadata, SdkError};
use domain::errors::ApiError;
use domain::packages::catalogue::{Ownership, Package};
use domain::packages::detail::{PackageContent, PackageDetail, PackageVersion, SharedAccount};
use domain::tags::Tag;

use super::error::api_error;
use crate::packages::PackageSource;
use files::Links;

/// The packages that one account sees in one Region.
#[derive(Clone, Debug)]
pub struct SsmPackages {
    ssm: aws_sdk_ssm::Client,
    links: Links,
    account: String,
    region: String,
    /// `aws`, `aws-cn` or `aws-us-gov`: the second part of every ARN.
    partition: String,
}

impl SsmPackages {
    pub(super) fn new(config: &SdkConfig, caller: &AwsCaller) -> Self {
        Self {
            ssm: aws_sdk_ssm::Client::new(config),
            links: Links::new(config),
            account: caller.account.clone(),
            region: caller.region.clone(),
            partition: caller.arn.split(':').nth(1).unwrap_or("aws").to_owned(),
        }
    }

    /// The ARN of a package that has none for a name. AWS's own and vendors' have no account in it.
    fn arn(&self, name: &str, ownership: Ownership) -> String {
        if name.starts_with("arn:") {
            return name.to_owned();
        }
        let account = if ownership == Ownership::Own { self.account.as_str() } else { "" };
        format!("arn:{}:ssm:{}:{account}:document/{name}", self.partition, self.region)
    }
}

/// SSM's own words, but for what is not there.
fn refused<E>(error: SdkError<E>) -> ApiError
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    match error.code() {
        Some("InvalidDocument" | "InvalidDocumentVersion" | "InvalidResourceId") => ApiError::NotFound,
        _ => api_error(error),
    }
}

/// A version's number (SSM API: `DocumentVersion`, digits).
fn number(version: Option<&str>) -> Option<u64> {
    version.and_then(|version| version.parse().ok())
}

fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

#[async_trait]
impl PackageSource for SsmPackages {
    async fn list(&self, ownership: Ownership) -> Result<Vec<Package>, ApiError> {
        list::list(&self.ssm, ownership).await
    }

    async fn versions(&self, name: &str) -> Result<Vec<PackageVersion>, ApiError> {
        versions::versions(&self.ssm, name).await
    }

    async fn describe(&self, name: &str) -> Result<PackageDetail, ApiError> {
        describe::describe(self, name).await
    }

    async fn content(&self, name: &str, version: u64) -> Result<PackageContent, ApiError> {
        content::content(&self.ssm, name, version).await
    }

    async fn open(&self, name: &str, version: u64, file: &str) -> Result<FileBody, ApiError> {
        let link = content::link(&self.ssm, name, version, file).await?;
        self.links.open(link).await
    }

    async fn set_default_version(&self, name: &str, version: u64) -> Result<(), ApiError> {
        set_default_version::set_default_version(&self.ssm, name, version).await
    }

    async fn delete(&self, name: &str, version: Option<u64>) -> Result<(), ApiError> {
        delete::delete(&self.ssm, name, version).await
    }

    async fn shared_with(&self, name: &str) -> Result<Vec<SharedAccount>, ApiError> {
        sharing::shared_with(&self.ssm, name).await
    }

    async fn share(&self, name: &str, add: &[String], remove: &[String]) -> Result<(), ApiError> {
        sharing::share(&self.ssm, name, add, remove).await
    }

    async fn change_tags(&self, name: &str, set: &[Tag], remove: &[String]) -> Result<(), ApiError> {
        change_tags::change_tags(&self.ssm, name, set, remove).await
    }
}

#[cfg(test)]
mod tests;
