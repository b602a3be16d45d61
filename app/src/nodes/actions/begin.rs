//! Beginning an action from its form, and once more what has failed of one.

use std::collections::HashMap;

use domain::errors::{ApiError, Rule};
use domain::nodes::actions::{ActionForm, NodeAction};
use domain::registration::is_uuid;

use crate::ports::BegunAction;
use crate::server::Caller;

/// Checks the form and begins what it asks for; returns the id under which that is known, which is the form's token: sent
/// twice, a form leads to the same action.
///
/// # Errors
/// `Invalid` with every broken rule at its field; `Conflict` for a token that no form was given; and as
/// [`crate::ports::NodeActions::begin`].
pub async fn begin(caller: &Caller, form: &ActionForm) -> Result<String, ApiError> {
    let action = form.validate()?;
    if let NodeAction::Role { iam_role } = &action {
        check_role(caller, iam_role).await?;
    }
    start(caller, &form.submission, action, form.ids.clone()).await
}

/// Begins an earlier action anew for the nodes to which it was not done.
///
/// # Errors
/// `NotFound`; `Conflict` while it runs or when nothing is left to do; and as [`begin`].
pub async fn retry(caller: &Caller, id: &str, submission: &str) -> Result<String, ApiError> {
    if !is_uuid(id) {
        return Err(ApiError::NotFound);
    }
    let earlier = caller.ports.node_actions.progress(id).await?;
    if !caller.person.role.allows(earlier.action.kind().permission()) {
        return Err(ApiError::Forbidden);
    }
    let left = earlier.to_retry(caller.ports.clock.now());
    if left.is_empty() {
        return Err(ApiError::Conflict { reason: "nothing is left to try again".to_owned() });
    }
    start(caller, submission, earlier.action, left).await
}

async fn start(
    caller: &Caller,
    submission: &str,
    action: NodeAction,
    ids: Vec<String>,
) -> Result<String, ApiError> {
    if !is_uuid(submission) {
        return Err(ApiError::Conflict {
            reason: "the submission token is none that a form was given".to_owned(),
        });
    }
    let snapshot = caller.ports.nodes.snapshot().await?;
    let names: HashMap<&str, &Option<String>> =
        snapshot.nodes.iter().map(|node| (node.id.as_str(), &node.name)).collect();
    let nodes = ids.into_iter().map(|id| {
        let name = names.get(id.as_str()).and_then(|name| (*name).clone());
        (id, name)
    });
    let action = BegunAction {
        id: submission.to_owned(),
        username: caller.person.username.clone(),
        action,
        nodes: nodes.collect(),
    };
    caller.ports.node_actions.begin(action).await?;
    Ok(submission.to_owned())
}

/// One answer at the field is better than the same refusal for each node. Where the roles cannot be listed, SSM judges.
async fn check_role(caller: &Caller, iam_role: &str) -> Result<(), ApiError> {
    match caller.ports.iam_roles.assumable().await {
        Ok(roles) if roles.iter().all(|role| role.name != iam_role) => {
            Err(ApiError::field("iam_role", Rule::AssumableRole))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
