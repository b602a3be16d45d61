//! Does what was noted, whoever still watches.

use std::sync::Arc;
use std::time::Duration;

use app::ports::{BegunAction, Clock, NodeActions, NodeTags};
use async_trait::async_trait;
use domain::errors::ApiError;
use domain::nodes::actions::{ActionProgress, NodeAction};
use domain::tags::Tag;
use futures::{StreamExt as _, stream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::NodeWrites;
use super::store::{NodeActionStore, Noted};
use super::tags::KeptTags;
use crate::fleet::Fleet;

/// Nodes under way at once. SSM throttles an account, not a program, and the SDK waits where it is asked to.
const CONCURRENCY: usize = 4;
/// Time between two signs of life while nodes take theirs.
const BEAT: Duration = Duration::from_secs(10);
/// How long requests under way may take to end when the program is told to.
const DRAIN: Duration = Duration::from_secs(10);

/// Does actions in the background, each once. Whoever asks for the tags of nodes asks here, where it is known when they change.
#[derive(Clone)]
pub struct NodeActionRunner {
    store: NodeActionStore,
    writes: Arc<dyn NodeWrites>,
    tags: Arc<KeptTags>,
    fleet: Arc<Fleet>,
    clock: Arc<dyn Clock>,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl NodeActionRunner {
    /// Does nothing yet; begins no more nodes after `stop`.
    #[must_use]
    pub fn new(
        store: NodeActionStore,
        writes: Arc<dyn NodeWrites>,
        fleet: &Arc<Fleet>,
        clock: &Arc<dyn Clock>,
        stop: CancellationToken,
    ) -> Arc<Self> {
        let tags = Arc::new(KeptTags::new(Arc::clone(&writes), fleet.states()));
        let (fleet, clock) = (Arc::clone(fleet), Arc::clone(clock));
        Arc::new(Self { store, writes, tags, fleet, clock, tasks: TaskTracker::new(), stop })
    }

    /// Returns after `stop`, when what is under way has ended or taken too long.
    pub async fn stopped(&self) {
        self.tasks.close();
        if tokio::time::timeout(DRAIN, self.tasks.wait()).await.is_err() {
            tracing::warn!("what is being done to nodes did not end in time");
        }
    }

    async fn note_and_run(self, action: BegunAction) -> Result<(), ApiError> {
        match self.store.note(&action, self.clock.now()).await.map_err(internal)? {
            Noted::Before => Ok(()),
            Noted::Another => {
                Err(ApiError::Conflict { reason: "the submission token is somebody else's".to_owned() })
            }
            Noted::New => {
                let (kind, nodes) = (action.action.kind().name(), action.nodes.len());
                tracing::info!(id = action.id, username = action.username, kind, nodes, "acting on nodes");
                self.tasks.clone().spawn(self.run(action));
                Ok(())
            }
        }
    }

    async fn run(self, action: BegunAction) {
        let work = self.work(&action);
        tokio::pin!(work);
        loop {
            tokio::select! {
                () = &mut work => break,
                () = tokio::time::sleep(BEAT) => {
                    log_failure(self.store.note_alive(&action.id, self.clock.now()).await);
                }
            }
        }
        log_failure(self.store.note_end(&action.id, self.clock.now()).await);
        log_failure(self.tell(&action.action).await);
    }

    async fn work(&self, action: &BegunAction) {
        let nodes: Vec<(i64, String)> = (0..).zip(action.nodes.iter().map(|(id, _)| id.clone())).collect();
        let until_stop = nodes.into_iter().take_while(|_| !self.stop.is_cancelled());
        let turn = |(place, node)| self.take_turn(action, place, node);
        stream::iter(until_stop).for_each_concurrent(CONCURRENCY, turn).await;
    }

    async fn take_turn(&self, action: &BegunAction, place: i64, node: String) {
        let outcome = self.act(&action.action, &node).await;
        // Also where it has failed: half of it may have been done.
        self.tags.forget();
        if let Err(error) = &outcome {
            tracing::warn!(id = action.id, node, %error, "not done");
        }
        log_failure(self.store.note_outcome(&action.id, place, &outcome, self.clock.now()).await);
    }

    async fn act(&self, action: &NodeAction, id: &str) -> Result<(), ApiError> {
        match action {
            NodeAction::Deregister => self.writes.deregister(id).await,
            NodeAction::Role { iam_role } => self.writes.set_role(id, iam_role).await,
            NodeAction::Tags { set, remove } => {
                // Room is made before it is needed: a node has at most 50 tags.
                if !remove.is_empty() {
                    self.writes.remove_tags(id, remove).await?;
                }
                if !set.is_empty() {
                    self.writes.set_tags(id, set).await?;
                }
                Ok(())
            }
        }
    }

    /// Lets every open screen follow.
    async fn tell(&self, action: &NodeAction) -> Result<(), sqlx::Error> {
        match action {
            // No refresh would tell.
            NodeAction::Tags { .. } => self.fleet.nodes_changed().await,
            NodeAction::Deregister | NodeAction::Role { .. } => self.fleet.refresh_soon().await,
        }
    }
}

#[async_trait]
impl NodeActions for NodeActionRunner {
    async fn begin(&self, action: BegunAction) -> Result<(), ApiError> {
        // On a task of its own: a browser that hangs up in the middle must not leave an action that nobody does.
        let task = tokio::spawn(self.clone().note_and_run(action));
        task.await.map_err(|_| ApiError::Internal)?
    }

    async fn progress(&self, id: &str) -> Result<ActionProgress, ApiError> {
        self.store.progress(id).await.map_err(internal)?.ok_or(ApiError::NotFound)
    }
}

#[async_trait]
impl NodeTags for NodeActionRunner {
    async fn tags(&self, id: &str) -> Result<Vec<Tag>, ApiError> {
        self.tags.get(id).await
    }

    async fn tags_now(&self, id: &str) -> Result<Vec<Tag>, ApiError> {
        self.writes.tags(id).await
    }
}

fn internal(error: sqlx::Error) -> ApiError {
    tracing::error!(%error, "what is done to nodes cannot be read or written");
    ApiError::Internal
}

fn log_failure(noted: Result<(), sqlx::Error>) {
    if let Err(error) = noted {
        tracing::error!(%error, "what was done to nodes could not be noted or announced");
    }
}

#[cfg(test)]
mod tests;
