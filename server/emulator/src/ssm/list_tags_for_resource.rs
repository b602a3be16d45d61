//! `ListTagsForResource`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{shapes, taggable};
use crate::validate::{Member, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

pub(super) struct ListTagsForResource;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    resource_type: String,
    resource_id: String,
}

impl Operation for ListTagsForResource {
    const NAME: &'static str = "ListTagsForResource";
    const INPUT: &'static [Member] =
        &[required("ResourceType", &taggable::RESOURCE_TYPE), required("ResourceId", &shapes::ANY)];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        taggable::check(&call.state, &input.resource_type, &input.resource_id).await?;
        let tags = call.state.store().tags(&input.resource_type, &input.resource_id).await?;
        Ok(json!({"TagList": tags}))
    }
}
