//! How things stand, in numbers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::activations::{Activation, ActivationStatus};
use crate::errors::ApiError;
use crate::filter::compare_versions;
use crate::nodes::events::NodeEvents;
use crate::nodes::{ManagedNode, NodeSnapshot, PingStatus, is_hybrid_id};
use crate::tier::TierState;

/// Activations that are named on the overview.
const NAMED_ACTIVATIONS: usize = 5;
/// Agent versions that are named on the overview.
const NAMED_VERSIONS: usize = 6;

/// The fleet in numbers. One part may be missing while the others are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Nodes by ping status, platform and agent.
    pub nodes: Result<NodeCounts, ApiError>,
    /// The activation tier.
    pub tier: Result<TierState, ApiError>,
    /// What has happened in the last day.
    pub changes: Result<NodeEvents, ApiError>,
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
    /// Those that somebody should look at: expiring soon, the next to expire first, then used up, the newest first.
    pub attention: Vec<Activation>,
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
            attention: attention(activations, &statuses),
        }
    }
}

fn attention(activations: &[Activation], statuses: &[ActivationStatus]) -> Vec<Activation> {
    let with = |wanted| {
        let with_status = activations.iter().zip(statuses);
        with_status.filter(move |(_, status)| **status == wanted).map(|(activation, _)| activation)
    };
    let mut expiring: Vec<_> = with(ActivationStatus::ExpiringSoon).collect();
    expiring.sort_by_key(|activation| activation.expires);
    let mut exhausted: Vec<_> = with(ActivationStatus::Exhausted).collect();
    exhausted.sort_by_key(|activation| std::cmp::Reverse(activation.created));
    expiring.into_iter().chain(exhausted).take(NAMED_ACTIVATIONS).cloned().collect()
}

/// How many nodes there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeCounts {
    /// All of them.
    pub total: usize,
    /// By ping status, every status that occurs, and the first two always.
    pub by_ping: Vec<(PingStatus, usize)>,
    /// By platform (`Linux`, `Windows`, `MacOS`), the most frequent first.
    pub by_platform: Vec<(String, usize)>,
    /// Nodes that have not told their platform.
    pub without_platform: usize,
    /// By version of the SSM Agent, the most frequent ones, the newest first.
    pub by_agent: Vec<(String, usize)>,
    /// Nodes whose agent has another version.
    pub other_agents: usize,
    /// Nodes that have not told the version of their agent.
    pub without_agent: usize,
    /// Hybrid nodes: those that the activation tier is about.
    pub hybrid: usize,
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
        let by_platform = frequencies(snapshot.nodes.iter(), |node| node.platform_type.as_deref());
        let mut by_agent = frequencies(snapshot.nodes.iter(), |node| node.agent_version.as_deref());
        let other_agents = by_agent.iter().skip(NAMED_VERSIONS).map(|(_, count)| count).sum();
        by_agent.truncate(NAMED_VERSIONS);
        by_agent.sort_by(|(a, _), (b, _)| compare_versions(b, a));
        Self {
            total: snapshot.nodes.len(),
            by_ping: by_ping.into_iter().filter(|(s, n)| *n > 0 || *s != PingStatus::Inactive).collect(),
            by_platform,
            without_platform: snapshot.nodes.iter().filter(|node| node.platform_type.is_none()).count(),
            by_agent,
            other_agents,
            without_agent: snapshot.nodes.iter().filter(|node| node.agent_version.is_none()).count(),
            hybrid: snapshot.nodes.iter().filter(|node| is_hybrid_id(&node.id)).count(),
            fetched_at: snapshot.fetched_at,
            failure: snapshot.failure.clone(),
        }
    }
}

/// The values of a property with their numbers, the most frequent first.
fn frequencies<'a>(
    nodes: impl Iterator<Item = &'a ManagedNode>,
    property: fn(&ManagedNode) -> Option<&str>,
) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in nodes.filter_map(property) {
        *counts.entry(value).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
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
            platform_type: platform.map(str::to_owned),
            ping_status,
            ..ManagedNode::default()
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
        let nodes = [
            node(Some(PingStatus::Online), Some("Windows")),
            node(Some(PingStatus::Online), Some("Linux")),
            node(None, Some("Linux")),
            node(Some(PingStatus::ConnectionLost), None),
        ];
        let numbered = |(number, node)| ManagedNode { id: format!("mi-{number:017}"), ..node };
        let nodes = nodes.into_iter().enumerate().map(numbered).collect();
        let counts =
            NodeCounts::of(&NodeSnapshot { nodes: std::sync::Arc::new(nodes), ..NodeSnapshot::default() });
        assert_eq!(counts.total, 4);
        assert_eq!(counts.by_ping, [(PingStatus::Online, 2), (PingStatus::ConnectionLost, 1)]);
        assert_eq!(counts.by_platform, [("Linux".to_owned(), 2), ("Windows".to_owned(), 1)]);
        assert_eq!((counts.without_platform, counts.without_agent), (1, 4), "not told counts too");
    }

    #[test]
    fn the_next_to_expire_are_named_before_those_used_up() {
        let named = |id: &str, activation: Activation| Activation { id: id.to_owned(), ..activation };
        let created =
            |hours, activation| Activation { created: Some(NOW - Duration::hours(hours)), ..activation };
        let used_up = || activation(1, 1, Duration::days(2));
        let all = [
            named("later", activation(2, 1, Duration::hours(5))),
            named("old", created(9, used_up())),
            named("fine", activation(2, 1, Duration::days(2))),
            named("new", created(1, used_up())),
            named("soon", activation(2, 1, Duration::hours(1))),
            named("gone", activation(2, 1, -Duration::hours(1))),
        ];
        let attention = ActivationCounts::of(&all, NOW).attention;
        let ids: Vec<_> = attention.iter().map(|activation| activation.id.as_str()).collect();
        assert_eq!(ids, ["soon", "later", "new", "old"]);
        let many: Vec<_> = (0..9).map(|_| used_up()).collect();
        assert_eq!(ActivationCounts::of(&many, NOW).attention.len(), NAMED_ACTIVATIONS);
    }

    #[test]
    fn the_most_frequent_agents_are_named_newest_first() {
        let agents =
            [("3.9.0.0", 2), ("3.10.0.0", 3), ("3.2.1.0", 4), ("2.0", 1), ("2.1", 2), ("2.2", 2), ("2.3", 2)];
        let nodes = agents.iter().flat_map(|(version, count)| {
            let agent_version = Some((*version).to_owned());
            std::iter::repeat_n(ManagedNode { agent_version, ..node(None, None) }, *count)
        });
        let nodes =
            nodes.enumerate().map(|(n, node)| ManagedNode { id: format!("mi-{n:017x}"), ..node }).collect();
        let counts =
            NodeCounts::of(&NodeSnapshot { nodes: std::sync::Arc::new(nodes), ..NodeSnapshot::default() });
        let versions: Vec<_> = counts.by_agent.iter().map(|(version, _)| version.as_str()).collect();
        assert_eq!(versions, ["3.10.0.0", "3.9.0.0", "3.2.1.0", "2.3", "2.2", "2.1"]);
        assert_eq!((counts.other_agents, counts.without_agent, counts.hybrid), (1, 0, 16));
    }
}
