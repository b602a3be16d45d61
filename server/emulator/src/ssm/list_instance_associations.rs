//! `ListInstanceAssociations`: what State Manager wants of a node, which is nothing here.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{node_credentials, shapes};
use crate::validate::{Member, Shape, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

static MAX_RESULTS: Shape = Shape::Integer(1, 50);

pub(super) struct ListInstanceAssociations;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    instance_id: String,
}

impl Operation for ListInstanceAssociations {
    const NAME: &'static str = "ListInstanceAssociations";
    const INPUT: &'static [Member] = &[
        required("InstanceId", &shapes::INSTANCE_ID),
        optional("MaxResults", &MAX_RESULTS),
        optional("NextToken", &shapes::ANY),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        node_credentials::check(call, &input.instance_id).await?;
        if !call.state.store().has_node(&input.instance_id).await? {
            return Err(node_credentials::not_existing(&input.instance_id));
        }
        Ok(json!({"Associations": []}))
    }
}

#[cfg(test)]
mod tests;
