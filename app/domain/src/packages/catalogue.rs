//! The packages that an account sees, as SSM lists them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::address::short_name;
use super::query::{PackageQuery, PackageSort, SortBy};
use crate::errors::ApiError;
use crate::tags::Tag;

/// How an account comes to see a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ownership {
    /// AWS publishes it.
    Amazon,
    /// The account's own.
    #[serde(rename = "self")]
    Own,
    /// Another account shares it with this one.
    Shared,
    /// A vendor publishes it with AWS.
    ThirdParty,
}

impl Ownership {
    /// Every kind, in the order of Distributor's tabs.
    pub const ALL: [Self; 4] = [Self::Amazon, Self::Own, Self::Shared, Self::ThirdParty];

    /// Its name in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Amazon => "amazon",
            Self::Own => "self",
            Self::Shared => "shared",
            Self::ThirdParty => "third-party",
        }
    }

    /// The kind with this name in addresses.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ownership| ownership.name() == name)
    }

    /// The value of SSM's `Owner` filter (SSM API: `ListDocuments`).
    #[must_use]
    pub const fn filter(self) -> &'static str {
        match self {
            Self::Amazon => "Amazon",
            Self::Own => "Self",
            Self::Shared => "Private",
            Self::ThirdParty => "ThirdParty",
        }
    }

    /// Whose a package is by the `Owner` that SSM tells: an account's twelve digits, or a name.
    #[must_use]
    pub fn of(owner: Option<&str>, account: &str) -> Self {
        let is_account = |owner: &str| owner.len() == 12 && owner.bytes().all(|b| b.is_ascii_digit());
        match owner {
            Some("Amazon") => Self::Amazon,
            Some(owner) if owner == account => Self::Own,
            Some(owner) if is_account(owner) => Self::Shared,
            _ => Self::ThirdParty,
        }
    }
}

/// What has become of a version of a package (SSM API: `DocumentStatus`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PackageStatus {
    /// SSM fetches and checks the files.
    Creating,
    /// It can be installed.
    Active,
    /// It is being changed.
    Updating,
    /// It is being deleted.
    Deleting,
    /// SSM could not make it; `StatusInformation` tells why.
    Failed,
}

impl PackageStatus {
    /// Every status.
    pub const ALL: [Self; 5] = [Self::Creating, Self::Active, Self::Updating, Self::Deleting, Self::Failed];

    /// AWS's name for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Creating => "Creating",
            Self::Active => "Active",
            Self::Updating => "Updating",
            Self::Deleting => "Deleting",
            Self::Failed => "Failed",
        }
    }

    /// The status with AWS's name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// Whether it stays as it is unless somebody acts.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Active | Self::Failed)
    }
}

/// A version as the list tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedVersion {
    /// Counts from 1.
    pub number: u64,
    /// The name that was given to it.
    pub name: Option<String>,
    /// What has become of it.
    pub status: Option<PackageStatus>,
}

/// A package as `ListDocuments` identifies it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// What SSM calls it: a name, or the ARN of what another account shares.
    pub name: String,
    /// How the account comes to see it.
    pub ownership: Ownership,
    /// The owner's account id or name.
    pub owner: Option<String>,
    /// `Linux`, `Windows`: the platform types of its default version.
    pub platforms: Vec<String>,
    /// The version that is installed where nobody asks for another.
    pub default_version: Option<ListedVersion>,
    /// The newest version, where it is another than the default.
    pub newest_version: Option<ListedVersion>,
    /// When its default version was created.
    #[serde(with = "time::serde::timestamp::option")]
    pub created: Option<OffsetDateTime>,
    /// Its tags; only the account's own packages show any.
    pub tags: Vec<Tag>,
}

impl Package {
    /// The default version's status, where it is known.
    #[must_use]
    pub fn status(&self) -> Option<PackageStatus> {
        self.default_version.as_ref().and_then(|version| version.status)
    }

    /// The default version's name, or its number where it has none.
    #[must_use]
    pub fn version(&self) -> Option<String> {
        let version = self.default_version.as_ref()?;
        Some(version.name.clone().unwrap_or_else(|| version.number.to_string()))
    }
}

/// Every package, as SSM last told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// By name.
    pub packages: Vec<Package>,
    /// When SSM told; `None` before the first answer.
    pub fetched_at: Option<OffsetDateTime>,
    /// Why the last try failed, when it did: the packages are then older than they should be.
    pub failure: Option<ApiError>,
}

/// One page of the packages that a query asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackagePage {
    /// The page's packages, in order.
    pub packages: Vec<Package>,
    /// Packages that fit.
    pub matched: usize,
    /// Packages of the tab at all.
    pub total: usize,
    /// This page, from 1.
    pub number: usize,
    /// Pages, at least 1.
    pub pages: usize,
    /// Platform types that the tab's packages have.
    pub platforms: Vec<String>,
    /// Tags that the tab's packages have.
    pub tags: Vec<Tag>,
    /// When SSM told.
    #[serde(with = "time::serde::timestamp::option")]
    pub fetched_at: Option<OffsetDateTime>,
    /// Why the last try failed, when it did.
    pub failure: Option<ApiError>,
}

impl Catalogue {
    /// The page that a query asks for.
    #[must_use]
    pub fn page(&self, query: &PackageQuery) -> PackagePage {
        let of_tab = |package: &&Package| query.owner.is_none_or(|owner| package.ownership == owner);
        let tab: Vec<&Package> = self.packages.iter().filter(of_tab).collect();
        let mut found: Vec<&Package> = tab.iter().copied().filter(|package| query.fits(package)).collect();
        if let Some(sort) = query.sort {
            sort_by(&mut found, sort);
        }
        let size = query.page_size();
        let pages = found.len().div_ceil(size).max(1);
        let number = query.page.clamp(1, pages);
        PackagePage {
            packages: found.iter().skip((number - 1) * size).take(size).copied().cloned().collect(),
            matched: found.len(),
            total: tab.len(),
            number,
            pages,
            platforms: distinct(tab.iter().flat_map(|package| package.platforms.iter().cloned())),
            tags: distinct(tab.iter().flat_map(|package| package.tags.iter().cloned())),
            fetched_at: self.fetched_at,
            failure: self.failure.clone(),
        }
    }
}

fn sort_by(packages: &mut [&Package], sort: PackageSort) {
    packages.sort_by(|a, b| {
        let order = match sort.by {
            SortBy::Name => lower(short_name(&a.name)).cmp(&lower(short_name(&b.name))),
            SortBy::Owner => a.owner.cmp(&b.owner),
            SortBy::Version => a.version().cmp(&b.version()),
            SortBy::Created => a.created.cmp(&b.created),
            SortBy::Status => a.status().cmp(&b.status()),
        };
        if sort.descending { order.reverse() } else { order }
    });
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

fn distinct<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    values.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests;
