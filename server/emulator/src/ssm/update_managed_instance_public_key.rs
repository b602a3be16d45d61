//! `UpdateManagedInstancePublicKey`: a node replaces its key, signing with the old one.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{node_signature, public_key};
use crate::validate::{Member, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

pub(super) struct UpdateManagedInstancePublicKey;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    new_public_key: String,
}

impl Operation for UpdateManagedInstancePublicKey {
    const NAME: &'static str = "UpdateManagedInstancePublicKey";
    const INPUT: &'static [Member] = &[
        required("NewPublicKey", &public_key::PUBLIC_KEY),
        optional("NewPublicKeyType", &public_key::PUBLIC_KEY_TYPE),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let (node_id, _) = node_signature::verify(call).await?;
        let key = public_key::read(&input.new_public_key)?;
        call.state.store().set_node_key(&node_id, &key).await?;
        Ok(json!({}))
    }
}

#[cfg(test)]
mod tests;
