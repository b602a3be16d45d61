//! Whether a package's name is free.

use domain::errors::ApiError;
use domain::json::Json;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A package of the account's own that has the name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameClash {
    /// The name.
    pub name: String,
    /// Its newest version's number.
    pub newest: u64,
}

/// The package of the account's own that has this name; none where it is free.
///
/// # Errors
/// As [`crate::ports::Packages::catalogue`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/names/check", protocol = Json)]
pub async fn check_package_name(name: String) -> Result<Option<NameClash>, ApiError> {
    use crate::server::Caller;
    use domain::packages::catalogue::Ownership;
    use domain::permission::Permission;

    let catalogue = Caller::require(Permission::PublishPackage)?.ports.packages.catalogue().await?;
    let mut own = catalogue.packages.iter().filter(|package| package.ownership == Ownership::Own);
    let clash = own.find(|package| package.name == name).map(|package| {
        let versions = [&package.newest_version, &package.default_version];
        let newest = versions.into_iter().flatten().map(|version| version.number).max().unwrap_or_default();
        NameClash { name, newest }
    });
    Ok(clash)
}
