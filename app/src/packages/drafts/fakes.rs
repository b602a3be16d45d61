//! A console where nobody makes packages, for tests of other pages.

use async_trait::async_trait;
use domain::errors::ApiError;
use domain::packages::buckets::{Bucket, BucketProblem};
use domain::packages::drafts::{Draft, DraftChange, DraftFile, DraftSummary, NewDraft, NewFile, Room};
use domain::packages::inspection::{Check, Place};
use domain::packages::preview::Preview;
use domain::packages::publications::{Publication, PublicationSummary};
use domain::packages::scripts::Action;
use domain::packages::scripts::check::Finding;

use crate::ports::{Buckets, Checks, Drafts, FileBody, NewPublication, Publications};

/// Neither drafts nor publications nor buckets.
pub struct NoDrafts;

#[async_trait]
impl Drafts for NoDrafts {
    async fn create(&self, _: &str, _: NewDraft) -> Result<Draft, ApiError> {
        Err(ApiError::NotFound)
    }

    async fn list(&self, _: Option<&str>) -> Result<Vec<DraftSummary>, ApiError> {
        Ok(Vec::new())
    }

    async fn get(&self, _: &str) -> Result<Draft, ApiError> {
        Err(ApiError::NotFound)
    }

    async fn room(&self, _: &str) -> Result<Room, ApiError> {
        Ok(Room { used: 0, quota: 0, left_for_all: 0 })
    }

    async fn change(&self, _: &str, _: i64, _: Vec<DraftChange>) -> Result<Draft, ApiError> {
        Err(ApiError::NotFound)
    }

    async fn add_file(&self, _: &str, _: NewFile) -> Result<DraftFile, ApiError> {
        Err(ApiError::NotFound)
    }

    async fn remove_file(&self, _: &str, _: &str) -> Result<Draft, ApiError> {
        Err(ApiError::NotFound)
    }

    async fn remove(&self, _: &str) -> Result<(), ApiError> {
        Err(ApiError::NotFound)
    }

    async fn preview(&self, _: &str) -> Result<Preview, ApiError> {
        Err(ApiError::NotFound)
    }

    async fn take_apart(&self, _: &str, _: &str, _: FileBody) -> Result<Draft, ApiError> {
        Err(ApiError::NotFound)
    }

    async fn check_script(&self, _: &str, _: &str, _: Action, _: &str) -> Result<Vec<Finding>, ApiError> {
        Err(ApiError::NotFound)
    }
}

#[async_trait]
impl Publications for NoDrafts {
    async fn begin(&self, _: NewPublication) -> Result<(), ApiError> {
        Err(ApiError::NotFound)
    }

    async fn get(&self, _: &str) -> Result<Publication, ApiError> {
        Err(ApiError::NotFound)
    }

    async fn cancel(&self, _: &str) -> Result<(), ApiError> {
        Err(ApiError::NotFound)
    }

    async fn published(&self, _: &str) -> Result<Vec<Publication>, ApiError> {
        Ok(Vec::new())
    }

    async fn list(&self, _: Option<&str>) -> Result<Vec<PublicationSummary>, ApiError> {
        Ok(Vec::new())
    }
}

#[async_trait]
impl Buckets for NoDrafts {
    async fn list(&self) -> Result<Vec<Bucket>, ApiError> {
        Ok(Vec::new())
    }

    async fn check(&self, _: &str, _: &str) -> Result<Option<BucketProblem>, ApiError> {
        Ok(Some(BucketProblem::NotFound))
    }
}

#[async_trait]
impl Checks for NoDrafts {
    async fn place(&self, _: &str, _: &str) -> Result<Place, ApiError> {
        Ok(Place::default())
    }

    async fn begin(&self, _: &str) -> Result<(), ApiError> {
        Err(ApiError::NotFound)
    }

    async fn get(&self, _: &str) -> Result<Option<Check>, ApiError> {
        Ok(None)
    }

    async fn cancel(&self, _: &str) -> Result<(), ApiError> {
        Ok(())
    }
}
