//! Server functions behind the overview.

use domain::errors::ApiError;
use domain::json::Json;
use domain::overview::{ActivationCounts, Overview};
use leptos::prelude::*;

/// The fleet in numbers, as last fetched: nobody waits for AWS.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`. What the database fails to tell is part of the answer: the rest is shown without.
#[server(endpoint = "overview/get", protocol = Json)]
pub async fn get_overview() -> Result<Overview, ApiError> {
    use crate::server::Caller;
    use domain::overview::NodeCounts;
    use domain::permission::Permission;

    /// Events that the overview names.
    const NAMED_EVENTS: u32 = 8;

    let ports = Caller::require(Permission::Read)?.ports;
    let day_ago = ports.clock.now() - time::Duration::DAY;
    Ok(Overview {
        nodes: ports.nodes.snapshot().await.map(|snapshot| NodeCounts::of(&snapshot)),
        tier: ports.tier.state().await,
        changes: ports.events.since(day_ago, None, NAMED_EVENTS).await,
    })
}

/// The activations in numbers.
///
/// # Errors
/// As [`crate::ports::Activations::list`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "overview/activations", protocol = Json)]
pub async fn count_activations() -> Result<ActivationCounts, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let ports = Caller::require(Permission::Read)?.ports;
    let activations = ports.activations.list().await?;
    Ok(ActivationCounts::of(&activations, ports.clock.now()))
}
