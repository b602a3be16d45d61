//! The packages that the account sees: asked of SSM once for all who look, and changed through it.
//!
//! `GetDocument` and `DescribeDocument` cost money for each call on a package of one's own, and all calls share one
//! rate. So a list is kept for a few seconds, and what an active version holds, which never changes, for as long as
//! there is room. Each instance keeps its own; word of a change makes all of them ask again.

mod contents;
mod details;
mod list;

use std::sync::Arc;
use std::time::Duration;

use app::ports::{Clock, FileBody, Packages};
use async_trait::async_trait;
use domain::errors::ApiError;
use domain::packages::catalogue::{Catalogue, Ownership, Package};
use domain::packages::detail::{PackageContent, PackageDetail, PackageVersion, SharedAccount};
use domain::tags::Tag;

use crate::fleet::Fleet;
use contents::Contents;
use details::Details;
use list::ListKeeper;

/// How long a list is good for on AWS.
pub const AWS_KEEP: Duration = Duration::from_secs(10);
/// How long a list is good for on the embedded backend.
pub const EMBEDDED_KEEP: Duration = Duration::from_secs(1);

/// Where packages come from. Names are what SSM calls them: plain, or an ARN.
#[async_trait]
pub trait PackageSource: Send + Sync {
    /// The packages of one kind of owner, without their status.
    ///
    /// # Errors
    /// `Throttled`, `Upstream`, `Unreachable`.
    async fn list(&self, ownership: Ownership) -> Result<Vec<Package>, ApiError>;

    /// The versions of a package, newest first.
    ///
    /// # Errors
    /// `NotFound`, and as [`PackageSource::list`].
    async fn versions(&self, name: &str) -> Result<Vec<PackageVersion>, ApiError>;

    /// A package, without its versions.
    ///
    /// # Errors
    /// As [`PackageSource::versions`].
    async fn describe(&self, name: &str) -> Result<PackageDetail, ApiError>;

    /// What a version holds.
    ///
    /// # Errors
    /// As [`PackageSource::versions`].
    async fn content(&self, name: &str, version: u64) -> Result<PackageContent, ApiError>;

    /// Opens a file of a version.
    ///
    /// # Errors
    /// As [`PackageSource::versions`].
    async fn open(&self, name: &str, version: u64, file: &str) -> Result<FileBody, ApiError>;

    /// Installs a version where nobody asks for another.
    ///
    /// # Errors
    /// As [`PackageSource::versions`].
    async fn set_default_version(&self, name: &str, version: u64) -> Result<(), ApiError>;

    /// Deletes a version, or the package with all of them.
    ///
    /// # Errors
    /// As [`PackageSource::versions`].
    async fn delete(&self, name: &str, version: Option<u64>) -> Result<(), ApiError>;

    /// The accounts that a package is shared with.
    ///
    /// # Errors
    /// As [`PackageSource::versions`].
    async fn shared_with(&self, name: &str) -> Result<Vec<SharedAccount>, ApiError>;

    /// Shares a package with accounts, and no longer with others.
    ///
    /// # Errors
    /// As [`PackageSource::versions`].
    async fn share(&self, name: &str, add: &[String], remove: &[String]) -> Result<(), ApiError>;

    /// Sets and removes tags.
    ///
    /// # Errors
    /// As [`PackageSource::versions`].
    async fn change_tags(&self, name: &str, set: &[Tag], remove: &[String]) -> Result<(), ApiError>;
}

/// The account's packages.
#[derive(Clone)]
pub struct AccountPackages {
    source: Arc<dyn PackageSource>,
    list: Arc<ListKeeper>,
    details: Arc<Details>,
    contents: Arc<Contents>,
    fleet: Arc<Fleet>,
}

impl AccountPackages {
    /// Those of `source`, whose list is good for `keep`.
    #[must_use]
    pub fn new(
        source: Arc<dyn PackageSource>,
        fleet: Arc<Fleet>,
        clock: Arc<dyn Clock>,
        keep: Duration,
    ) -> Self {
        let list = ListKeeper::new(Arc::clone(&source), fleet.states(), Arc::clone(&clock), keep);
        let details = Arc::new(Details::new(clock, keep));
        Self { source, list: Arc::new(list), details, contents: Arc::default(), fleet }
    }

    /// Tells every screen, of every instance, that packages have changed; the next who looks makes SSM tell anew.
    pub async fn changed(&self) {
        self.list.forget().await;
        if let Err(error) = self.fleet.packages_changed().await {
            tracing::warn!(%error, "a change of the packages could not be announced");
        }
    }
}

#[async_trait]
impl Packages for AccountPackages {
    async fn catalogue(&self) -> Result<Arc<Catalogue>, ApiError> {
        self.list.get().await
    }

    async fn get(&self, name: &str) -> Result<PackageDetail, ApiError> {
        let ask = || async {
            let (description, versions) =
                tokio::join!(self.source.describe(name), self.source.versions(name));
            Ok(PackageDetail { versions: versions?, ..description? })
        };
        let word = self.fleet.states().borrow().packages_version;
        self.details.get(name, word, ask).await
    }

    async fn versions(&self, name: &str) -> Result<Vec<PackageVersion>, ApiError> {
        self.source.versions(name).await
    }

    async fn content(&self, name: &str, version: &PackageVersion) -> Result<PackageContent, ApiError> {
        self.contents.get(name, version, || self.source.content(name, version.number)).await
    }

    async fn open(&self, name: &str, version: u64, file: &str) -> Result<FileBody, ApiError> {
        self.source.open(name, version, file).await
    }

    async fn set_default_version(&self, name: &str, version: u64) -> Result<(), ApiError> {
        self.source.set_default_version(name, version).await?;
        self.changed().await;
        Ok(())
    }

    async fn delete(&self, name: &str, version: Option<u64>) -> Result<(), ApiError> {
        self.source.delete(name, version).await?;
        self.changed().await;
        Ok(())
    }

    async fn shared_with(&self, name: &str) -> Result<Vec<SharedAccount>, ApiError> {
        self.source.shared_with(name).await
    }

    async fn share(&self, name: &str, add: &[String], remove: &[String]) -> Result<(), ApiError> {
        let shared = self.source.share(name, add, remove).await;
        // Of several calls, those before one that failed have had their effect.
        self.changed().await;
        shared
    }

    async fn change_tags(&self, name: &str, set: &[Tag], remove: &[String]) -> Result<(), ApiError> {
        let changed = self.source.change_tags(name, set, remove).await;
        self.changed().await;
        changed
    }
}

#[cfg(test)]
mod testing;
