//! Sees what this and the other instances write.

use std::time::Duration;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::store::{FleetState, FleetStore};

/// How soon the writes of other instances are seen; those of this one are at once.
const EVERY: Duration = Duration::from_secs(2);

/// Begins to watch.
pub async fn start(
    store: FleetStore,
    tasks: &TaskTracker,
    shutdown: CancellationToken,
) -> Result<watch::Receiver<FleetState>, sqlx::Error> {
    let (states, receiver) = watch::channel(store.state().await?);
    tasks.spawn(async move {
        let written = || tokio::time::timeout(EVERY, store.written());
        while shutdown.run_until_cancelled(written()).await.is_some() {
            match store.state().await {
                Ok(state) => publish(&states, state),
                Err(error) => tracing::warn!(%error, "the fleet's state could not be read"),
            }
        }
    });
    Ok(receiver)
}

fn publish(states: &watch::Sender<FleetState>, state: FleetState) {
    states.send_if_modified(|known| {
        let modified = *known != state;
        *known = state;
        modified
    });
}
