//! Which resources can be tagged: registered nodes, and documents of the account's own.

use crate::state::State;
use crate::store::TAGGED_DOCUMENT;
use crate::validate::{Shape, Text};
use crate::wire::errors::ServiceError;

/// `ResourceTypeForTagging`.
pub(super) static RESOURCE_TYPE: Shape = Text::one_of(&[
    "Document",
    "ManagedInstance",
    "MaintenanceWindow",
    "Parameter",
    "PatchBaseline",
    "OpsItem",
    "OpsMetadata",
    "Automation",
    "Association",
    "CloudConnector",
])
.shape();

/// Checks that there is such a resource.
///
/// # Errors
/// `InvalidResourceType` for an EC2 instance, which is tagged through EC2; `InvalidResourceId` for anything that
/// does not exist.
pub(super) async fn check(state: &State, resource_type: &str, resource_id: &str) -> Result<(), ServiceError> {
    if resource_type == "ManagedInstance" && resource_id.starts_with("i-") {
        return Err(ServiceError::bare("InvalidResourceType"));
    }
    if resource_type == "ManagedInstance" && state.store().has_node(resource_id).await? {
        return Ok(());
    }
    if resource_type == TAGGED_DOCUMENT
        && state.store().document(state.account_id(), resource_id).await?.is_some()
    {
        return Ok(());
    }
    Err(ServiceError::bare("InvalidResourceId"))
}

#[cfg(test)]
mod tests;
