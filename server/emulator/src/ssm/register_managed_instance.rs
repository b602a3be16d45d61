//! `RegisterManagedInstance`: a machine shows an activation's id and code, unsigned, and becomes a node.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{activation_code, public_key, service_setting, shapes};
use crate::random;
use crate::store::{Refusal, Registration};
use crate::validate::{Member, Shape, Text, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

static CODE: Shape = Text::length(20, 250).sensitive().shape();
static FINGERPRINT: Shape = Text::length(1, 256).shape();

pub(super) struct RegisterManagedInstance;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    activation_id: String,
    activation_code: String,
    public_key: String,
    fingerprint: String,
}

impl Operation for RegisterManagedInstance {
    const NAME: &'static str = "RegisterManagedInstance";
    const SIGNED: bool = false;
    const INPUT: &'static [Member] = &[
        required("ActivationId", &shapes::ACTIVATION_ID),
        required("ActivationCode", &CODE),
        required("PublicKey", &public_key::PUBLIC_KEY),
        optional("PublicKeyType", &public_key::PUBLIC_KEY_TYPE),
        required("Fingerprint", &FINGERPRINT),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let state = &call.state;
        let registration = Registration {
            activation_id: input.activation_id,
            code_sha256: activation_code::digest(&input.activation_code),
            node_id: random::managed_instance_id(state.random()),
            public_key: public_key::read(&input.public_key)?,
            fingerprint: input.fingerprint,
            now: state.now(),
            account_limit: service_setting::HYBRID_NODES,
        };
        match state.store().register(&registration).await? {
            Ok(()) => Ok(json!({"InstanceId": registration.node_id})),
            Err(refusal) => Err(refused(refusal)),
        }
    }
}

fn refused(refusal: Refusal) -> ServiceError {
    match refusal {
        Refusal::Expired => ServiceError::new("ActivationExpired", "The activation has expired."),
        Refusal::ActivationExhausted => ServiceError::new(
            "RegistrationLimitExceeded",
            "The activation has reached its registration limit.",
        ),
        Refusal::AccountExhausted => ServiceError::new(
            "RegistrationLimitExceeded",
            format!(
                "Registration limit of {} reached for SSM On-prem managed instances.",
                service_setting::STANDARD_TIER_LIMIT
            ),
        ),
        Refusal::InvalidActivation => ServiceError::new(
            "InvalidActivation",
            "The activation does not exist, or its ID and code do not match.",
        ),
    }
}

#[cfg(test)]
mod tests;
