//! When to refresh.

use std::time::Duration;

use futures::future::BoxFuture;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::backoff::Backoff;
use super::refresh::Refresh;
use super::store::FleetState;

/// Lets time pass.
pub type Sleep = Box<dyn Fn(Duration) -> BoxFuture<'static, ()> + Send + Sync>;

/// Refreshes while this instance leads: every interval, and sooner when somebody wants it.
pub struct Poller<R> {
    refresh: R,
    backoff: Backoff,
    sleep: Sleep,
    leading: watch::Receiver<bool>,
    states: watch::Receiver<FleetState>,
}

impl<R: Refresh> Poller<R> {
    /// Waits to be run.
    pub const fn new(
        refresh: R,
        backoff: Backoff,
        sleep: Sleep,
        leading: watch::Receiver<bool>,
        states: watch::Receiver<FleetState>,
    ) -> Self {
        Self { refresh, backoff, sleep, leading, states }
    }

    /// Runs until `shutdown`. A refresh that is cut short leaves nothing half-written.
    pub async fn run(mut self, shutdown: CancellationToken) {
        shutdown.run_until_cancelled(self.poll()).await;
    }

    async fn poll(&mut self) {
        while self.leading.wait_for(|leads| *leads).await.is_ok() {
            let wanted = self.states.borrow().refresh_wanted;
            let succeeded = self.refresh.refresh().await;
            let wait = if succeeded { self.backoff.succeeded() } else { self.backoff.failed() };
            self.wait(wait, wanted).await;
        }
    }

    /// Until the time is over or, unless AWS is better left alone, somebody wants a refresh.
    async fn wait(&mut self, wait: Duration, wanted: i64) {
        let failing = self.backoff.is_failing();
        let wanted_again = self.states.wait_for(|state| !failing && state.refresh_wanted != wanted);
        tokio::select! {
            () = (self.sleep)(wait) => {}
            // A closed channel means that everything ends.
            _ = wanted_again => {}
        }
    }
}

#[cfg(test)]
mod tests;
