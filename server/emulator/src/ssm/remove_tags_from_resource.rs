//! `RemoveTagsFromResource`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{shapes, taggable};
use crate::validate::{List, Member, Shape, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

static TAG_KEYS: Shape = Shape::List(List { element: &shapes::TAG_KEY, min: 0, max: usize::MAX });

pub(super) struct RemoveTagsFromResource;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    resource_type: String,
    resource_id: String,
    tag_keys: Vec<String>,
}

impl Operation for RemoveTagsFromResource {
    const NAME: &'static str = "RemoveTagsFromResource";
    const INPUT: &'static [Member] = &[
        required("ResourceType", &taggable::RESOURCE_TYPE),
        required("ResourceId", &shapes::ANY),
        required("TagKeys", &TAG_KEYS),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        taggable::check(&call.state, &input.resource_type, &input.resource_id).await?;
        call.state.store().remove_tags(&input.resource_type, &input.resource_id, &input.tag_keys).await?;
        Ok(json!({}))
    }
}
