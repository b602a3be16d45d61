//! What every operation works on: the account, the store, the clock and randomness.

use std::sync::Arc;

use time::{Duration, OffsetDateTime};

use crate::blobs::Blobs;
use crate::clock::{Clock, millis};
use crate::config::EmulatorConfig;
use crate::random::Random;
use crate::store::Store;

/// The emulated account with everything that its operations need; cheap to clone.
#[derive(Clone)]
pub struct State {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    blobs: Blobs,
    account_id: String,
    region: String,
    connection_lost_after: Duration,
    setting_update_delay: Duration,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl State {
    /// The account of `config` in `store`.
    pub(crate) fn new(
        config: &EmulatorConfig,
        store: Store,
        blobs: Blobs,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Self {
        Self {
            inner: Arc::new(Inner {
                store,
                blobs,
                account_id: config.account_id.clone(),
                region: config.region.clone(),
                connection_lost_after: config.connection_lost_after,
                setting_update_delay: config.setting_update_delay,
                clock,
                random,
            }),
        }
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    pub(crate) fn account_id(&self) -> &str {
        &self.inner.account_id
    }

    pub(crate) fn region(&self) -> &str {
        &self.inner.region
    }

    pub(crate) fn random(&self) -> &dyn Random {
        self.inner.random.as_ref()
    }

    pub(crate) fn time(&self) -> OffsetDateTime {
        self.inner.clock.now()
    }

    /// The time in the store's form.
    pub(crate) fn now(&self) -> i64 {
        millis(self.time())
    }

    /// The oldest last report with which a node still counts as `Online`.
    pub(crate) fn online_since(&self) -> i64 {
        millis(self.time() - self.inner.connection_lost_after)
    }

    pub(crate) fn setting_update_delay(&self) -> Duration {
        self.inner.setting_update_delay
    }

    /// The ARN that every signed caller has: the emulator knows one user.
    pub(crate) fn caller_arn(&self) -> String {
        format!("arn:aws:iam::{}:user/sekisho", self.account_id())
    }
}
