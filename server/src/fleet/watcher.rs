//! Sees what this and the other instances write.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::cache::Cache;
use super::store::{FleetState, FleetStore};

/// How soon the writes of other instances are seen; those of this one are at once.
const EVERY: Duration = Duration::from_secs(2);

/// Begins to watch. A state is told once the nodes that belong to it are in the cache: who hears of it finds them there.
pub fn start(
    store: FleetStore,
    cache: Arc<Cache>,
    tasks: &TaskTracker,
    shutdown: CancellationToken,
) -> watch::Receiver<FleetState> {
    let (states, receiver) = watch::channel(cache.copy().state.clone());
    tasks.spawn(async move {
        let written = || tokio::time::timeout(EVERY, store.written());
        while shutdown.run_until_cancelled(written()).await.is_some() {
            match cache.update().await {
                Ok(copy) => publish(&states, copy.state.clone()),
                Err(error) => tracing::warn!(%error, "the nodes could not be read from the database"),
            }
        }
    });
    receiver
}

fn publish(states: &watch::Sender<FleetState>, state: FleetState) {
    states.send_if_modified(|known| {
        let modified = *known != state;
        *known = state;
        modified
    });
}
