//! One refresh: ask, compare, write.

use std::sync::Arc;

use app::ports::Clock;
use async_trait::async_trait;

use super::NodeSource;
use super::cache::Cache;
use super::diff::diff;
use super::events::events;
use super::store::FleetStore;

/// Something that can be brought up to date.
#[async_trait]
pub trait Refresh: Send + Sync {
    /// Does so once; `false` if it failed and should be left alone for a while.
    async fn refresh(&self) -> bool;
}

/// Brings the database up to date with the source.
pub struct RefreshFromSource {
    pub source: Arc<dyn NodeSource>,
    pub store: FleetStore,
    pub cache: Arc<Cache>,
    pub clock: Arc<dyn Clock>,
    pub instance: String,
}

#[async_trait]
impl Refresh for RefreshFromSource {
    async fn refresh(&self) -> bool {
        self.try_refresh().await.unwrap_or_else(|error| {
            tracing::error!(%error, "the nodes could not be written to the database");
            false
        })
    }
}

impl RefreshFromSource {
    async fn try_refresh(&self) -> Result<bool, sqlx::Error> {
        let answer = match self.source.fetch().await {
            Ok(answer) => answer,
            Err(failure) => {
                tracing::warn!(error = %failure, "the nodes could not be fetched");
                self.store.fail(&self.instance, &failure).await?;
                return Ok(false);
            }
        };
        let fetched_at = self.clock.now();
        let known = self.cache.update().await?;
        let nodes = &known.snapshot.nodes;
        let mut diff = diff(nodes.iter(), answer);
        diff.events = events(nodes.iter(), &diff, fetched_at, known.state.fetched_at.is_none());
        if !self.store.write(&self.instance, &diff, fetched_at).await? {
            tracing::info!("another instance polls the nodes now; this refresh is dropped");
        }
        Ok(true)
    }
}
