//! The account's managed nodes, fetched by one poller whoever watches, and kept in the database.

mod backoff;
mod cache;
mod diff;
mod events;
mod lease;
mod poller;
mod refresh;
mod store;
mod tier;
mod watcher;

use std::sync::Arc;
use std::time::Duration;

use app::ports::{ActivationTier, Clock, FleetEvents, Nodes};
use async_trait::async_trait;
use domain::errors::ApiError;
use domain::nodes::events::{EventKind, NodeEvents};
use domain::nodes::{ManagedNode, NodeSnapshot};
use domain::tier::{Tier, TierState};
use futures::FutureExt as _;
use sqlx::AnyPool;
use time::OffsetDateTime;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use backoff::Jitter;
pub use store::FleetState;
pub use tier::TierSource;

use backoff::Backoff;
use cache::Cache;
use lease::Lease;
use poller::{Poller, Sleep};
use refresh::RefreshFromSource;
use store::FleetStore;
use tier::{TierKeeper, WithTier};

/// Time between two refreshes on the embedded backend.
pub const EMBEDDED_INTERVAL: Duration = Duration::from_secs(2);
/// Time between two refreshes on AWS: a page of a thousand nodes each time is far below SSM's limits.
pub const AWS_INTERVAL: Duration = Duration::from_secs(15);

/// How long a change waits until this instance has heard of itself.
const HEARD_WITHIN: Duration = Duration::from_secs(2);
/// People who ask again and again cost SSM one refresh in this time.
const AT_MOST_EVERY: Duration = Duration::from_secs(2);
/// How long somebody who asks for a refresh waits for it.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// Where the nodes come from.
#[async_trait]
pub trait NodeSource: Send + Sync {
    /// Every node, in no particular order.
    ///
    /// # Errors
    /// `Throttled`, `Upstream`, `Unreachable`.
    async fn fetch(&self) -> Result<Vec<ManagedNode>, ApiError>;
}

/// How the nodes are kept fresh.
pub struct FleetConfig {
    /// Where the activation tier comes from.
    pub tier: Arc<dyn TierSource>,
    /// Time between two refreshes.
    pub interval: Duration,
    /// Spreads the tries after a failure.
    pub jitter: Jitter,
    /// Tells this process from the others that share its database.
    pub instance: String,
}

/// The nodes, and word of what changes.
pub struct Fleet {
    store: FleetStore,
    cache: Arc<Cache>,
    tier: Arc<TierKeeper>,
    states: watch::Receiver<FleetState>,
    clock: Arc<dyn Clock>,
    tasks: TaskTracker,
}

impl Fleet {
    /// Begins to keep the nodes fresh, until `shutdown`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn start(
        pool: AnyPool,
        source: Arc<dyn NodeSource>,
        clock: Arc<dyn Clock>,
        config: FleetConfig,
        shutdown: CancellationToken,
    ) -> Result<Arc<Self>, sqlx::Error> {
        let store = FleetStore::new(pool);
        let cache = Arc::new(Cache::open(store.clone()).await?);
        let tasks = TaskTracker::new();
        let states = watcher::start(store.clone(), Arc::clone(&cache), &tasks, shutdown.clone());

        let lease = Lease::new(store.clone(), Arc::clone(&clock), config.instance.clone());
        let leading = lease.start(&tasks, shutdown.clone());
        let tier = Arc::new(TierKeeper::new(config.tier, store.clone(), Arc::clone(&clock)));
        let nodes = RefreshFromSource {
            source,
            store: store.clone(),
            cache: Arc::clone(&cache),
            clock: Arc::clone(&clock),
            instance: config.instance,
        };
        let refresh = WithTier { nodes, tier: Arc::clone(&tier) };
        let backoff = Backoff::new(config.interval, config.jitter);
        let sleep: Sleep = Box::new(|time| tokio::time::sleep(time).boxed());
        tasks.spawn(Poller::new(refresh, backoff, sleep, leading, states.clone()).run(shutdown));
        tasks.close();
        Ok(Arc::new(Self { store, cache, tier, states, clock, tasks }))
    }

    /// What is known now and from now on.
    #[must_use]
    pub fn states(&self) -> watch::Receiver<FleetState> {
        self.states.clone()
    }

    /// Fetches the nodes soon, whichever instance polls.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn refresh_soon(&self) -> Result<(), sqlx::Error> {
        self.store.want_refresh().await
    }

    /// Tells every screen, of every instance, that the activations have changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn activations_changed(&self) -> Result<(), sqlx::Error> {
        self.store.announce_activations().await
    }

    /// Tells every screen, of every instance, that the packages have changed, and returns when this instance has heard of it:
    /// who asks because of that is not told what was before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn packages_changed(&self) -> Result<(), sqlx::Error> {
        let mut states = self.states.clone();
        let before = states.borrow_and_update().packages_version;
        self.store.announce_packages().await?;
        let heard = states.wait_for(|state| state.packages_version > before);
        if tokio::time::timeout(HEARD_WITHIN, heard).await.is_err() {
            tracing::warn!("word of the changed packages takes its time");
        }
        Ok(())
    }

    /// Tells every screen, of every instance, that there is something new to show of the nodes that no refresh would tell,
    /// such as their tags.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn nodes_changed(&self) -> Result<(), sqlx::Error> {
        self.store.announce_nodes().await
    }

    /// Returns when everything has ended after `shutdown`, and another instance can take over.
    pub async fn stopped(&self) {
        self.tasks.wait().await;
    }
}

#[async_trait]
impl Nodes for Fleet {
    async fn snapshot(&self) -> Result<Arc<NodeSnapshot>, ApiError> {
        Ok(Arc::clone(&self.cache.copy().snapshot))
    }

    async fn refresh(&self) -> Result<(), ApiError> {
        let mut states = self.states.clone();
        let before = states.borrow_and_update().clone();
        let just_done = |at: OffsetDateTime| self.clock.now() - at < AT_MOST_EVERY;
        if before.fetched_at.is_some_and(just_done) {
            return Ok(());
        }
        self.refresh_soon().await.map_err(unreadable)?;
        let answered = states
            .wait_for(|state| (state.fetched_at, &state.failure) != (before.fetched_at, &before.failure));
        // Who has waited that long sees when it comes: the answer is announced to every screen.
        let _ = tokio::time::timeout(ANSWER_WITHIN, answered).await;
        Ok(())
    }
}

#[async_trait]
impl ActivationTier for Fleet {
    async fn state(&self) -> Result<TierState, ApiError> {
        Ok(self.states.borrow().tier.clone())
    }

    async fn change(&self, tier: Tier) -> Result<TierState, ApiError> {
        self.tier.change(tier).await?;
        let changed = self.store.state().await.map_err(unreadable)?;
        // The page that is asked for next shows what this one did.
        let mut states = self.states.clone();
        let heard = states.wait_for(|state| state.tier_version >= changed.tier_version);
        if tokio::time::timeout(HEARD_WITHIN, heard).await.is_err() {
            tracing::warn!("word of the new tier takes its time");
        }
        Ok(changed.tier)
    }
}

#[async_trait]
impl FleetEvents for Fleet {
    async fn since(
        &self,
        since: OffsetDateTime,
        kind: Option<EventKind>,
        limit: u32,
    ) -> Result<NodeEvents, ApiError> {
        self.store.events(since, kind, limit.into()).await.map_err(unreadable)
    }
}

fn unreadable(error: sqlx::Error) -> ApiError {
    tracing::error!(%error, "the fleet could not be read from the database");
    ApiError::Internal
}

#[cfg(test)]
pub(crate) mod tests;
