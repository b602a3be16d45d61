//! `AttachRolePolicy`.

use serde::Deserialize;

use super::{managed_policies, shapes};
use crate::validate::{Member, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::query::{Action, Service};

/// IAM's default quota of managed policies for a role.
const MOST_POLICIES: i64 = 10;

pub(super) struct AttachRolePolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    role_name: String,
    policy_arn: String,
}

impl Action for AttachRolePolicy {
    const NAME: &'static str = "AttachRolePolicy";
    const SERVICE: &'static Service = &super::SERVICE;
    const HAS_RESULT: bool = false;
    const INPUT: &'static [Member] =
        &[required("RoleName", &shapes::ROLE_NAME), required("PolicyArn", &shapes::ARN)];
    type Input = Input;
    type Output = ();

    async fn run(call: &Call, input: Input) -> Result<(), ServiceError> {
        let store = call.state.store();
        let arn = &input.policy_arn;
        if !arn.starts_with("arn:aws:iam::") || !arn.contains(":policy/") {
            return Err(ServiceError::new("InvalidInput", format!("ARN {arn} is not valid.")));
        }
        let role = store.role(&input.role_name).await?;
        let role = role.ok_or_else(|| shapes::no_such_role(&input.role_name))?;
        if role.is_service_linked() {
            let message = format!("Cannot attach a policy to the service-linked role {}.", role.name);
            return Err(ServiceError::new("UnmodifiableEntity", message));
        }
        if !managed_policies::exists(arn) {
            let message = format!("Policy {arn} does not exist or is not attachable.");
            return Err(ServiceError::new("NoSuchEntity", message).status(404));
        }
        if store.attach_policy(&role.name, arn, MOST_POLICIES).await? {
            return Ok(());
        }
        let message = format!("Cannot exceed quota for PoliciesPerRole: {MOST_POLICIES}");
        Err(ServiceError::new("LimitExceeded", message).status(409))
    }
}

#[cfg(test)]
mod tests;
