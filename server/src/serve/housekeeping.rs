//! Removes what is over: sessions, attempts to sign in, forms that were sent, what was done to nodes, forgotten drafts.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::node_actions::NodeActionStore;
use crate::store::submissions::StoredSubmissions;
use crate::web::Console;

/// Nothing depends on it: what is over is over whether or not its row is still there.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Begins to clean up, now and every hour, until `stop`.
pub fn start(
    console: Console,
    submissions: StoredSubmissions,
    actions: NodeActionStore,
    stop: CancellationToken,
) -> TaskTracker {
    let tasks = TaskTracker::new();
    tasks.spawn(async move {
        let mut hours = tokio::time::interval(EVERY);
        while stop.run_until_cancelled(hours.tick()).await.is_some() {
            clean_up(&console, &submissions, &actions).await;
        }
    });
    tasks.close();
    tasks
}

async fn clean_up(console: &Console, submissions: &StoredSubmissions, actions: &NodeActionStore) {
    let now = console.ports.clock.now();
    let done = [
        console.sessions.remove_old().await,
        console.attempts.remove_old(now).await,
        submissions.remove_old().await,
        actions.remove_old(now).await,
        console.drafts.clean_up().await,
    ];
    for error in done.into_iter().filter_map(Result::err) {
        tracing::warn!(%error, "old rows could not be removed");
    }
}
