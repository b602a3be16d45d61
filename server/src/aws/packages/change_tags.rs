//! `AddTagsToResource` and `RemoveTagsFromResource`, for documents.

use aws_sdk_ssm::types::ResourceTypeForTagging::Document;
use domain::errors::ApiError;
use domain::tags::Tag;

use super::refused;

/// Removes before it sets: a package that has as many tags as it may can then still be given others.
pub(super) async fn change_tags(
    ssm: &aws_sdk_ssm::Client,
    name: &str,
    set: &[Tag],
    remove: &[String],
) -> Result<(), ApiError> {
    if !remove.is_empty() {
        let request = ssm.remove_tags_from_resource().resource_type(Document).resource_id(name);
        request.set_tag_keys(Some(remove.to_vec())).send().await.map_err(refused)?;
    }
    if !set.is_empty() {
        let tag = |tag: &Tag| aws_sdk_ssm::types::Tag::builder().key(&tag.key).value(&tag.value).build();
        let tags = set.iter().map(tag).collect::<Result<Vec<_>, _>>().map_err(|_| ApiError::Internal)?;
        let request = ssm.add_tags_to_resource().resource_type(Document).resource_id(name);
        request.set_tags(Some(tags)).send().await.map_err(refused)?;
    }
    Ok(())
}
