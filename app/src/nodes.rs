//! Server functions of the managed nodes.

pub mod actions;
pub mod changes;
pub mod detail;

use domain::errors::ApiError;
use domain::json::Json;
use domain::nodes::NodePage;
use leptos::prelude::*;

/// Most values that are offered for a filter.
#[cfg(feature = "ssr")]
const MAX_VALUES: usize = 50;

/// The page of nodes that a query asks for, such as `?ping=Online&page=2` (see [`domain::nodes::query`]), as SSM last told.
///
/// # Errors
/// As [`crate::ports::Nodes::snapshot`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "nodes/list", protocol = Json)]
pub async fn list_nodes(query: String) -> Result<NodePage, ApiError> {
    use crate::server::Caller;
    use domain::nodes::query::NodeQuery;
    use domain::permission::Permission;

    let ports = Caller::require(Permission::Read)?.ports;
    let snapshot = ports.nodes.snapshot().await?;
    Ok(snapshot.page(&NodeQuery::parse(&query), ports.clock.now()))
}

/// Values of a property that nodes have and that contain what was typed, most frequent first.
///
/// # Errors
/// `NotFound` for what is no property, and as [`list_nodes`].
#[server(endpoint = "nodes/values", protocol = Json)]
pub async fn node_values(property: String, typed: String) -> Result<Vec<String>, ApiError> {
    use crate::server::Caller;
    use domain::nodes::property::Property;
    use domain::permission::Permission;

    let ports = Caller::require(Permission::Read)?.ports;
    let property = Property::from_id(&property).ok_or(ApiError::NotFound)?;
    Ok(ports.nodes.snapshot().await?.nodes.values(property, &typed, MAX_VALUES))
}

/// Asks SSM now, and returns with its answer or after a few seconds.
///
/// # Errors
/// As [`crate::ports::Nodes::refresh`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "nodes/refresh", protocol = Json)]
pub async fn refresh_nodes() -> Result<(), ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    Caller::require(Permission::Read)?.ports.nodes.refresh().await
}
