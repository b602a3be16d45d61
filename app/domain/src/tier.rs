//! The activation tier: how many hybrid nodes an account may have in a Region, and what they cost.

mod price;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::costs::prices::STANDARD_TIER_NODES;
use crate::errors::ApiError;
use crate::nodes::{NodeSnapshot, is_hybrid_id};
pub use price::{HOURS_A_MONTH, advanced_tier_price};

/// Most hybrid nodes that the standard tier admits in an account and Region (user guide: instance tiers).
pub const STANDARD_TIER_LIMIT: usize = STANDARD_TIER_NODES as usize;
/// The service setting's id.
pub const SETTING_ID: &str = "/ssm/managed-instance/activation-tier";

/// A tier, which holds for every hybrid node of an account in a Region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// Free of charge, for up to [`STANDARD_TIER_LIMIT`] hybrid nodes.
    Standard,
    /// Charged by node and hour; for any number of hybrid nodes, with Session Manager and Microsoft application patching.
    Advanced,
}

impl Tier {
    /// Both tiers.
    pub const ALL: [Self; 2] = [Self::Standard, Self::Advanced];

    /// The setting's value.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Advanced => "advanced",
        }
    }

    /// The tier that is the setting's value.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.name() == name)
    }

    /// The tier that one can change to.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Standard => Self::Advanced,
            Self::Advanced => Self::Standard,
        }
    }
}

/// The setting as SSM tells it (SSM API: `ServiceSetting`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierSetting {
    /// What it is, or while a change is pending, what it will be.
    pub tier: Tier,
    /// Whether AWS is still carrying the last change out (`PendingUpdate`): some minutes on the way up, half an hour or
    /// more on the way back (user guide).
    pub pending: bool,
    /// When it was last changed.
    #[serde(with = "time::serde::timestamp::option")]
    pub changed: Option<OffsetDateTime>,
    /// ARN of who changed it, or `System`.
    pub changed_by: Option<String>,
}

/// The setting as last read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierState {
    /// The setting; `None` before SSM first told it.
    pub setting: Option<TierSetting>,
    /// When SSM told.
    #[serde(with = "time::serde::timestamp::option")]
    pub read_at: Option<OffsetDateTime>,
    /// Why the last try failed, when it did: the setting may then have changed since.
    pub failure: Option<ApiError>,
}

/// The hybrid nodes: those that the tier is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HybridNodes {
    /// How many there are in the account and Region.
    pub count: usize,
    /// When SSM told of them; `None` before its first answer.
    #[serde(with = "time::serde::timestamp::option")]
    pub fetched_at: Option<OffsetDateTime>,
    /// Why the last refresh failed, when it did.
    pub failure: Option<ApiError>,
}

impl HybridNodes {
    /// Counts those in a snapshot.
    #[must_use]
    pub fn of(snapshot: &NodeSnapshot) -> Self {
        Self {
            count: snapshot.nodes.iter().filter(|node| is_hybrid_id(&node.id)).count(),
            fetched_at: snapshot.fetched_at,
            failure: snapshot.failure.clone(),
        }
    }

    /// How many more the standard tier would admit.
    #[must_use]
    pub const fn left_in_standard(&self) -> usize {
        STANDARD_TIER_LIMIT.saturating_sub(self.count)
    }

    /// Whether the standard tier admits as many as there are.
    #[must_use]
    pub const fn fit_standard(&self) -> bool {
        self.count <= STANDARD_TIER_LIMIT
    }
}

/// The tier, and the nodes that it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierSettings {
    /// The setting as last read.
    pub tier: TierState,
    /// The hybrid nodes, where the database told them.
    pub hybrid: Result<HybridNodes, ApiError>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nodes::ManagedNode;

    fn node(id: &str) -> ManagedNode {
        ManagedNode { id: id.to_owned(), ..ManagedNode::default() }
    }

    #[test]
    fn each_tier_has_its_name_and_its_other() {
        for tier in Tier::ALL {
            assert_eq!(Tier::from_name(tier.name()), Some(tier));
            assert_ne!(tier.other(), tier);
            assert_eq!(serde_json::to_value(tier).unwrap(), tier.name());
        }
        assert_eq!(Tier::from_name("gold"), None);
    }

    #[test]
    fn ec2_instances_do_not_count() {
        let nodes = [node("mi-0123456789abcdef0"), node("i-04970a7f373ac630b"), node("mi-0123456789abcdef1")];
        let nodes = std::sync::Arc::new(nodes.into_iter().collect());
        let snapshot = NodeSnapshot { nodes, ..NodeSnapshot::default() };
        assert_eq!(HybridNodes::of(&snapshot).count, 2);
    }

    #[test]
    fn the_standard_tier_admits_a_thousand() {
        let hybrid = |count| HybridNodes { count, ..HybridNodes::default() };
        assert!(hybrid(1000).fit_standard() && !hybrid(1001).fit_standard());
        assert_eq!([17, 1000, 1001].map(|count| hybrid(count).left_in_standard()), [983, 0, 0]);
    }
}
