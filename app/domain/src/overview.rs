//! How things stand, in numbers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::activations::{Activation, ActivationStatus};
use crate::errors::ApiError;
use crate::nodes::{NodeSnapshot, PingStatus};

/// Activations and nodes in numbers. One may be missing while the other is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Activations by status.
    pub activations: Result<ActivationCounts, ApiError>,
    /// Nodes by ping status and platform.
    pub nodes: Result<NodeCounts, ApiError>,
}

/// How many activations there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivationCounts {
    /// All of them.
    pub total: usize,
    /// By status, every status among them, in the order of [`ActivationStatus::ALL`].
    pub by_status: Vec<(ActivationStatus, usize)>,
    /// Machines that could still register.
    pub remaining: u64,
}

impl ActivationCounts {
    /// Counts at `now`.
    #[must_use]
    pub fn of(activations: &[Activation], now: OffsetDateTime) -> Self {
        let statuses: Vec<_> = activations.iter().map(|activation| activation.status(now)).collect();
        let count = |status| statuses.iter().filter(|s| **s == status).count();
        let usable = |status: &ActivationStatus| {
            matches!(status, ActivationStatus::Active | ActivationStatus::ExpiringSoon)
        };
        let remaining = |(activation, _): (&Activation, _)| u64::from(activation.remaining());
        Self {
            total: activations.len(),
            by_status: ActivationStatus::ALL.map(|status| (status, count(status))).to_vec(),
            remaining: activations.iter().zip(&statuses).filter(|(_, s)| usable(s)).map(remaining).sum(),
        }
    }
}

/// How many nodes there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeCounts {
    /// All of them.
    pub total: usize,
    /// By ping status, every status that occurs, and the first two always.
    pub by_ping: Vec<(PingStatus, usize)>,
    /// By platform (`Linux`, `Windows`, `MacOS`), the most frequent first; nodes that have not told theirs do not count.
    pub by_platform: Vec<(String, usize)>,
    /// When SSM told; `None` before its first answer.
    #[serde(with = "time::serde::timestamp::option")]
    pub fetched_at: Option<OffsetDateTime>,
    /// Why the last refresh failed, when it did.
    pub failure: Option<ApiError>,
}

impl NodeCounts {
    /// Counts a snapshot.
    #[must_use]
    pub fn of(snapshot: &NodeSnapshot) -> Self {
        let count = |status| snapshot.nodes.iter().filter(|node| node.ping_status == Some(status)).count();
        let by_ping = PingStatus::ALL.map(|status| (status, count(status)));
        let mut platforms: BTreeMap<&str, usize> = BTreeMap::new();
        for platform in snapshot.nodes.iter().filter_map(|node| node.platform_type.as_deref()) {
            *platforms.entry(platform).or_default() += 1;
        }
        let mut by_platform: Vec<_> = platforms.into_iter().map(|(name, n)| (name.to_owned(), n)).collect();
        by_platform.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Self {
            total: snapshot.nodes.len(),
            by_ping: by_ping.into_iter().filter(|(s, n)| *n > 0 || *s != PingStatus::Inactive).collect(),
            by_platform,
            fetched_at: snapshot.fetched_at,
            failure: snapshot.failure.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nodes::ManagedNode;
    use time::Duration;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);

    fn activation(limit: u32, registrations: u32, expires_in: Duration) -> Activation {
        Activation {
            id: "255996e5-f42d-44c8-8fb8-eb17f76696bc".to_owned(),
            description: None,
            default_instance_name: None,
            iam_role: "role".to_owned(),
            registration_limit: limit,
            registrations,
            expires: Some(NOW + expires_in),
            expired: false,
            created: None,
            tags: Vec::new(),
        }
    }

    fn node(ping_status: Option<PingStatus>, platform: Option<&str>) -> ManagedNode {
        ManagedNode {
            id: "mi-0123456789abcdef0".to_owned(),
            name: None,
            state: None,
            platform_type: platform.map(str::to_owned),
            platform_name: None,
            platform_version: None,
            source_type: None,
            source_id: None,
            ping_status,
            last_ping: None,
            agent_version: None,
            computer_name: None,
            ip_address: None,
            activation_id: None,
            iam_role: None,
            registered: None,
        }
    }

    #[test]
    fn only_usable_activations_have_room() {
        let all = [
            activation(10, 4, Duration::days(2)),
            activation(10, 8, Duration::hours(1)),
            activation(5, 5, Duration::days(2)),
            activation(100, 0, -Duration::hours(1)),
        ];
        let counts = ActivationCounts::of(&all, NOW);
        assert_eq!((counts.total, counts.remaining), (4, 8));
        assert!(counts.by_status.iter().all(|(_, count)| *count == 1), "{counts:?}");
    }

    #[test]
    fn nodes_are_counted_by_state_and_platform() {
        let nodes = vec![
            node(Some(PingStatus::Online), Some("Windows")),
            node(Some(PingStatus::Online), Some("Linux")),
            node(None, Some("Linux")),
            node(Some(PingStatus::ConnectionLost), None),
        ];
        let counts = NodeCounts::of(&NodeSnapshot { nodes, ..NodeSnapshot::default() });
        assert_eq!(counts.total, 4);
        assert_eq!(counts.by_ping, [(PingStatus::Online, 2), (PingStatus::ConnectionLost, 1)]);
        assert_eq!(counts.by_platform, [("Linux".to_owned(), 2), ("Windows".to_owned(), 1)]);
    }
}
