//! Which nodes a version would cover that is not published yet.

use domain::errors::ApiError;
use domain::json::Json;
use domain::packages::coverage_page::CoveragePage;
use leptos::prelude::*;

/// What every managed node would make of a manifest, a page of them (see [`domain::packages::coverage_page`]).
///
/// # Errors
/// `Conflict` for a manifest that cannot be understood; as [`crate::ports::Nodes::snapshot`], `Unauthenticated`,
/// `Forbidden`.
#[server(endpoint = "packages/drafts/coverage", protocol = Json)]
pub async fn draft_coverage(manifest: String, query: String) -> Result<CoveragePage, ApiError> {
    use crate::server::Caller;
    use domain::packages::coverage_page::{CoverageQuery, coverage_page};
    use domain::packages::manifest::read;
    use domain::permission::Permission;

    let ports = Caller::require(Permission::PublishPackage)?.ports;
    let unreadable = || ApiError::Conflict { reason: "the manifest cannot be understood".to_owned() };
    let manifest = read(&manifest).manifest.ok_or_else(unreadable)?;
    Ok(coverage_page(&manifest, ports.nodes.snapshot().await?.as_ref(), &CoverageQuery::parse(&query)))
}
