//! Server functions of the packages, and the forms that are posted to change one.

pub mod buckets;
#[cfg(feature = "ssr")]
mod change;
pub mod checks;
pub mod draft_coverage;
pub mod drafts;
#[cfg(test)]
#[cfg(feature = "ssr")]
pub(crate) mod fakes;
pub mod names;
#[cfg(feature = "ssr")]
mod post;
pub mod publications;
pub mod record;

use domain::errors::ApiError;
use domain::json::Json;
use domain::packages::access::ChangeDenied;
use domain::packages::catalogue::PackagePage;
use domain::packages::change::PackageChange;
use domain::packages::coverage_page::CoveragePage;
#[cfg(feature = "ssr")]
use domain::packages::detail::PackageContent;
use domain::packages::detail::{PackageDetail, PackageFile, PackageVersion, SharedAccount};
use domain::packages::manifest::Row;
use domain::packages::manifest::diff::RowChange;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub use change::{change, may_change_package, why_denied};
#[cfg(feature = "ssr")]
pub use post::post_change;

/// A package, and whether who looks at it may change it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownPackage {
    /// The package with its versions.
    pub package: PackageDetail,
    /// Why it cannot be changed, where it cannot.
    pub denied: Option<ChangeDenied>,
}

/// One version of a package with what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownVersion {
    /// The version.
    pub version: PackageVersion,
    /// What it holds, or why that is not known.
    pub content: Result<ShownContent, ApiError>,
}

/// What a version holds, its manifest read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownContent {
    /// The manifest as it was written.
    pub manifest: String,
    /// Who publishes it, by the manifest.
    pub publisher: Option<String>,
    /// Which file is for which nodes; `None` where the manifest cannot be understood.
    pub rows: Option<Vec<Row>>,
    /// The files that SSM has.
    pub files: Vec<PackageFile>,
}

#[cfg(feature = "ssr")]
impl From<PackageContent> for ShownContent {
    /// The manifest is read on the server: a browser need not know how.
    fn from(content: PackageContent) -> Self {
        let manifest = domain::packages::manifest::read(&content.manifest).manifest;
        Self {
            publisher: manifest.as_ref().and_then(|manifest| manifest.publisher.clone()),
            rows: manifest.map(|manifest| manifest.rows()),
            manifest: content.manifest,
            files: content.files,
        }
    }
}

/// Two versions held against each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The lines of the table that differ; `None` where a manifest cannot be understood.
    pub rows: Option<Vec<RowChange>>,
    /// Both manifests, line by line.
    pub lines: Vec<DiffLine>,
}

/// A line of one text or of both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiffLine {
    /// Its number in the earlier text, from 1, where it is there.
    pub before: Option<usize>,
    /// Its number in the later text, from 1, where it is there.
    pub after: Option<usize>,
    /// The line without its line feed.
    pub text: String,
}

#[cfg(feature = "ssr")]
impl Comparison {
    /// Of two manifests.
    fn of(before: &str, after: &str) -> Self {
        use domain::packages::line_diff::line_diff;
        use domain::packages::manifest::{diff::diff, read};

        let rows = read(before).manifest.zip(read(after).manifest);
        let line = |line: domain::packages::line_diff::Line<'_>| DiffLine {
            before: line.before,
            after: line.after,
            text: line.text.trim_end_matches(['\r', '\n']).to_owned(),
        };
        Self {
            rows: rows.map(|(before, after)| diff(&before, &after)),
            lines: line_diff(before, after).into_iter().map(line).collect(),
        }
    }
}

/// A change that was sent and not made, with all that was typed; the server provides it to the page as context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRefused {
    /// As it was sent.
    pub change: PackageChange,
    /// Why not.
    pub error: ApiError,
}

/// The fields of a form that came when nobody was signed in any more, as they were sent; the server provides them to
/// the page as context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedOut(pub Vec<(String, String)>);

/// The page of packages that a query asks for, such as `?owner=amazon&q=agent` (see [`domain::packages::query`]).
///
/// # Errors
/// As [`crate::ports::Packages::catalogue`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/list", protocol = Json)]
pub async fn list_packages(query: String) -> Result<PackagePage, ApiError> {
    use crate::server::Caller;
    use domain::packages::query::PackageQuery;
    use domain::permission::Permission;

    let catalogue = Caller::require(Permission::Read)?.ports.packages.catalogue().await?;
    Ok(catalogue.page(&PackageQuery::parse(&query)))
}

