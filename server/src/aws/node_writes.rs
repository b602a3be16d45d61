//! What can be done to hybrid nodes, and their tags.

use app::ports::NodeTags;
use async_trait::async_trait;
use aws_sdk_ssm::error::ProvideErrorMetadata as _;
use aws_sdk_ssm::types::ResourceTypeForTagging::ManagedInstance;
use domain::errors::ApiError;
use domain::tags::Tag;

use super::error::api_error;
use crate::node_actions::NodeWrites;

/// The hybrid nodes of one account and Region.
#[derive(Clone, Debug)]
pub struct SsmNodeWrites {
    ssm: aws_sdk_ssm::Client,
}

impl SsmNodeWrites {
    pub(super) const fn new(ssm: aws_sdk_ssm::Client) -> Self {
        Self { ssm }
    }
}

#[async_trait]
impl NodeTags for SsmNodeWrites {
    async fn tags(&self, id: &str) -> Result<Vec<Tag>, ApiError> {
        let request = self.ssm.list_tags_for_resource().resource_type(ManagedInstance).resource_id(id);
        match request.send().await {
            Ok(answer) => {
                let tags = answer.tag_list.unwrap_or_default().into_iter();
                let mut tags: Vec<Tag> = tags.map(|tag| Tag { key: tag.key, value: tag.value }).collect();
                tags.sort();
                Ok(tags)
            }
            Err(error) if error.code() == Some("InvalidResourceId") => Err(ApiError::NotFound),
            Err(error) => Err(api_error(error)),
        }
    }
}

#[async_trait]
impl NodeWrites for SsmNodeWrites {
    async fn deregister(&self, id: &str) -> Result<(), ApiError> {
        self.ssm.deregister_managed_instance().instance_id(id).send().await.map_err(api_error)?;
        Ok(())
    }

    async fn set_role(&self, id: &str, iam_role: &str) -> Result<(), ApiError> {
        let request = self.ssm.update_managed_instance_role().instance_id(id).iam_role(iam_role);
        request.send().await.map_err(api_error)?;
        Ok(())
    }

    async fn set_tags(&self, id: &str, tags: &[Tag]) -> Result<(), ApiError> {
        let tag = |tag: &Tag| aws_sdk_ssm::types::Tag::builder().key(&tag.key).value(&tag.value).build();
        let tags = tags.iter().map(tag).collect::<Result<Vec<_>, _>>().map_err(|_| ApiError::Internal)?;
        let request = self.ssm.add_tags_to_resource().resource_type(ManagedInstance).resource_id(id);
        request.set_tags(Some(tags)).send().await.map_err(api_error)?;
        Ok(())
    }

    async fn remove_tags(&self, id: &str, keys: &[String]) -> Result<(), ApiError> {
        let request = self.ssm.remove_tags_from_resource().resource_type(ManagedInstance).resource_id(id);
        request.set_tag_keys(Some(keys.to_vec())).send().await.map_err(api_error)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
