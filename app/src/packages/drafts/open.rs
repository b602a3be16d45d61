//! Whose draft it is.

use domain::errors::ApiError;
use domain::packages::drafts::Draft;
use domain::registration::is_uuid;

use crate::server::Caller;

/// A draft, if the caller may work on it: their own, and for admins everybody's; by a token, only what it may publish.
///
/// # Errors
/// `NotFound`, also for somebody else's; `Internal` when the database fails.
pub async fn open(caller: &Caller, id: &str) -> Result<Draft, ApiError> {
    if !is_uuid(id) {
        return Err(ApiError::NotFound);
    }
    let draft = caller.ports.drafts.get(id).await?;
    let token = caller.token.as_ref();
    let in_scope = token.is_none_or(|token| token.allows(&draft.contents.name));
    if in_scope && caller.is_or_manages(&draft.username) { Ok(draft) } else { Err(ApiError::NotFound) }
}
