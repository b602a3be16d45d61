//! What happens to nodes: the difference between two answers of SSM, in words that people watch for.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::{ManagedNode, PingStatus};

/// How long events are kept.
pub const KEPT_FOR: Duration = Duration::days(7);
/// How many events are kept at most, the newest.
pub const KEPT_AT_MOST: i64 = 100_000;

/// Something that has happened to a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeEvent {
    /// When it happened or, where SSM does not tell, when it was first seen.
    #[serde(with = "time::serde::timestamp")]
    pub happened: OffsetDateTime,
    /// The node's id.
    pub node_id: String,
    /// The node's name, or the host name that its agent reports.
    pub node_name: Option<String>,
    /// What has happened.
    pub change: NodeChange,
}

/// What has happened to a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum NodeChange {
    /// It is managed now.
    Registered {
        /// The activation that it registered with; none for EC2 instances.
        activation_id: Option<String>,
    },
    /// Its agent has stopped reporting.
    ConnectionLost {
        /// When the agent last reported.
        #[serde(with = "time::serde::timestamp::option")]
        last_ping: Option<OffsetDateTime>,
    },
    /// Its agent reports again.
    BackOnline,
    /// SSM does not list it any longer.
    Deregistered,
    /// It has another version of the SSM Agent.
    AgentUpdated {
        /// Before.
        from: String,
        /// Since.
        to: String,
    },
}

/// A [`NodeChange`] without its particulars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// It is managed now.
    Registered,
    /// Its agent has stopped reporting.
    ConnectionLost,
    /// Its agent reports again.
    BackOnline,
    /// SSM does not list it any longer.
    Deregistered,
    /// It has another version of the SSM Agent.
    AgentUpdated,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Registered, Self::ConnectionLost, Self::BackOnline, Self::Deregistered, Self::AgentUpdated];

    /// Stable name, for URLs and the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::ConnectionLost => "connection-lost",
            Self::BackOnline => "back-online",
            Self::Deregistered => "deregistered",
            Self::AgentUpdated => "agent-updated",
        }
    }

    /// The kind with that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Less than all the time for which events are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// The last 24 hours.
    Day,
}

impl Period {
    /// Every period.
    pub const ALL: [Self; 1] = [Self::Day];

    /// Stable name, for URLs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
        }
    }

    /// The period with that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.name() == name)
    }

    /// How long it is, up to now.
    #[must_use]
    pub const fn length(self) -> Duration {
        match self {
            Self::Day => Duration::DAY,
        }
    }
}

impl NodeChange {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::Registered { .. } => EventKind::Registered,
            Self::ConnectionLost { .. } => EventKind::ConnectionLost,
            Self::BackOnline => EventKind::BackOnline,
            Self::Deregistered => EventKind::Deregistered,
            Self::AgentUpdated { .. } => EventKind::AgentUpdated,
        }
    }
}

/// What has happened between two answers, the later one of which came at `seen`; `None` where an answer does not have
/// the node.
#[must_use]
pub fn events_between(
    before: Option<&ManagedNode>,
    after: Option<&ManagedNode>,
    seen: OffsetDateTime,
) -> Vec<NodeEvent> {
    let Some(node) = after.or(before) else { return Vec::new() };
    let event = |happened, change| NodeEvent {
        happened,
        node_id: node.id.clone(),
        node_name: node.name.clone().or_else(|| node.computer_name.clone()),
        change,
    };
    match (before, after) {
        (None, Some(node)) => {
            let registered = NodeChange::Registered { activation_id: node.activation_id.clone() };
            vec![event(node.registered.map_or(seen, |at| at.min(seen)), registered)]
        }
        (Some(_), None) => vec![event(seen, NodeChange::Deregistered)],
        (Some(before), Some(after)) => {
            let changes = [connection(before, after), agent(before, after)];
            changes.into_iter().flatten().map(|change| event(seen, change)).collect()
        }
        (None, None) => Vec::new(),
    }
}

fn connection(before: &ManagedNode, after: &ManagedNode) -> Option<NodeChange> {
    match (before.ping_status?, after.ping_status?) {
        (PingStatus::Online, PingStatus::ConnectionLost | PingStatus::Inactive) => {
            Some(NodeChange::ConnectionLost { last_ping: after.last_ping })
        }
        (PingStatus::ConnectionLost | PingStatus::Inactive, PingStatus::Online) => {
            Some(NodeChange::BackOnline)
        }
        _ => None,
    }
}

fn agent(before: &ManagedNode, after: &ManagedNode) -> Option<NodeChange> {
    let (from, to) = (before.agent_version.as_ref()?, after.agent_version.as_ref()?);
    (from != to).then(|| NodeChange::AgentUpdated { from: from.clone(), to: to.clone() })
}

