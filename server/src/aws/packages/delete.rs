//! `DeleteDocument`, for one version or all.

use domain::errors::ApiError;

use super::refused;

pub(super) async fn delete(
    ssm: &aws_sdk_ssm::Client,
    name: &str,
    version: Option<u64>,
) -> Result<(), ApiError> {
    let request = ssm.delete_document().name(name);
    let request = request.set_document_version(version.map(|version| version.to_string()));
    request.send().await.map(drop).map_err(refused)
}
