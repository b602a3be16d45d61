//! What a new answer changes in the snapshot.

use std::collections::{HashMap, HashSet};

use domain::nodes::ManagedNode;
use domain::nodes::events::NodeEvent;

/// What has to be written, and who has to hear of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Nodes that are new or not as they were, be it in their last ping.
    pub written: Vec<ManagedNode>,
    /// Ids of nodes that are no more.
    pub removed: Vec<String>,
    /// Whether there is more to see than a last ping, which every heartbeat moves.
    pub visible: bool,
    /// Whether a node has registered with an activation, whose count then has grown.
    pub registered: bool,
    /// What has happened, in words that people watch for.
    pub events: Vec<NodeEvent>,
}

impl Diff {
    /// Whether nothing has to be written.
    pub const fn is_empty(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty()
    }
}

/// Compares the nodes as they are known with a new answer. A node that stands in the answer twice, because it moved
/// from one page to another in between, counts once.
pub fn diff<'a>(known: impl IntoIterator<Item = &'a ManagedNode>, answer: Vec<ManagedNode>) -> Diff {
    let known: HashMap<&str, &ManagedNode> = known.into_iter().map(|node| (node.id.as_str(), node)).collect();
    let mut seen = HashSet::with_capacity(answer.len());
    let mut diff = Diff::default();
    for node in answer {
        if !seen.insert(node.id.clone()) {
            continue;
        }
        match known.get(node.id.as_str()) {
            Some(before) if **before == node => continue,
            Some(before) => diff.visible |= !same_but_for_ping(before, &node),
            None => {
                diff.visible = true;
                diff.registered |= node.activation_id.is_some();
            }
        }
        diff.written.push(node);
    }
    diff.removed = known.keys().filter(|id| !seen.contains(**id)).map(|id| (*id).to_owned()).collect();
    diff.visible |= !diff.removed.is_empty();
    diff
}

fn same_but_for_ping(before: &ManagedNode, after: &ManagedNode) -> bool {
    ManagedNode { last_ping: after.last_ping, ..before.clone() } == *after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::tests::node;
    use domain::nodes::PingStatus;
    use time::Duration;

    #[test]
    fn the_same_again_is_nothing() {
        assert_eq!(diff(&[node(1), node(2)], vec![node(2), node(1)]), Diff::default());
    }

    #[test]
    fn a_heartbeat_is_written_and_not_shown() {
        let mut beat = node(1);
        beat.last_ping = beat.last_ping.map(|at| at + Duration::seconds(60));
        let diff = diff(&[node(1), node(2)], vec![beat.clone(), node(2)]);
        assert_eq!(diff, Diff { written: vec![beat], ..Diff::default() });
    }

    #[test]
    fn a_lost_connection_is_shown() {
        let lost = ManagedNode { ping_status: Some(PingStatus::ConnectionLost), ..node(1) };
        let diff = diff(&[node(1)], vec![lost.clone()]);
        assert_eq!(diff, Diff { written: vec![lost], visible: true, ..Diff::default() });
    }

    #[test]
    fn a_registration_counts_for_its_activation() {
        let known = [node(1)];
        assert!(diff(&known, vec![node(1), node(2)]).registered);
        let instance = ManagedNode { activation_id: None, ..node(2) };
        let diff = diff(&known, vec![node(1), instance]);
        assert!(diff.visible && !diff.registered);
    }

    #[test]
    fn a_missing_node_is_removed() {
        let diff = diff(&[node(1), node(2)], vec![node(2)]);
        assert_eq!(diff, Diff { removed: vec![node(1).id], visible: true, ..Diff::default() });
    }

    #[test]
    fn a_node_on_two_pages_counts_once() {
        assert_eq!(diff(&[], vec![node(1), node(1)]).written, [node(1)]);
    }
}
