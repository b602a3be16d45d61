//! Zips that lie in S3 already: what lies where a draft points, what a check has found, and the forms about them.

#[cfg(feature = "ssr")]
mod post;

use domain::errors::ApiError;
use domain::json::Json;
use domain::packages::inspection::{Check, Place, Report};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub use post::{post_check, post_manifest};

/// What lies where a draft points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownPlace {
    /// The objects, and the manifest among them.
    pub place: Place,
    /// SHA-256 of those that were looked at and have not changed since, by name.
    pub sums: Vec<(String, String)>,
    /// A manifest to begin with.
    pub start: String,
}

/// A check, and what follows of it for the draft as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownCheck {
    /// The last check, without what it has found.
    pub check: Option<Check>,
    /// Whether it goes on.
    pub under_way: bool,
    /// What is to be said of the manifest and the zips as they are now, or why that cannot be told; nothing while a check
    /// is under way.
    pub report: Option<Result<Report, ApiError>>,
}

/// What lies where a draft points; nothing while it points nowhere.
///
/// # Errors
/// As [`crate::ports::Checks::place`], `NotFound`, `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/checks/place", protocol = Json)]
pub async fn get_place(id: String) -> Result<Option<ShownPlace>, ApiError> {
    use crate::packages::drafts::open;
    use crate::server::Caller;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::PublishPackage)?;
    let draft = open(&caller, &id).await?;
    on_server::shown_place(&caller, &draft).await
}

/// The last check of a draft, and what follows of it now.
///
/// # Errors
/// `NotFound`; `Internal` when the database fails; `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/checks/get", protocol = Json)]
pub async fn get_check(id: String) -> Result<ShownCheck, ApiError> {
    use crate::packages::drafts::open;
    use crate::server::Caller;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::PublishPackage)?;
    let draft = open(&caller, &id).await?;
    on_server::shown_check(&caller, &draft).await
}

#[cfg(feature = "ssr")]
mod on_server {
    use domain::errors::ApiError;
    use domain::packages::drafts::Draft;
    use domain::packages::inspection::{Inspection, Place, judge, present, start_manifest};
    use domain::packages::manifest::read;
    use domain::packages::name::auto_version;

    use super::{ShownCheck, ShownPlace};
    use crate::packages::drafts::may_use_place;
    use crate::server::Caller;

    /// What lies where a draft points.
    ///
    /// # Errors
    /// As [`crate::ports::Checks::place`].
    pub async fn place(caller: &Caller, draft: &Draft) -> Result<Option<Place>, ApiError> {
        let contents = &draft.contents;
        if contents.bucket.is_empty() {
            return Ok(None);
        }
        may_use_place(caller, draft).await?;
        caller.ports.checks.place(&contents.bucket, &contents.prefix).await.map(Some)
    }

    /// What the last check has found where the draft points now.
    ///
    /// # Errors
    /// `Internal` when the database fails.
    pub async fn inspection(caller: &Caller, draft: &Draft) -> Result<Option<Inspection>, ApiError> {
        let found = caller.ports.checks.get(&draft.id).await?.and_then(|check| check.inspection);
        let (bucket, prefix) = (&draft.contents.bucket, &draft.contents.prefix);
        Ok(found.filter(|found| found.bucket == *bucket && found.prefix == *prefix))
    }

    /// A manifest of what lies there.
    pub fn start(draft: &Draft, place: &Place) -> String {
        let contents = &draft.contents;
        let version = match contents.version_name.as_str() {
            "" => auto_version(draft.created),
            given => given.to_owned(),
        };
        let publisher = Some(contents.publisher.as_str()).filter(|publisher| !publisher.is_empty());
        start_manifest(&version, publisher, place)
    }

    pub(super) async fn shown_place(caller: &Caller, draft: &Draft) -> Result<Option<ShownPlace>, ApiError> {
        let Some(place) = place(caller, draft).await? else { return Ok(None) };
        let found = inspection(caller, draft).await?;
        let sums = present(found.as_ref(), Some(&place)).into_iter();
        let sums = sums.filter_map(|(name, file)| Some((name, file.sha256?))).collect();
        let start = start(draft, &place);
        Ok(Some(ShownPlace { place, sums, start }))
    }

    pub(super) async fn shown_check(caller: &Caller, draft: &Draft) -> Result<ShownCheck, ApiError> {
        let mut check = caller.ports.checks.get(&draft.id).await?;
        let found = check.as_mut().and_then(|check| check.inspection.take());
        let (bucket, prefix) = (&draft.contents.bucket, &draft.contents.prefix);
        let found = found.filter(|found| found.bucket == *bucket && found.prefix == *prefix);
        let now = caller.ports.clock.now();
        let under_way = check.as_ref().is_some_and(|check| check.is_under_way(now));
        let report = match &draft.contents.manifest {
            Some(text) if !under_way && !text.trim().is_empty() => {
                let judged = |place: Option<Place>| {
                    judge(&read(text), &draft.contents.version_name, found.as_ref(), place.as_ref())
                };
                Some(place(caller, draft).await.map(judged))
            }
            _ => None,
        };
        Ok(ShownCheck { check, under_way, report })
    }
}
