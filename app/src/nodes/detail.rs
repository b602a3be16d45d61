//! Server functions of the node page.

use domain::errors::ApiError;
use domain::json::Json;
use domain::nodes::ManagedNode;
use domain::nodes::similar::SimilarNodes;
use domain::tags::Tag;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// A node among the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeDetail {
    /// The node as SSM last told.
    pub node: ManagedNode,
    /// Nodes that are likely the same machine.
    pub similar: SimilarNodes,
    /// When SSM told.
    #[serde(with = "time::serde::timestamp::option")]
    pub fetched_at: Option<OffsetDateTime>,
    /// Why the last refresh failed, when it did.
    pub failure: Option<ApiError>,
}

/// One node of the snapshot.
///
/// # Errors
/// `NotFound`, and as [`crate::ports::Nodes::snapshot`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "nodes/get", protocol = Json)]
pub async fn get_node(id: String) -> Result<NodeDetail, ApiError> {
    use crate::server::Caller;
    use domain::nodes::similar::similar_to;
    use domain::permission::Permission;

    let snapshot = Caller::require(Permission::Read)?.ports.nodes.snapshot().await?;
    let node = snapshot.nodes.iter().find(|node| node.id == id).ok_or(ApiError::NotFound)?;
    Ok(NodeDetail {
        similar: similar_to(node, snapshot.nodes.iter()),
        node: node.clone(),
        fetched_at: snapshot.fetched_at,
        failure: snapshot.failure.clone(),
    })
}

/// A hybrid node's tags, as SSM has just told them. A page does not wait for them for longer than a person does.
///
/// # Errors
/// As [`crate::ports::NodeTags::tags`], `Unreachable` when SSM takes its time, `Unauthenticated`, `Forbidden`.
#[server(endpoint = "nodes/tags", protocol = Json)]
pub async fn node_tags(id: String) -> Result<Vec<Tag>, ApiError> {
    use crate::server::Caller;
    use domain::nodes::is_hybrid_id;
    use domain::permission::Permission;
    use std::time::Duration;

    const PATIENCE: Duration = Duration::from_secs(3);

    let caller = Caller::require(Permission::Read)?;
    if !is_hybrid_id(&id) {
        return Err(ApiError::NotFound);
    }
    let late = |_| ApiError::Unreachable { message: "no answer in time".to_owned() };
    tokio::time::timeout(PATIENCE, caller.ports.node_tags.tags(&id)).await.map_err(late)?
}