/// The newest events, of one kind or of all, and how many there are of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeEvents {
    /// Newest first; not all of them when there are many.
    pub newest: Vec<NodeEvent>,
    /// How many there are of each kind, in the order of [`EventKind::ALL`].
    pub counts: Vec<(EventKind, usize)>,
}

impl NodeEvents {
    /// How many there are in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.count_of(None)
    }

    /// How many there are of a kind, or in all.
    #[must_use]
    pub fn count_of(&self, kind: Option<EventKind>) -> usize {
        let wanted = |of: EventKind| kind.is_none_or(|kind| kind == of);
        self.counts.iter().filter(|(of, _)| wanted(*of)).map(|(_, count)| count).sum()
    }
}

/// The events that somebody has looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundEvents {
    /// Newest first; not all of them when there are many.
    pub newest: Vec<NodeEvent>,
    /// How many fit.
    pub matched: usize,
    /// How many are kept.
    pub total: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const SEEN: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);

    fn node(ping_status: Option<PingStatus>) -> ManagedNode {
        ManagedNode {
            id: "mi-0123456789abcdef0".to_owned(),
            computer_name: Some("bbubuntu".to_owned()),
            ping_status,
            last_ping: Some(SEEN - Duration::minutes(7)),
            agent_version: Some("3.3.987.0".to_owned()),
            ..ManagedNode::default()
        }
    }

    fn kinds(before: Option<&ManagedNode>, after: Option<&ManagedNode>) -> Vec<EventKind> {
        events_between(before, after, SEEN).iter().map(|event| event.change.kind()).collect()
    }

    #[test]
    fn a_registration_happened_when_ssm_says() {
        let registered = SEEN - Duration::hours(2);
        let new = ManagedNode {
            name: Some("bb-ubuntu".to_owned()),
            activation_id: Some("255996e5".to_owned()),
            registered: Some(registered),
            ..node(Some(PingStatus::Online))
        };
        let expected = NodeEvent {
            happened: registered,
            node_id: new.id.clone(),
            node_name: Some("bb-ubuntu".to_owned()),
            change: NodeChange::Registered { activation_id: Some("255996e5".to_owned()) },
        };
        assert_eq!(events_between(None, Some(&new), SEEN), [expected]);
        let undated = events_between(None, Some(&node(None)), SEEN);
        assert_eq!((undated[0].happened, undated[0].node_name.as_deref()), (SEEN, Some("bbubuntu")));
        let ahead = ManagedNode { registered: Some(SEEN + Duration::hours(1)), ..new };
        assert_eq!(events_between(None, Some(&ahead), SEEN)[0].happened, SEEN, "AWS's clock is ahead");
    }

    #[test]
    fn a_connection_is_lost_and_comes_back() {
        use PingStatus::{ConnectionLost, Inactive, Online};
        let between = |before, after| kinds(Some(&node(before)), Some(&node(after)));
        assert_eq!(between(Some(Online), Some(ConnectionLost)), [EventKind::ConnectionLost]);
        assert_eq!(between(Some(ConnectionLost), Some(Online)), [EventKind::BackOnline]);
        assert_eq!(between(Some(Inactive), Some(Online)), [EventKind::BackOnline]);
        assert_eq!(between(Some(ConnectionLost), Some(Inactive)), []);
        assert_eq!(between(None, Some(Online)), [], "a first report is part of registering");
    }

    #[test]
    fn an_update_names_both_versions_and_may_come_with_more() {
        let lost = node(Some(PingStatus::ConnectionLost));
        let updated =
            ManagedNode { agent_version: Some("3.3.3050.0".to_owned()), ..node(Some(PingStatus::Online)) };
        let events = events_between(Some(&lost), Some(&updated), SEEN);
        let from = "3.3.987.0".to_owned();
        let expected =
            [NodeChange::BackOnline, NodeChange::AgentUpdated { from, to: "3.3.3050.0".to_owned() }];
        assert_eq!(events.into_iter().map(|event| event.change).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_is_not_listed_any_longer_is_deregistered() {
        let node = node(Some(PingStatus::Online));
        assert_eq!(kinds(Some(&node), None), [EventKind::Deregistered]);
        assert_eq!(kinds(Some(&node), Some(&node)), []);
    }

    #[test]
    fn a_kind_is_called_the_same_everywhere() {
        for kind in EventKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
            assert_eq!(EventKind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(Period::from_name(Period::Day.name()), Some(Period::Day));
        assert_eq!((EventKind::from_name("exploded"), Period::from_name("year")), (None, None));
        let change = NodeChange::ConnectionLost { last_ping: None };
        assert_eq!(serde_json::to_value(&change).unwrap()["kind"], change.kind().name());
    }
}
