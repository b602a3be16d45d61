//! `RequestManagedInstanceRoleToken`: a node proves its key and gets temporary credentials.

use serde::Deserialize;
use serde_json::{Value, json};
use time::Duration;

use super::{node_signature, shapes};
use crate::clock::{epoch_seconds, millis};
use crate::random;
use crate::validate::{Member, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

/// How long credentials are good for; agents renew at half life.
const LIFE: Duration = Duration::hours(1);

pub(super) struct RequestManagedInstanceRoleToken;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    fingerprint: String,
}

impl Operation for RequestManagedInstanceRoleToken {
    const NAME: &'static str = "RequestManagedInstanceRoleToken";
    const INPUT: &'static [Member] = &[required("Fingerprint", &shapes::ANY)];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let state = &call.state;
        let (node_id, key) = node_signature::verify(call).await?;
        if key.fingerprint != input.fingerprint {
            return Err(ServiceError::new("MachineFingerprintDoesNotMatch", "Fingerprint doesn't match"));
        }
        let access_key_id = random::unique_id(state.random(), "ASIA", 16);
        let expires_at = millis(state.time() + LIFE);
        state.store().issue_credentials(&node_id, &access_key_id, expires_at, state.now()).await?;
        Ok(json!({
            "AccessKeyId": access_key_id,
            "SecretAccessKey": random::code(state.random(), 40),
            "SessionToken": random::code(state.random(), 200),
            "TokenExpirationDate": epoch_seconds(expires_at),
            "UpdateKeyPair": false,
        }))
    }
}

#[cfg(test)]
mod tests;
