//! Which of several instances polls: the one that holds the lease.

use std::sync::Arc;
use std::time::Duration;

use app::ports::Clock;
use time::OffsetDateTime;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::store::FleetStore;

/// How long the fleet goes without a poller when its process dies. The instances' clocks must agree better than that.
const LEASE: Duration = Duration::from_secs(30);
/// Two renewals may fail before the lease is lost.
const RENEW_EVERY: Duration = Duration::from_secs(10);

/// One instance's claim.
pub struct Lease {
    store: FleetStore,
    clock: Arc<dyn Clock>,
    instance: String,
}

impl Lease {
    /// Claims nothing yet.
    pub fn new(store: FleetStore, clock: Arc<dyn Clock>, instance: String) -> Self {
        Self { store, clock, instance }
    }

    /// Takes the lease, from whoever has it, and keeps it until another instance starts: so a restarted process does
    /// not wait for the lease of its own dead predecessor.
    pub fn start(self, tasks: &TaskTracker, shutdown: CancellationToken) -> watch::Receiver<bool> {
        let (leading, receiver) = watch::channel(false);
        tasks.spawn(async move {
            leading.send_replace(self.take(true).await);
            let mut renew = tokio::time::interval(RENEW_EVERY);
            renew.tick().await;
            while shutdown.run_until_cancelled(renew.tick()).await.is_some() {
                let leads = self.take(false).await;
                if leading.send_replace(leads) != leads {
                    tracing::info!(leads, "whether this instance polls the nodes has changed");
                }
            }
            leading.send_replace(false);
            if let Err(error) = self.store.give_lease_back(&self.instance).await {
                tracing::warn!(%error, "the lease could not be given back; it expires by itself");
            }
        });
        receiver
    }

    async fn take(&self, by_force: bool) -> bool {
        let now: OffsetDateTime = self.clock.now();
        let taken = self.store.take_lease(&self.instance, now, now + LEASE, by_force).await;
        taken.unwrap_or_else(|error| {
            tracing::warn!(%error, "the lease could not be renewed");
            false
        })
    }
}
