//! Whether a caller may speak for a node.

use crate::wire::call::Call;
use crate::wire::errors::ServiceError;

/// Checks that the call's credentials are those of the node `instance_id`.
///
/// Registered nodes (`mi-`) must use credentials that `RequestManagedInstanceRoleToken` issued to them. An EC2
/// instance (`i-`) has its instance profile's, which the emulator takes any signature for.
///
/// # Errors
/// `InvalidInstanceId` when there is no such registered node, `AccessDeniedException` for anybody else's credentials.
pub(super) async fn check(call: &Call, instance_id: &str) -> Result<(), ServiceError> {
    if !instance_id.starts_with("mi-") {
        return Ok(());
    }
    let store = call.state.store();
    if !store.has_node(instance_id).await? {
        return Err(not_existing(instance_id));
    }
    let access_key_id = call.authorization.as_ref().map_or("", |signed| signed.access_key_id.as_str());
    let owner = store.credentials_owner(access_key_id, call.state.now()).await?;
    if owner.is_some_and(|owner| owner == instance_id) {
        return Ok(());
    }
    Err(ServiceError::access_denied(format!(
        "The credentials were not issued to the managed node {instance_id}, or they have expired."
    )))
}

/// `InvalidInstanceId` in AWS's words.
pub(super) fn not_existing(instance_id: &str) -> ServiceError {
    ServiceError::new("InvalidInstanceId", format!("Not existing InstanceId {instance_id}"))
}
