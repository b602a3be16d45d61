//! Packages that there are.

use std::sync::Arc;

use async_trait::async_trait;
use axum::body::Body;
use domain::errors::ApiError;
use domain::packages::catalogue::Catalogue;
use domain::packages::detail::{PackageContent, PackageDetail, PackageVersion, SharedAccount};
use domain::tags::Tag;

/// The packages that the account sees. Names are what SSM calls them: plain, or the ARN of what another account shares.
/// Whether a person may change one, the caller checks.
#[async_trait]
pub trait Packages: Send + Sync {
    /// Every package, some seconds old at most: those who look share what SSM has told.
    ///
    /// # Errors
    /// `Throttled`, `Upstream`, `Unreachable`, where there is no older list.
    async fn catalogue(&self) -> Result<Arc<Catalogue>, ApiError>;

    /// A package with its versions.
    ///
    /// # Errors
    /// `NotFound`; `Throttled`, `Upstream`, `Unreachable`.
    async fn get(&self, name: &str) -> Result<PackageDetail, ApiError>;

    /// The versions of a package, newest first. Unlike [`Packages::get`] this costs nothing.
    ///
    /// # Errors
    /// As [`Packages::get`].
    async fn versions(&self, name: &str) -> Result<Vec<PackageVersion>, ApiError>;

    /// What a version of a package holds.
    ///
    /// # Errors
    /// As [`Packages::get`].
    async fn content(&self, name: &str, version: &PackageVersion) -> Result<PackageContent, ApiError>;

    /// Opens a file of a version.
    ///
    /// # Errors
    /// As [`Packages::get`].
    async fn open(&self, name: &str, version: u64, file: &str) -> Result<FileBody, ApiError>;

    /// Lets a version be installed where nobody asks for another.
    ///
    /// # Errors
    /// As [`Packages::get`].
    async fn set_default_version(&self, name: &str, version: u64) -> Result<(), ApiError>;

    /// Deletes a version, or the package with all of them.
    ///
    /// # Errors
    /// As [`Packages::get`].
    async fn delete(&self, name: &str, version: Option<u64>) -> Result<(), ApiError>;

    /// The accounts that a package is shared with, by id.
    ///
    /// # Errors
    /// As [`Packages::get`].
    async fn shared_with(&self, name: &str) -> Result<Vec<SharedAccount>, ApiError>;

    /// Shares a package with accounts, and no longer with others. Where one of several calls fails, those before it have
    /// had their effect.
    ///
    /// # Errors
    /// As [`Packages::get`].
    async fn share(&self, name: &str, add: &[String], remove: &[String]) -> Result<(), ApiError>;

    /// Removes tags by their keys, and sets others.
    ///
    /// # Errors
    /// As [`Packages::get`].
    async fn change_tags(&self, name: &str, set: &[Tag], remove: &[String]) -> Result<(), ApiError>;
}

/// A file on its way.
#[derive(Debug)]
pub struct FileBody {
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// The bytes themselves.
    pub body: Body,
}
