//! `DescribeDocument`.

use domain::errors::ApiError;
use domain::packages::catalogue::Ownership;
use domain::packages::detail::PackageDetail;
use domain::tags::Tag;

use super::list::platforms;
use super::{SsmPackages, given, refused};
use crate::aws::convert::time_from_sdk;

pub(super) async fn describe(packages: &SsmPackages, name: &str) -> Result<PackageDetail, ApiError> {
    let answer = packages.ssm.describe_document().name(name).send().await.map_err(refused)?;
    let found = answer.document.ok_or(ApiError::NotFound)?;
    // Any document has a name like this, but only packages are shown here.
    if found.document_type.as_ref().map(aws_sdk_ssm::types::DocumentType::as_str) != Some("Package") {
        return Err(ApiError::NotFound);
    }
    let name = found.name.unwrap_or_else(|| name.to_owned());
    let owner = given(found.owner);
    let ownership = Ownership::of(owner.as_deref(), &packages.account);
    let tags = found.tags.unwrap_or_default().into_iter().map(|tag| Tag { key: tag.key, value: tag.value });
    let mut tags: Vec<Tag> = tags.collect();
    tags.sort();
    Ok(PackageDetail {
        arn: packages.arn(&name, ownership),
        name,
        ownership,
        owner,
        platforms: platforms(found.platform_types),
        created: found.created_date.as_ref().and_then(time_from_sdk),
        tags,
        versions: Vec::new(),
    })
}
