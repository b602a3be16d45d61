//! Changing a package that there is.

use domain::errors::{ApiError, Rule};
use domain::packages::access::{ChangeDenied, Claim, change_denied};
use domain::packages::change::{PackageChange, TagChanges};
use domain::packages::detail::PackageDetail;

use crate::server::Caller;

/// Why somebody may not change a package; `None` where they may. Every write asks here, or [`may_change_package`].
///
/// # Errors
/// As [`crate::ports::Publishers::owner`].
pub async fn why_denied(caller: &Caller, package: &PackageDetail) -> Result<Option<ChangeDenied>, ApiError> {
    let owner = caller.ports.publishers.owner(&package.name).await?;
    let (name, username) = (package.name.as_str(), caller.person.username.as_str());
    let rights = caller.rights().await?;
    let claim = Claim { name, username, rights: &rights, owner: owner.as_deref() };
    Ok(change_denied(caller.person.role, package.ownership, claim))
}

/// Whether somebody may change a package.
///
/// # Errors
/// `Forbidden` where they may not; and as [`why_denied`].
pub async fn may_change_package(caller: &Caller, package: &PackageDetail) -> Result<(), ApiError> {
    why_denied(caller, package).await?.map_or(Ok(()), |_| Err(ApiError::Forbidden))
}

/// Changes a package for somebody who may.
///
/// # Errors
/// `Invalid` with every broken rule at its field; `Forbidden`; `NotFound`; and as [`crate::ports::Packages`].
pub async fn change(caller: &Caller, name: &str, change: &PackageChange) -> Result<(), ApiError> {
    let packages = &caller.ports.packages;
    let package = packages.get(name).await?;
    may_change_package(caller, &package).await?;
    let username = &caller.person.username;
    tracing::info!(username, package = name, change = change.kind().name(), "a package is being changed");
    match change {
        PackageChange::Tags { rows } => {
            let wanted = domain::tags::validate(rows).map_err(|fields| ApiError::Invalid { fields })?;
            let TagChanges { set, remove } = TagChanges::between(&package.tags, &wanted);
            packages.change_tags(name, &set, &remove).await
        }
        PackageChange::Share(form) => {
            let changes = form.validate(package.owner.as_deref().unwrap_or_default())?;
            packages.share(name, &changes.add, &changes.remove).await
        }
        PackageChange::DefaultVersion { version } => packages.set_default_version(name, *version).await,
        PackageChange::DeleteVersion { version } => packages.delete(name, Some(*version)).await,
        PackageChange::Delete { confirmation } => {
            if confirmation.trim() != name {
                let rule = Rule::Exactly { text: name.to_owned() };
                return Err(ApiError::field("confirmation", rule));
            }
            packages.delete(name, None).await?;
            // Another of the same name is another package.
            caller.ports.publishers.set_owner(name, None).await
        }
    }
}
