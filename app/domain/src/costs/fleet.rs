//! The live fleet as far as a calculator starts from it.

use serde::{Deserialize, Serialize};

use crate::errors::ApiError;
use crate::nodes::{NodeSnapshot, is_hybrid_id};
use crate::tier::Tier;

/// What the calculators start from; without the fleet they start empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostStart {
    /// Twelve digits.
    pub account: String,
    /// Such as `ap-northeast-1`.
    pub region: String,
    /// The tier in force, where it is known.
    pub tier: Option<Tier>,
    /// How many nodes there are, nothing before SSM has told, or why that is not known.
    pub fleet: Result<Option<FleetSize>, ApiError>,
}

impl CostStart {
    /// The fleet, as far as it is known.
    #[must_use]
    pub fn known_fleet(&self) -> FleetSize {
        self.fleet.as_ref().ok().copied().flatten().unwrap_or_default()
    }
}

/// How many nodes an account has in a Region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FleetSize {
    /// Hybrid nodes: those that the tier is about.
    pub hybrid: u32,
    /// EC2 instances.
    pub ec2: u32,
}

impl FleetSize {
    /// Counts a snapshot; nothing before SSM has told.
    ///
    /// # Errors
    /// Why SSM has never told.
    pub fn of(snapshot: &NodeSnapshot) -> Result<Option<Self>, ApiError> {
        if snapshot.fetched_at.is_none() {
            return snapshot.failure.clone().map_or(Ok(None), Err);
        }
        let hybrid = snapshot.nodes.iter().filter(|node| is_hybrid_id(&node.id)).count();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(Some(Self { hybrid: count(hybrid), ec2: count(snapshot.nodes.len() - hybrid) }))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use time::OffsetDateTime;

    use super::*;
    use crate::nodes::ManagedNode;

    fn node(id: &str) -> ManagedNode {
        serde_json::from_value(serde_json::json!({"id": id, "last_ping": null, "registered": null})).unwrap()
    }

    #[test]
    fn hybrid_nodes_are_those_of_activations() {
        let nodes = ["mi-0123456789abcdef0", "i-0123456789abcdef0", "mi-1123456789abcdef0"].map(node);
        let nodes = Arc::new(nodes.into_iter().collect());
        let snapshot = NodeSnapshot { nodes, fetched_at: Some(OffsetDateTime::UNIX_EPOCH), failure: None };
        assert_eq!(FleetSize::of(&snapshot), Ok(Some(FleetSize { hybrid: 2, ec2: 1 })));
        let stale = NodeSnapshot { failure: Some(ApiError::Throttled), ..snapshot };
        assert_eq!(FleetSize::of(&stale), Ok(Some(FleetSize { hybrid: 2, ec2: 1 })), "older, but known");
    }

    #[test]
    fn a_fleet_that_was_never_told_of_is_not_one_of_no_nodes() {
        let unknown = NodeSnapshot::default();
        assert_eq!(FleetSize::of(&unknown), Ok(None));
        let failed = NodeSnapshot { failure: Some(ApiError::Throttled), ..unknown };
        assert_eq!(FleetSize::of(&failed), Err(ApiError::Throttled));
    }
}
