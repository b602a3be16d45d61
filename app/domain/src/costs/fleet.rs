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
    /// How many nodes there are, or why that is not known.
    pub fleet: Result<FleetSize, ApiError>,
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
    /// Counts a snapshot.
    #[must_use]
    pub fn of(snapshot: &NodeSnapshot) -> Self {
        let hybrid = snapshot.nodes.iter().filter(|node| is_hybrid_id(&node.id)).count();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self { hybrid: count(hybrid), ec2: count(snapshot.nodes.len() - hybrid) }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::nodes::ManagedNode;

    fn node(id: &str) -> ManagedNode {
        serde_json::from_value(serde_json::json!({"id": id, "last_ping": null, "registered": null})).unwrap()
    }

    #[test]
    fn hybrid_nodes_are_those_of_activations() {
        let nodes = ["mi-0123456789abcdef0", "i-0123456789abcdef0", "mi-1123456789abcdef0"].map(node);
        let nodes = Arc::new(nodes.into_iter().collect());
        let snapshot = NodeSnapshot { nodes, ..NodeSnapshot::default() };
        assert_eq!(FleetSize::of(&snapshot), FleetSize { hybrid: 2, ec2: 1 });
    }
}
