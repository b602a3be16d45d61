//! What a publisher's rule allows of a draft, asked wherever one is changed or published.

use domain::errors::{ApiError, FieldError};
use domain::packages::drafts::{Draft, DraftChange};
use domain::packages::name::new_version_rule;
use domain::packages::preview::{Preview, Problem};

use super::{may_add_version, open};
use crate::server::Caller;

/// Changes a draft for somebody who may work on it, within their rule.
///
/// # Errors
/// `Invalid` at the field of a name or place that they may not publish, or of a version's name that is taken;
/// `NotFound` for somebody else's draft; and as [`crate::ports::Drafts::change`].
pub async fn change(
    caller: &Caller,
    id: &str,
    revision: i64,
    changes: Vec<DraftChange>,
) -> Result<Draft, ApiError> {
    let draft = open(caller, id).await?;
    let rights = caller.rights().await?;
    let mut fields = rights.change_errors(&changes);
    // The name of a package that gets another version is not the draft's to change.
    fields.retain(|error| draft.contents.base.is_none() || error.field != "name");
    fields.extend(version_error(caller, &draft, &changes).await);
    if !fields.is_empty() {
        return Err(ApiError::Invalid { fields });
    }
    caller.ports.drafts.change(id, revision, changes).await
}

/// What speaks against the name of another version. SSM would tell only when every file has been sent; where the
/// versions cannot be had now, it will.
async fn version_error(caller: &Caller, draft: &Draft, changes: &[DraftChange]) -> Option<FieldError> {
    let base = draft.contents.base.as_ref()?;
    let name = changes.iter().find_map(|change| match change {
        DraftChange::Details { version_name, .. } if !version_name.is_empty() => Some(version_name),
        _ => None,
    })?;
    let versions = caller.ports.packages.versions(&base.name).await.ok()?;
    let rule = new_version_rule(name, versions.iter().filter_map(|version| version.name.as_deref()))?;
    Some(FieldError { field: "version_name".to_owned(), rule })
}

/// Whether somebody may look at what lies where a draft points, and publish there. A rule may be younger than the draft.
///
/// # Errors
/// `Invalid` at the field of a place that is not theirs to use.
pub async fn may_use_place(caller: &Caller, draft: &Draft) -> Result<(), ApiError> {
    let (bucket, prefix) = (&draft.contents.bucket, &draft.contents.prefix);
    let error = caller.rights().await?.place_error(bucket, prefix);
    error.map_or(Ok(()), |field| Err(ApiError::Invalid { fields: vec![field] }))
}

/// What a draft comes to, with what the caller's rule has against it.
///
/// # Errors
/// As [`crate::ports::Drafts::preview`].
pub async fn preview(caller: &Caller, draft: &Draft) -> Result<Preview, ApiError> {
    let mut preview = caller.ports.drafts.preview(&draft.id).await?;
    let errors = caller.rights().await?.draft_errors(&draft.contents);
    preview.problems.extend(errors.into_iter().map(|field| Problem::Field { field }));
    Ok(preview)
}

/// Whether somebody may publish a draft as it is: its place and name, and the package where it gets another version.
///
/// # Errors
/// `Invalid` at the field of what they may not publish; `Forbidden` for a version of a package that they may not change;
/// and as [`crate::ports::Packages::get`].
pub async fn may_publish(caller: &Caller, draft: &Draft) -> Result<(), ApiError> {
    let fields = caller.rights().await?.draft_errors(&draft.contents);
    if !fields.is_empty() {
        return Err(ApiError::Invalid { fields });
    }
    match &draft.contents.base {
        Some(base) => may_add_version(caller, &base.name).await.map(drop),
        None => Ok(()),
    }
}
