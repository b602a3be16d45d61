//! Packages in memory, for tests: one of the account's own with two versions, and one of Amazon's.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::body::Body;
use domain::errors::ApiError;
use domain::packages::catalogue::{Catalogue, ListedVersion, Ownership, Package, PackageStatus};
use domain::packages::detail::{PackageContent, PackageDetail, PackageVersion, SharedAccount};
use domain::tags::Tag;

use crate::ports::{FileBody, Packages};

pub const OWN: &str = "Kinesis-Agent";
pub const AMAZONS: &str = "AmazonCloudWatchAgent";

/// What was changed, in words.
#[derive(Debug, Default)]
pub struct FakePackages {
    changes: Mutex<Vec<String>>,
    failure: Mutex<Option<ApiError>>,
}

impl FakePackages {
    /// What was changed so far.
    pub fn changes(&self) -> Vec<String> {
        self.changes.lock().unwrap().clone()
    }

    /// The next change fails.
    pub fn fail_next(&self, error: ApiError) {
        *self.failure.lock().unwrap() = Some(error);
    }

    fn note(&self, change: String) -> Result<(), ApiError> {
        if let Some(error) = self.failure.lock().unwrap().take() {
            return Err(error);
        }
        self.changes.lock().unwrap().push(change);
        Ok(())
    }
}

fn version(number: u64) -> PackageVersion {
    PackageVersion {
        number,
        name: Some(format!("{number}.0")),
        created: None,
        is_default: number == 1,
        status: Some(PackageStatus::Active),
        status_information: None,
    }
}

#[async_trait]
impl Packages for FakePackages {
    async fn catalogue(&self) -> Result<Arc<Catalogue>, ApiError> {
        let package = |name: &str, ownership| Package {
            name: name.to_owned(),
            ownership,
            owner: None,
            platforms: vec!["Linux".to_owned()],
            default_version: Some(ListedVersion {
                number: 1,
                name: None,
                status: Some(PackageStatus::Active),
            }),
            newest_version: None,
            created: None,
            tags: Vec::new(),
        };
        let packages = vec![package(AMAZONS, Ownership::Amazon), package(OWN, Ownership::Own)];
        Ok(Arc::new(Catalogue { packages, ..Catalogue::default() }))
    }

    async fn get(&self, name: &str) -> Result<PackageDetail, ApiError> {
        let ownership = match name {
            OWN => Ownership::Own,
            AMAZONS => Ownership::Amazon,
            _ => return Err(ApiError::NotFound),
        };
        Ok(PackageDetail {
            name: name.to_owned(),
            arn: format!("arn:aws:ssm:ap-northeast-1:123456789012:document/{name}"),
            ownership,
            owner: None,
            platforms: vec!["Linux".to_owned()],
            created: None,
            tags: vec![Tag { key: "team".to_owned(), value: "web".to_owned() }],
            versions: vec![version(2), version(1)],
        })
    }

    async fn versions(&self, name: &str) -> Result<Vec<PackageVersion>, ApiError> {
        Ok(self.get(name).await?.versions)
    }

    async fn content(&self, _: &str, version: &PackageVersion) -> Result<PackageContent, ApiError> {
        Ok(PackageContent { version: version.number, manifest: "{}".to_owned(), files: Vec::new() })
    }

    async fn open(&self, _: &str, _: u64, file: &str) -> Result<FileBody, ApiError> {
        Ok(FileBody { name: file.to_owned(), size: 3, body: Body::from("zip") })
    }

    async fn set_default_version(&self, name: &str, version: u64) -> Result<(), ApiError> {
        self.note(format!("default of {name}: {version}"))
    }

    async fn delete(&self, name: &str, version: Option<u64>) -> Result<(), ApiError> {
        self.note(format!("delete {name} {version:?}"))
    }

    async fn shared_with(&self, _: &str) -> Result<Vec<SharedAccount>, ApiError> {
        Ok(vec![SharedAccount { id: "210987654321".to_owned(), version: None }])
    }

    async fn share(&self, name: &str, add: &[String], remove: &[String]) -> Result<(), ApiError> {
        self.note(format!("share {name}: +{} -{}", add.join(","), remove.join(",")))
    }

    async fn change_tags(&self, name: &str, set: &[Tag], remove: &[String]) -> Result<(), ApiError> {
        let set: Vec<_> = set.iter().map(|tag| format!("{}={}", tag.key, tag.value)).collect();
        self.note(format!("tags of {name}: +{} -{}", set.join(","), remove.join(",")))
    }
}
