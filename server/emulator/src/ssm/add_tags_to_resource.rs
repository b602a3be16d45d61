//! `AddTagsToResource`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{shapes, taggable};
use crate::store::Tag;
use crate::validate::{Member, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

/// AWS tags a resource at most fifty times.
const MOST_TAGS: i64 = 50;

pub(super) struct AddTagsToResource;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    resource_type: String,
    resource_id: String,
    tags: Vec<Tag>,
}

impl Operation for AddTagsToResource {
    const NAME: &'static str = "AddTagsToResource";
    const INPUT: &'static [Member] = &[
        required("ResourceType", &taggable::RESOURCE_TYPE),
        required("ResourceId", &shapes::ANY),
        required("Tags", &shapes::TAGS),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        taggable::check(&call.state, &input.resource_type, &input.resource_id).await?;
        if input.tags.iter().any(|tag| tag.key.to_lowercase().starts_with("aws:")) {
            return Err(ServiceError::validation("Tag keys that begin with aws: are reserved."));
        }
        let store = call.state.store();
        if store.add_tags(&input.resource_type, &input.resource_id, &input.tags, MOST_TAGS).await? {
            return Ok(json!({}));
        }
        Err(ServiceError::bare("TooManyTagsError"))
    }
}
