//! The server function behind the overview.

use domain::errors::ApiError;
use domain::overview::Overview;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Activations and nodes in numbers.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`. Whatever AWS refuses is part of the answer: one half is shown without the other.
#[server(endpoint = "overview/get", input = Json)]
pub async fn get_overview() -> Result<Overview, ApiError> {
    use crate::server::Caller;
    use domain::overview::{ActivationCounts, NodeCounts};
    use domain::permission::Permission;

    let ports = Caller::require(Permission::Read)?.ports;
    let now = ports.clock.now();
    let activations = ports.activations.list().await.map(|all| ActivationCounts::of(&all, now));
    let nodes = ports.nodes.snapshot().await.map(|snapshot| NodeCounts::of(&snapshot));
    Ok(Overview { activations, nodes })
}
