//! `UpdateManagedInstanceRole`: another role for a registered node.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{managed_instance_role, node_credentials, shapes};
use crate::validate::{Member, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

pub(super) struct UpdateManagedInstanceRole;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    instance_id: String,
    iam_role: String,
}

impl Operation for UpdateManagedInstanceRole {
    const NAME: &'static str = "UpdateManagedInstanceRole";
    const INPUT: &'static [Member] =
        &[required("InstanceId", &shapes::MANAGED_INSTANCE_ID), required("IamRole", &shapes::IAM_ROLE)];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        managed_instance_role::check(&call.state, &input.iam_role).await?;
        if call.state.store().set_node_role(&input.instance_id, &input.iam_role).await? {
            return Ok(json!({}));
        }
        Err(node_credentials::not_existing(&input.instance_id))
    }
}

#[cfg(test)]
mod tests;
