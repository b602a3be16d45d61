//! `GetDocument`: a version's manifest, its files, and links to them.

use aws_sdk_ssm::operation::get_document::GetDocumentOutput;
use domain::errors::ApiError;
use domain::packages::detail::{PackageContent, PackageFile};
use secrecy::SecretString;

use super::refused;

/// Where a file can be fetched for a quarter of an hour by whoever has the link.
pub(super) struct Link {
    pub url: SecretString,
    pub name: String,
    /// Bytes.
    pub size: u64,
}

async fn get(ssm: &aws_sdk_ssm::Client, name: &str, version: u64) -> Result<GetDocumentOutput, ApiError> {
    let request = ssm.get_document().name(name).document_version(version.to_string());
    request.send().await.map_err(refused)
}

pub(super) async fn content(
    ssm: &aws_sdk_ssm::Client,
    name: &str,
    version: u64,
) -> Result<PackageContent, ApiError> {
    let found = get(ssm, name, version).await?;
    let files = found.attachments_content.unwrap_or_default().into_iter().filter_map(|file| {
        Some(PackageFile {
            name: file.name?,
            size: u64::try_from(file.size).unwrap_or_default(),
            sha256: file.hash.unwrap_or_default(),
        })
    });
    Ok(PackageContent { version, manifest: found.content.unwrap_or_default(), files: files.collect() })
}

pub(super) async fn link(
    ssm: &aws_sdk_ssm::Client,
    name: &str,
    version: u64,
    file: &str,
) -> Result<Link, ApiError> {
    let found = get(ssm, name, version).await?;
    let mut files = found.attachments_content.unwrap_or_default().into_iter();
    let found = files.find(|found| found.name.as_deref() == Some(file)).ok_or(ApiError::NotFound)?;
    Ok(Link {
        url: found.url.ok_or(ApiError::NotFound)?.into(),
        name: file.to_owned(),
        size: u64::try_from(found.size).unwrap_or_default(),
    })
}
