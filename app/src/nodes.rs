//! Server functions of the managed nodes.

use domain::errors::ApiError;
use domain::nodes::NodeSnapshot;
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
