//! Server functions of the managed nodes.

pub mod actions;
pub mod detail;

use domain::errors::ApiError;
use domain::nodes::NodeSnapshot;
use domain::nodes::events::NodeEvents;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Every managed node as SSM last told, newest registration first.
///
/// # Errors
/// As [`crate::ports::Nodes::snapshot`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "nodes/list", input = Json)]
pub async fn list_nodes() -> Result<NodeSnapshot, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    Caller::require(Permission::Read)?.ports.nodes.snapshot().await
}

/// What has happened to nodes in the last seven days, the newest 1,000 events.
///
/// # Errors
/// As [`crate::ports::FleetEvents::since`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "nodes/changes", input = Json)]
pub async fn list_changes() -> Result<NodeEvents, ApiError> {
    use crate::server::Caller;
    use domain::nodes::events::KEPT_FOR;
    use domain::permission::Permission;

    /// Enough to look back, and small enough for a page.
    const MOST: u32 = 1000;

    let ports = Caller::require(Permission::Read)?.ports;
    ports.events.since(ports.clock.now() - KEPT_FOR, MOST).await
}
