//! Activations whose changes every screen hears of.

use std::sync::Arc;

use app::ports::Activations;
use async_trait::async_trait;
use domain::activations::{Activation, CreatedActivation, ValidActivation};
use domain::errors::ApiError;

use crate::fleet::Fleet;

/// Passes everything on, and announces what has changed.
#[derive(Clone)]
pub struct AnnouncedActivations {
    inner: Arc<dyn Activations>,
    fleet: Arc<Fleet>,
}

impl AnnouncedActivations {
    /// Announces changes made through `inner`.
    #[must_use]
    pub fn new(inner: Arc<dyn Activations>, fleet: Arc<Fleet>) -> Self {
        Self { inner, fleet }
    }

    /// Never in the way of the answer: the activation's code exists nowhere else.
    fn announce(&self) {
        let fleet = Arc::clone(&self.fleet);
        tokio::spawn(async move {
            if let Err(error) = fleet.activations_changed().await {
                tracing::warn!(%error, "a change of the activations could not be announced");
            }
            if let Err(error) = fleet.refresh_soon().await {
                tracing::warn!(%error, "a refresh of the nodes could not be asked for");
            }
        });
    }
}

#[async_trait]
impl Activations for AnnouncedActivations {
    async fn list(&self) -> Result<Vec<Activation>, ApiError> {
        self.inner.list().await
    }

    async fn get(&self, id: &str) -> Result<Activation, ApiError> {
        self.inner.get(id).await
    }

    async fn create(&self, activation: ValidActivation) -> Result<CreatedActivation, ApiError> {
        let created = self.inner.create(activation).await?;
        self.announce();
        Ok(created)
    }

    async fn delete(&self, id: &str) -> Result<(), ApiError> {
        self.inner.delete(id).await?;
        self.announce();
        Ok(())
    }
}
