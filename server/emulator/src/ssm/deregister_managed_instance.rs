//! `DeregisterManagedInstance`: the node is forgotten; its agent's next request is refused.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{node_credentials, shapes};
use crate::validate::{Member, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

pub(super) struct DeregisterManagedInstance;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    instance_id: String,
}

impl Operation for DeregisterManagedInstance {
    const NAME: &'static str = "DeregisterManagedInstance";
    const INPUT: &'static [Member] = &[required("InstanceId", &shapes::MANAGED_INSTANCE_ID)];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        if call.state.store().deregister(&input.instance_id).await? {
            return Ok(json!({}));
        }
        Err(node_credentials::not_existing(&input.instance_id))
    }
}

#[cfg(test)]
mod tests;
