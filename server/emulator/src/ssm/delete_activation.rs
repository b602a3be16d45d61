//! `DeleteActivation`: nothing registers with it any more; nodes that have stay.

use serde::Deserialize;
use serde_json::{Value, json};

use super::shapes;
use crate::validate::{Member, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

pub(super) struct DeleteActivation;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    activation_id: String,
}

impl Operation for DeleteActivation {
    const NAME: &'static str = "DeleteActivation";
    const INPUT: &'static [Member] = &[required("ActivationId", &shapes::ACTIVATION_ID)];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        if call.state.store().delete_activation(&input.activation_id).await? {
            return Ok(json!({}));
        }
        Err(ServiceError::new(
            "InvalidActivation",
            format!("Not existing activation: {}", input.activation_id),
        ))
    }
}

#[cfg(test)]
mod tests;
