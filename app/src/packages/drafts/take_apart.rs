//! Taking a carried file's scripts out of its zip.

use domain::errors::ApiError;
use domain::packages::drafts::{Draft, FileState};

use super::open;
use crate::server::Caller;

/// Makes a carried file one whose scripts can be edited. A file that is no carried one stays as it is.
///
/// # Errors
/// `NotFound`; as [`crate::ports::Packages::open`] and [`crate::ports::Drafts::take_apart`].
pub async fn take_apart(caller: &Caller, id: &str, file: &str) -> Result<Draft, ApiError> {
    let draft = open(caller, id).await?;
    let found = draft.file(file).ok_or(ApiError::NotFound)?;
    let (FileState::Carried { zip }, Some(base)) = (&found.state, &draft.contents.base) else {
        return Ok(draft);
    };
    let version = base.document_version.parse().map_err(|_| ApiError::NotFound)?;
    let zip = caller.ports.packages.open(&base.name, version, &zip.name).await?;
    caller.ports.drafts.take_apart(id, file, zip).await
}
