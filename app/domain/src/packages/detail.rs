//! One package with its versions, and what a version holds.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::catalogue::{Ownership, PackageStatus};
use crate::tags::Tag;

/// A package as `DescribeDocument` and `ListDocumentVersions` describe it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageDetail {
    /// What SSM calls it: a name, or the ARN of what another account shares.
    pub name: String,
    /// The ARN under which another account finds it.
    pub arn: String,
    /// How the account comes to see it.
    pub ownership: Ownership,
    /// The owner's account id or name.
    pub owner: Option<String>,
    /// `Linux`, `Windows`: the platform types of its default version.
    pub platforms: Vec<String>,
    /// When its default version was created.
    #[serde(with = "time::serde::timestamp::option")]
    pub created: Option<OffsetDateTime>,
    /// Its tags; only the account's own packages show any.
    pub tags: Vec<Tag>,
    /// Newest first.
    pub versions: Vec<PackageVersion>,
}

impl PackageDetail {
    /// The version that is installed where nobody asks for another.
    #[must_use]
    pub fn default_version(&self) -> Option<&PackageVersion> {
        self.versions.iter().find(|version| version.is_default)
    }

    /// The version of this number.
    #[must_use]
    pub fn version(&self, number: u64) -> Option<&PackageVersion> {
        self.versions.iter().find(|version| version.number == number)
    }
}

/// A version as `ListDocumentVersions` tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageVersion {
    /// Counts from 1; a deleted version's number is not given again.
    pub number: u64,
    /// The name that was given to it; without one it can be installed only while it is the default.
    pub name: Option<String>,
    /// When it was added.
    #[serde(with = "time::serde::timestamp::option")]
    pub created: Option<OffsetDateTime>,
    /// Whether it is installed where nobody asks for another.
    pub is_default: bool,
    /// What has become of it.
    pub status: Option<PackageStatus>,
    /// SSM's own words on that, as when it failed.
    pub status_information: Option<String>,
}

impl PackageVersion {
    /// Its name, or its number where it has none.
    #[must_use]
    pub fn label(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.number.to_string())
    }
}

/// What a version holds, as `GetDocument` tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageContent {
    /// The version's number.
    pub version: u64,
    /// The manifest as it was written.
    pub manifest: String,
    /// The files that SSM has; none before the version is active.
    pub files: Vec<PackageFile>,
}

/// A file of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageFile {
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Its SHA-256 as hexadecimal digits.
    pub sha256: String,
}

/// An account that a package is shared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedAccount {
    /// Twelve digits, or `all` for everybody.
    pub id: String,
    /// The version that it sees: a number, `$DEFAULT`, `$LATEST` or `$ALL`.
    pub version: Option<String>,
}
