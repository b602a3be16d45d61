//! The activation tier, read in the poller's rhythm and kept beside the nodes.

use std::sync::Arc;

use app::ports::Clock;
use async_trait::async_trait;
use domain::errors::ApiError;
use domain::tier::{Tier, TierSetting};
use time::{Duration, OffsetDateTime};

use super::refresh::Refresh;
use super::store::{FleetState, FleetStore};

/// How old a settled tier may become before it is read again: who changes it here sees that at once anyway.
const SETTLED_FOR: Duration = Duration::seconds(15);

/// Where the tier comes from.
#[async_trait]
pub trait TierSource: Send + Sync {
    /// The setting as it is.
    ///
    /// # Errors
    /// `Throttled`, `Upstream`, `Unreachable`.
    async fn read(&self) -> Result<TierSetting, ApiError>;

    /// Asks for another tier.
    ///
    /// # Errors
    /// `Conflict` while an earlier change is pending; `Upstream` when AWS refuses, as it does on the way back with too
    /// many nodes; `Throttled`, `Unreachable`.
    async fn change(&self, tier: Tier) -> Result<(), ApiError>;
}

/// Keeps the stored tier fresh.
pub struct TierKeeper {
    source: Arc<dyn TierSource>,
    store: FleetStore,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for TierKeeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TierKeeper").finish_non_exhaustive()
    }
}

impl TierKeeper {
    /// Keeps what `source` tells in `store`.
    pub fn new(source: Arc<dyn TierSource>, store: FleetStore, clock: Arc<dyn Clock>) -> Self {
        Self { source, store, clock }
    }

    /// Reads the setting, if it is time.
    pub async fn refresh_when_due(&self) -> Result<(), sqlx::Error> {
        let state = self.store.state().await?;
        if !is_due(&state, self.clock.now()) {
            return Ok(());
        }
        let read = self.source.read().await;
        let now = self.clock.now();
        match read {
            Ok(setting) => self.store.note_tier(&setting, now, Some(state.tier_version)).await,
            Err(failure) => {
                tracing::warn!(error = %failure, "the activation tier could not be read");
                self.store.note_tier_failure(&failure, now).await
            }
        }
    }

    /// Changes the setting, and notes how it stands then.
    ///
    /// # Errors
    /// As [`TierSource::change`], and `Internal` when the database fails.
    pub async fn change(&self, tier: Tier) -> Result<(), ApiError> {
        self.source.change(tier).await?;
        let now = self.clock.now();
        // A change that was taken and is not to be seen yet is under way; the poller looks again soon.
        let under_way = TierSetting { tier, pending: true, changed: Some(now), changed_by: None };
        let setting = match self.source.read().await {
            Ok(setting) if setting.tier == tier => setting,
            Ok(_) | Err(_) => under_way,
        };
        self.store.note_tier(&setting, now, None).await.map_err(|error| {
            tracing::error!(%error, "the activation tier could not be written to the database");
            ApiError::Internal
        })
    }
}

fn is_due(state: &FleetState, now: OffsetDateTime) -> bool {
    let pending = state.tier.setting.as_ref().is_some_and(|setting| setting.pending);
    pending || state.tier_tried_at.is_none_or(|at| now - at >= SETTLED_FOR)
}

/// Looks after the tier whenever the nodes were refreshed: while they cannot be, AWS is better left alone.
pub struct WithTier<R> {
    pub nodes: R,
    pub tier: Arc<TierKeeper>,
}

#[async_trait]
impl<R: Refresh> Refresh for WithTier<R> {
    async fn refresh(&self) -> bool {
        let refreshed = self.nodes.refresh().await;
        if refreshed && let Err(error) = self.tier.refresh_when_due().await {
            tracing::error!(%error, "the activation tier could not be written to the database");
        }
        refreshed
    }
}

#[cfg(test)]
pub(super) mod tests;
