//! The server function behind "Get started".

use domain::errors::ApiError;
use domain::get_started::Progress;
use domain::json::Json;
use leptos::prelude::*;

/// How far the account has come.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`. Whatever AWS refuses is part of the answer: the page is of use without it.
#[server(endpoint = "get-started/get", protocol = Json)]
pub async fn get_progress() -> Result<Progress, ApiError> {
    use crate::server::Caller;
    use domain::get_started::{RoleProgress, usable_activations};
    use domain::permission::Permission;
    use domain::tier::HybridNodes;

    let ports = Caller::require(Permission::Read)?.ports;
    let now = ports.clock.now();
    Ok(Progress {
        roles: ports.iam_roles.assumable().await.map(|roles| RoleProgress::of(&roles)),
        usable_activations: ports.activations.list().await.map(|all| usable_activations(&all, now)),
        hybrid: ports.nodes.snapshot().await.map(|snapshot| HybridNodes::of(&snapshot)),
        tier: ports.tier.state().await,
    })
}
