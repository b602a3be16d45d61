//! How far an action has come, node by node.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::NodeAction;
use crate::errors::ApiError;

/// An action of which nothing was heard for this long is over: what ran it is gone.
pub const INTERRUPTED_AFTER: Duration = Duration::seconds(60);

/// An action and what has come of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionProgress {
    /// The token of the form that began it.
    pub id: String,
    /// What is done.
    pub action: NodeAction,
    /// Who has begun it.
    pub username: String,
    /// When it began.
    #[serde(with = "time::serde::timestamp")]
    pub begun: OffsetDateTime,
    /// When it last gave a sign of life.
    #[serde(with = "time::serde::timestamp")]
    pub alive: OffsetDateTime,
    /// When it ended.
    #[serde(with = "time::serde::timestamp::option")]
    pub ended: Option<OffsetDateTime>,
    /// Each node, in the order in which they were chosen.
    pub nodes: Vec<NodeResult>,
}

/// What has come of one node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeResult {
    /// The node's id.
    pub id: String,
    /// Its name when the action began.
    pub name: Option<String>,
    /// What has come of it.
    pub outcome: NodeOutcome,
}

/// What has come of one node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeOutcome {
    /// Not its turn yet, or under way.
    Waiting,
    /// As asked.
    Done,
    /// Not done, or not wholly.
    Failed(ApiError),
}

/// Where an action stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionState {
    /// Nodes are still to come.
    Running,
    /// Every node had its turn.
    Ended,
    /// It stopped before every node had its turn.
    Interrupted,
}

impl ActionProgress {
    /// Where it stands at `now`.
    #[must_use]
    pub fn state(&self, now: OffsetDateTime) -> ActionState {
        if self.waiting() == 0 {
            ActionState::Ended
        } else if self.ended.is_some() || now - self.alive > INTERRUPTED_AFTER {
            ActionState::Interrupted
        } else {
            ActionState::Running
        }
    }

    /// How many nodes are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.nodes.iter().filter(|node| node.outcome == NodeOutcome::Done).count()
    }

    /// How many nodes have failed.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.nodes.iter().filter(|node| matches!(node.outcome, NodeOutcome::Failed(_))).count()
    }

    /// How many nodes are still to come, or were never come to.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.nodes.iter().filter(|node| node.outcome == NodeOutcome::Waiting).count()
    }

    /// The nodes to try again: nothing while it runs, then all that are not done.
    #[must_use]
    pub fn to_retry(&self, now: OffsetDateTime) -> Vec<String> {
        if self.state(now) == ActionState::Running {
            return Vec::new();
        }
        let left = self.nodes.iter().filter(|node| node.outcome != NodeOutcome::Done);
        left.map(|node| node.id.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);

    fn progress(outcomes: &[NodeOutcome]) -> ActionProgress {
        let result = |(number, outcome): (usize, &NodeOutcome)| NodeResult {
            id: number.to_string(),
            name: None,
            outcome: outcome.clone(),
        };
        ActionProgress {
            id: "token".to_owned(),
            action: NodeAction::Deregister,
            username: "ann".to_owned(),
            begun: NOW,
            alive: NOW,
            ended: None,
            nodes: outcomes.iter().enumerate().map(result).collect(),
        }
    }

    #[test]
    fn it_runs_until_every_node_had_its_turn() {
        let failed = NodeOutcome::Failed(ApiError::Throttled);
        let running = progress(&[NodeOutcome::Done, failed.clone(), NodeOutcome::Waiting]);
        assert_eq!(running.state(NOW + INTERRUPTED_AFTER), ActionState::Running);
        assert_eq!((running.done(), running.failed(), running.waiting()), (1, 1, 1));
        assert_eq!(running.to_retry(NOW), [""; 0]);
        let ended = progress(&[NodeOutcome::Done, failed]);
        assert_eq!(ended.state(NOW + Duration::days(1)), ActionState::Ended);
        assert_eq!(ended.to_retry(NOW), ["1"]);
    }

    #[test]
    fn it_is_interrupted_when_it_gives_no_sign_of_life_or_was_stopped() {
        let silent = progress(&[NodeOutcome::Done, NodeOutcome::Waiting]);
        let later = NOW + INTERRUPTED_AFTER + Duration::seconds(1);
        assert_eq!(silent.state(later), ActionState::Interrupted);
        assert_eq!(silent.to_retry(later), ["1"]);
        let stopped = ActionProgress { ended: Some(NOW), ..silent };
        assert_eq!(stopped.state(NOW), ActionState::Interrupted);
    }
}
