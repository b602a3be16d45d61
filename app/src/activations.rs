//! Server functions of the hybrid activations, and what they answer with.

#[cfg(feature = "ssr")]
mod create;
#[cfg(test)]
#[cfg(feature = "ssr")]
pub(crate) mod fakes;
#[cfg(feature = "ssr")]
mod post;

use domain::activations::{Activation, NewActivation};
use domain::errors::ApiError;
use domain::iam_roles::IamRole;
use domain::json::Json;
use domain::nodes::ManagedNode;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

#[cfg(feature = "ssr")]
pub use create::create;
#[cfg(feature = "ssr")]
pub use post::{post_create, post_delete};

/// A new activation with its code, on its one way to the person who created it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownActivation {
    /// The activation's id.
    pub id: String,
    /// The activation code: a secret that SSM tells once.
    pub code: String,
    /// The Region to register in.
    pub region: String,
    /// How many machines may register.
    pub registration_limit: u32,
    /// No machine can register after this.
    #[serde(with = "time::serde::timestamp")]
    pub expires: OffsetDateTime,
    /// The AWS CLI's command that creates the same.
    pub command: String,
}

/// The code stays out of logs.
impl std::fmt::Debug for ShownActivation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ShownActivation")
            .field("id", &self.id)
            .field("code", &"[redacted]")
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

/// What a create form has led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Creation {
    /// A new activation.
    Created(ShownActivation),
    /// Nothing new: the same form was sent before and has created this activation. Its code is gone.
    Earlier {
        /// The activation's id.
        activation_id: String,
    },
}

/// The answer to a create form that was posted without script; the server provides it to the page as context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreateOutcome {
    /// It was taken.
    Taken(Creation),
    /// It was not, and here is everything that was typed.
    Refused {
        /// As it was sent.
        form: NewActivation,
        /// Why.
        error: ApiError,
    },
}

/// Why an activation was not deleted; the server provides it to the confirmation page as context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteRefused(pub ApiError);

/// What the create form starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormStart {
    /// Empty or a copy, with a submission token of its own.
    pub form: NewActivation,
    /// The roles to choose from. A failure leaves the default role, and any role by its name.
    pub roles: Result<Vec<IamRole>, ApiError>,
    /// Why the activation to copy could not be read.
    pub copy_failure: Option<ApiError>,
}

/// Every activation, newest first.
///
/// # Errors
/// As [`crate::ports::Activations::list`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "activations/list", protocol = Json)]
pub async fn list_activations() -> Result<Vec<Activation>, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    Caller::require(Permission::Read)?.ports.activations.list().await
}

/// One activation.
///
/// # Errors
/// `NotFound`, and as [`list_activations`].
#[server(endpoint = "activations/get", protocol = Json)]
pub async fn get_activation(id: String) -> Result<Activation, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::Read)?;
    if !domain::registration::is_uuid(&id) {
        return Err(ApiError::NotFound);
    }
    caller.ports.activations.get(&id).await
}

/// The nodes that are registered with an activation, newest first.
///
/// # Errors
/// As [`crate::ports::Nodes::snapshot`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "activations/nodes", protocol = Json)]
pub async fn activation_nodes(id: String) -> Result<Vec<ManagedNode>, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let snapshot = Caller::require(Permission::Read)?.ports.nodes.snapshot().await?;
    let registered = |node: &&ManagedNode| node.activation_id.as_deref() == Some(&id);
    Ok(snapshot.nodes.iter().filter(registered).cloned().collect())
}

/// What the create form starts with; `copy_of` is the id of an activation to copy.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`. Whatever AWS refuses is part of the answer: the form works without.
#[server(endpoint = "activations/form", protocol = Json)]
pub async fn start_activation(copy_of: Option<String>) -> Result<FormStart, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::CreateActivation)?;
    let roles = caller.ports.iam_roles.assumable().await;
    let copied = match copy_of {
        Some(id) => {
            caller.ports.activations.get(&id).await.map(|activation| NewActivation::like(&activation))
        }
        None => Ok(NewActivation::default()),
    };
    let (form, copy_failure) = match copied {
        Ok(form) => (form, None),
        Err(error) => (NewActivation::default(), Some(error)),
    };
    let form = NewActivation { submission: caller.ports.random.uuid(), ..form };
    Ok(FormStart { form, roles, copy_failure })
}

/// Creates an activation and answers with its code, once.
///
/// # Errors
/// As [`create`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "activations/create", protocol = Json)]
pub async fn create_activation(form: NewActivation) -> Result<Creation, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::CreateActivation)?;
    create(&caller, &form).await
}

/// Deletes an activation; the nodes registered with it stay.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, `Forbidden`, and what AWS refuses.
#[server(endpoint = "activations/delete", protocol = Json)]
pub async fn delete_activation(id: String) -> Result<(), ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::DeleteActivation)?;
    if !domain::registration::is_uuid(&id) {
        return Err(ApiError::NotFound);
    }
    caller.ports.activations.delete(&id).await
}

/// The roles that SSM may assume.
///
/// # Errors
/// As [`crate::ports::IamRoles::assumable`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "iam-roles/list", protocol = Json)]
pub async fn list_iam_roles() -> Result<Vec<IamRole>, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    Caller::require(Permission::Read)?.ports.iam_roles.assumable().await
}