/// One package. `segment` is its place in an address (see [`domain::packages::address`]).
///
/// # Errors
/// `NotFound`, and as [`crate::ports::Packages::get`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/get", protocol = Json)]
pub async fn get_package(segment: String) -> Result<ShownPackage, ApiError> {
    use crate::server::Caller;
    use domain::packages::address::name_of;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::Read)?;
    let name = name_of(&segment).ok_or(ApiError::NotFound)?;
    let package = caller.ports.packages.get(&name).await?;
    let denied = why_denied(&caller, &package).await?;
    Ok(ShownPackage { package, denied })
}

/// A version of a package, the default one unless another is named by its number, with what it holds.
///
/// # Errors
/// `NotFound`, and as [`get_package`]. A version whose content cannot be had says so itself.
#[server(endpoint = "packages/version", protocol = Json)]
pub async fn get_version(segment: String, version: Option<u64>) -> Result<ShownVersion, ApiError> {
    use crate::server::Caller;
    use domain::packages::address::name_of;
    use domain::permission::Permission;

    let packages = Caller::require(Permission::Read)?.ports.packages;
    let name = name_of(&segment).ok_or(ApiError::NotFound)?;
    let mut versions = packages.versions(&name).await?.into_iter();
    let chosen = versions.find(|known| version.map_or(known.is_default, |number| known.number == number));
    let version = chosen.ok_or(ApiError::NotFound)?;
    Ok(ShownVersion { content: packages.content(&name, &version).await.map(ShownContent::from), version })
}

/// What changed from one version of a package to another.
///
/// # Errors
/// As [`get_version`], and what stands in the way of reading either.
#[server(endpoint = "packages/compare", protocol = Json)]
pub async fn compare_versions(segment: String, from: u64, to: u64) -> Result<Comparison, ApiError> {
    use crate::server::Caller;
    use domain::packages::address::name_of;
    use domain::permission::Permission;

    let packages = Caller::require(Permission::Read)?.ports.packages;
    let name = name_of(&segment).ok_or(ApiError::NotFound)?;
    let versions = packages.versions(&name).await?;
    let version = |number| versions.iter().find(|known| known.number == number).ok_or(ApiError::NotFound);
    let (before, after) = (packages.content(&name, version(from)?), packages.content(&name, version(to)?));
    let (before, after) = tokio::try_join!(before, after)?;
    Ok(Comparison::of(&before.manifest, &after.manifest))
}

/// What a version of a package comes to on the managed nodes; the query names the version, filters and page (see
/// [`domain::packages::coverage_page`]).
///
/// # Errors
/// As [`get_version`]; `Conflict` for a version whose manifest cannot be understood; and as
/// [`crate::ports::Nodes::snapshot`].
#[server(endpoint = "packages/coverage", protocol = Json)]
pub async fn get_coverage(segment: String, query: String) -> Result<CoveragePage, ApiError> {
    use crate::server::Caller;
    use domain::packages::address::name_of;
    use domain::packages::coverage_page::{CoverageQuery, coverage_page};
    use domain::packages::manifest::read;
    use domain::permission::Permission;

    let ports = Caller::require(Permission::Read)?.ports;
    let name = name_of(&segment).ok_or(ApiError::NotFound)?;
    let query = CoverageQuery::parse(&query);
    let mut versions = ports.packages.versions(&name).await?.into_iter();
    let chosen =
        |known: &PackageVersion| query.version.map_or(known.is_default, |number| known.number == number);
    let version = versions.find(chosen).ok_or(ApiError::NotFound)?;
    let content = ports.packages.content(&name, &version).await?;
    let unreadable = || ApiError::Conflict { reason: "the manifest cannot be understood".to_owned() };
    let manifest = read(&content.manifest).manifest.ok_or_else(unreadable)?;
    Ok(coverage_page(&manifest, ports.nodes.snapshot().await?.as_ref(), &query))
}

/// The accounts that a package is shared with.
///
/// # Errors
/// `NotFound`, and as [`crate::ports::Packages::shared_with`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/sharing", protocol = Json)]
pub async fn get_sharing(segment: String) -> Result<Vec<SharedAccount>, ApiError> {
    use crate::server::Caller;
    use domain::packages::address::name_of;
    use domain::permission::Permission;

    let packages = Caller::require(Permission::Read)?.ports.packages;
    packages.shared_with(&name_of(&segment).ok_or(ApiError::NotFound)?).await
}
