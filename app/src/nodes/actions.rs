//! Server functions of what can be done to nodes, and the forms that are posted for it.

#[cfg(feature = "ssr")]
mod begin;
#[cfg(feature = "ssr")]
mod post;
#[cfg(feature = "ssr")]
mod tags_of_nodes;

use domain::errors::ApiError;
use domain::iam_roles::IamRole;
use domain::json::Json;
use domain::nodes::actions::{ActionForm, ActionKind, ActionProgress, ChosenNode};
use domain::nodes::tags_in_use::KeyInUse;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub use begin::{begin, retry};
#[cfg(feature = "ssr")]
pub use post::{post_form, post_retry};

/// What a form starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionStart {
    /// The chosen nodes, those among them to which nothing can be done.
    pub nodes: Vec<ChosenNode>,
    /// The form's token.
    pub submission: String,
    /// For another role: those to choose from. A failure leaves any role by its name.
    pub roles: Option<Result<Vec<IamRole>, ApiError>>,
    /// For tags: what the nodes have.
    pub tags: Option<TagsOfNodes>,
}

/// The tags that the chosen nodes have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagsOfNodes {
    /// By key.
    pub keys: Vec<KeyInUse>,
    /// Of how many nodes these are.
    pub read: usize,
    /// Of how many nodes they could not be read, and why of the first.
    pub failures: Option<(usize, ApiError)>,
}

/// A form that was not taken, with everything that was filled in; the server provides it to the page as context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionRefused {
    /// As it was sent.
    pub form: ActionForm,
    /// Why not.
    pub error: ApiError,
}

/// Why what has failed was not tried again; the server provides it to the page as context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetryRefused(pub ApiError);

/// An action, and a token for the form that tries again what has failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownAction {
    /// How far it has come.
    pub progress: ActionProgress,
    /// The form's token.
    pub submission: String,
}

/// What the form for these nodes starts with. More than 500 ids are cut off: no form takes them.
///
/// # Errors
/// As [`crate::ports::Nodes::snapshot`], `Unauthenticated`, `Forbidden`. Whatever AWS refuses is part of the answer.
#[server(endpoint = "nodes/actions/form", protocol = Json)]
pub async fn start_action(kind: ActionKind, ids: Vec<String>) -> Result<ActionStart, ApiError> {
    use crate::server::Caller;
    use domain::nodes::actions::{MAX_NODES, choose};

    let caller = Caller::require(kind.permission())?;
    let snapshot = caller.ports.nodes.snapshot().await?;
    let mut nodes = choose(&ids, snapshot.nodes.iter());
    nodes.truncate(MAX_NODES as usize);
    let possible = nodes.iter().filter(|node| node.obstacle.is_none()).map(|node| node.id.clone()).collect();
    Ok(ActionStart {
        submission: caller.ports.random.uuid(),
        roles: match kind {
            ActionKind::Role => Some(caller.ports.iam_roles.assumable().await),
            _ => None,
        },
        tags: match kind {
            ActionKind::Tags => Some(tags_of_nodes::read(&caller.ports, possible).await),
            _ => None,
        },
        nodes,
    })
}

/// What is being done to nodes, or was.
///
/// # Errors
/// As [`crate::ports::NodeActions::progress`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "nodes/actions/get", protocol = Json)]
pub async fn get_action(id: String) -> Result<ShownAction, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let ports = Caller::require(Permission::Read)?.ports;
    if !domain::registration::is_uuid(&id) {
        return Err(ApiError::NotFound);
    }
    let progress = ports.node_actions.progress(&id).await?;
    Ok(ShownAction { progress, submission: ports.random.uuid() })
}
