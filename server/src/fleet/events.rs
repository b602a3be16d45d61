//! What a new answer means to people: the events that the diff holds.

use std::collections::HashMap;

use domain::nodes::ManagedNode;
use domain::nodes::events::{KEPT_FOR, NodeEvent, events_between};
use time::OffsetDateTime;

use super::diff::Diff;

/// The events between the nodes as they were known and the answer that came at `seen`. The `first` answer ever changes
/// nothing: all that it tells is which nodes have registered lately.
pub fn events<'a>(
    known: impl IntoIterator<Item = &'a ManagedNode>,
    diff: &Diff,
    seen: OffsetDateTime,
    first: bool,
) -> Vec<NodeEvent> {
    let known: HashMap<&str, &ManagedNode> = known.into_iter().map(|node| (node.id.as_str(), node)).collect();
    let written = diff.written.iter().filter(|node| !first || node.registered.is_some());
    let written = written.map(|node| (known.get(node.id.as_str()).copied(), Some(node)));
    let removed = diff.removed.iter().map(|id| (known.get(id.as_str()).copied(), None));
    let events = written.chain(removed).flat_map(|(before, after)| events_between(before, after, seen));
    events.filter(|event| event.happened >= seen - KEPT_FOR).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::diff::diff;
    use crate::fleet::tests::{NOW, node};
    use domain::nodes::PingStatus;
    use domain::nodes::events::{EventKind, NodeChange};
    use time::Duration;

    fn kinds(known: &[ManagedNode], answer: Vec<ManagedNode>, first: bool) -> Vec<(String, EventKind)> {
        let events = events(known.iter(), &diff(known, answer), NOW, first);
        events.into_iter().map(|event| (event.node_id, event.change.kind())).collect()
    }

    #[test]
    fn nodes_come_change_and_go() {
        let lost = ManagedNode { ping_status: Some(PingStatus::ConnectionLost), ..node(2) };
        let found = kinds(&[node(1), node(2)], vec![lost, node(3)], false);
        let expected = [
            (node(2).id, EventKind::ConnectionLost),
            (node(3).id, EventKind::Registered),
            (node(1).id, EventKind::Deregistered),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_heartbeat_is_no_event() {
        let beat = ManagedNode { last_ping: Some(NOW + Duration::minutes(5)), ..node(1) };
        assert_eq!(kinds(&[node(1)], vec![beat], false), []);
    }

    #[test]
    fn the_first_answer_tells_of_late_registrations_only() {
        let old = ManagedNode { registered: Some(NOW - Duration::days(8)), ..node(1) };
        let undated = ManagedNode { registered: None, ..node(2) };
        let answer = vec![old, undated, node(3)];
        assert_eq!(kinds(&[], answer.clone(), true), [(node(3).id, EventKind::Registered)]);
        let later = events([], &diff(&[], answer), NOW, false);
        assert_eq!(later.len(), 2, "without a date, it has happened when it was seen");
        assert!(matches!(&later[0].change, NodeChange::Registered { activation_id: Some(_) }));
    }
}
