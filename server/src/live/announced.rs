//! Activations whose changes every screen hears of.

use std::sync::Arc;

use app::ports::Activations;
use async_trait::async_trait;
use domain::activations::{Activation, CreatedActivation, ValidActivation};
use domain::errors::ApiError;

use crate::coalesced::Coalesced;
use crate::fleet::Fleet;

/// Passes everything on, and announces what has changed. Those who list them at the same time share one request.
#[derive(Clone)]
pub struct AnnouncedActivations {
    inner: Arc<dyn Activations>,
    fleet: Arc<Fleet>,
    /// Open screens hear of a change at the same moment, and all ask.
    list: Arc<Coalesced<Result<Vec<Activation>, ApiError>>>,
}

impl AnnouncedActivations {
    /// Announces changes made through `inner`.
    #[must_use]
    pub fn new(inner: Arc<dyn Activations>, fleet: Arc<Fleet>) -> Self {
        Self { inner, fleet, list: Arc::default() }
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
        self.list.ask(|| self.inner.list()).await
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::tests::{Instance, ScriptedSource};
    use crate::store::testing::fresh_stores;

    /// Stands for SSM where only the announcing matters.
    struct OneActivation;

    #[async_trait]
    impl Activations for OneActivation {
        async fn list(&self) -> Result<Vec<Activation>, ApiError> {
            Ok(Vec::new())
        }

        async fn get(&self, _: &str) -> Result<Activation, ApiError> {
            Err(ApiError::NotFound)
        }

        async fn create(&self, _: ValidActivation) -> Result<CreatedActivation, ApiError> {
            Ok(CreatedActivation { id: "id".to_owned(), code: "a-code-of-20-characters".into() })
        }

        async fn delete(&self, id: &str) -> Result<(), ApiError> {
            if id == "id" { Ok(()) } else { Err(ApiError::NotFound) }
        }
    }

    #[tokio::test]
    async fn every_instance_hears_of_what_was_created_or_deleted() {
        for database in fresh_stores().await {
            let source = ScriptedSource::new(Vec::new());
            let mut other = Instance::start(&database, "other", &source).await;
            let mut here = Instance::start(&database, "here", &source).await;
            let activations = AnnouncedActivations::new(Arc::new(OneActivation), Arc::clone(&here.fleet));
            let request = ValidActivation {
                description: None,
                registration_limit: 1,
                iam_role: "BB_Hybrid_Activation".to_owned(),
                default_role: false,
                expires: None,
                default_instance_name: None,
                tags: Vec::new(),
            };
            activations.create(request).await.unwrap();
            here.until(|state| (state.activations_version, state.refresh_wanted) == (1, 1)).await;
            activations.delete("id").await.unwrap();
            other.until(|state| (state.activations_version, state.refresh_wanted) == (2, 2)).await;
            assert_eq!(activations.delete("another").await, Err(ApiError::NotFound), "{}", database.name);
            here.stop().await;
            other.stop().await;
        }
    }
}
