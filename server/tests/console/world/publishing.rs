//! Publications and buckets in memory.

use app::ports::{Buckets, NewPublication, Publications};
use async_trait::async_trait;
use domain::errors::ApiError;
use domain::packages::buckets::{Bucket, BucketProblem};
use domain::packages::publications::{Failure, Plan, Publication, PublicationSummary, Stage};

use super::{NOW, World};

/// The publication that is under way from the beginning; the publisher's.
pub const PUBLICATION: &str = "7b1de3a5-8f0c-4d54-a0a8-0c5f0f6a9d10";

/// A publication under way.
pub fn publication(id: &str, username: &str, draft: &str) -> Publication {
    let plan = Plan {
        name: "Kinesis-Agent".to_owned(),
        version_name: None,
        new_version: false,
        bucket: "packages".to_owned(),
        prefix: String::new(),
        manifest: "{}".to_owned(),
        files: Vec::new(),
    };
    Publication {
        id: id.to_owned(),
        draft: draft.to_owned(),
        username: username.to_owned(),
        token: None,
        plan,
        stage: Stage::Uploading,
        sent: Vec::new(),
        begun: NOW,
        alive: NOW,
        ended: None,
    }
}

impl World {
    /// A publication comes to nothing.
    pub fn fail_publication(&self, id: &str) {
        let mut publications = self.publications.lock().unwrap();
        let publication = publications.iter_mut().find(|publication| publication.id == id).unwrap();
        publication.stage = Stage::Failed { failure: Failure::TimedOut, left: Vec::new() };
    }
}

#[async_trait]
impl Publications for World {
    async fn begin(&self, new: NewPublication) -> Result<(), ApiError> {
        self.publications.lock().unwrap().push(publication(&new.id, &new.username, &new.draft));
        Ok(())
    }

    async fn get(&self, id: &str) -> Result<Publication, ApiError> {
        let publications = self.publications.lock().unwrap();
        publications.iter().find(|publication| publication.id == id).cloned().ok_or(ApiError::NotFound)
    }

    async fn cancel(&self, id: &str) -> Result<(), ApiError> {
        self.publications.lock().unwrap().retain(|publication| publication.id != id);
        Ok(())
    }

    async fn published(&self, _: &str) -> Result<Vec<Publication>, ApiError> {
        Ok(Vec::new())
    }

    async fn list(&self, _: Option<&str>) -> Result<Vec<PublicationSummary>, ApiError> {
        Ok(Vec::new())
    }
}

#[async_trait]
impl Buckets for World {
    async fn list(&self) -> Result<Vec<Bucket>, ApiError> {
        Ok(vec![Bucket { name: "packages".to_owned(), region: None }])
    }

    async fn check(&self, _: &str, _: &str) -> Result<Option<BucketProblem>, ApiError> {
        Ok(None)
    }
}
