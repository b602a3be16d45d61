//! `UpdateDocumentDefaultVersion`.

use domain::errors::ApiError;

use super::refused;

pub(super) async fn set_default_version(
    ssm: &aws_sdk_ssm::Client,
    name: &str,
    version: u64,
) -> Result<(), ApiError> {
    let request = ssm.update_document_default_version().name(name).document_version(version.to_string());
    request.send().await.map(drop).map_err(refused)
}
