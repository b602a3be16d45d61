//! Server functions of publications: begun, looked at, ended.

use domain::errors::ApiError;
use domain::json::Json;
use domain::packages::publications::{Publication, PublicationSummary};
use leptos::prelude::*;

/// Begins to publish a draft just as a preview has shown it. `submission` is the form's token, under which the
/// publication is known: sent twice, a form leads to the same one.
///
/// # Errors
/// As [`crate::ports::Publications::begin`]; `Unauthenticated`, `Forbidden`; `NotFound` for somebody else's draft.
#[server(endpoint = "packages/publications/begin", protocol = Json)]
pub async fn begin_publication(
    submission: String,
    draft: String,
    fingerprint: String,
) -> Result<(), ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::PublishPackage)?;
    begin(&caller, submission, draft, fingerprint).await
}

/// How far a publication has come.
///
/// # Errors
/// As [`crate::ports::Publications::get`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/publications/get", protocol = Json)]
pub async fn get_publication(id: String) -> Result<Publication, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    Caller::require(Permission::Read)?.ports.publications.get(&id).await
}

/// Ends a publication that is under way; what it wrote is removed.
///
/// # Errors
/// As [`crate::ports::Publications::cancel`]; `Unauthenticated`, `Forbidden`; `NotFound` for somebody else's.
#[server(endpoint = "packages/publications/cancel", protocol = Json)]
pub async fn cancel_publication(id: String) -> Result<(), ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    cancel(&Caller::require(Permission::PublishPackage)?, &id).await
}

/// What was published under a package's name, the last first.
///
/// # Errors
/// As [`crate::ports::Publications::list`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/publications/list", protocol = Json)]
pub async fn list_publications(package: Option<String>) -> Result<Vec<PublicationSummary>, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    Caller::require(Permission::Read)?.ports.publications.list(package.as_deref()).await
}

#[cfg(feature = "ssr")]
pub use on_server::{begin, cancel};

#[cfg(feature = "ssr")]
mod on_server {
    use domain::errors::ApiError;
    use domain::registration::is_uuid;

    use crate::packages::drafts::{may_publish, open};
    use crate::ports::NewPublication;
    use crate::server::Caller;

    /// Begins a publication: see [`super::begin_publication`].
    ///
    /// # Errors
    /// As there.
    pub async fn begin(
        caller: &Caller,
        submission: String,
        draft: String,
        fingerprint: String,
    ) -> Result<(), ApiError> {
        if !is_uuid(&submission) {
            let reason = "the submission token is none that a form was given".to_owned();
            return Err(ApiError::Conflict { reason });
        }
        let username = caller.person.username.clone();
        let token = caller.token.as_ref().map(|token| token.name.clone());
        let publication = NewPublication { id: submission, username, token, draft, fingerprint };
        match caller.ports.publications.get(&publication.id).await {
            // The draft may be gone already: the form was sent twice.
            Ok(before) if before.username == publication.username && before.draft == publication.draft => {
                Ok(())
            }
            _ => {
                may_publish(caller, &open(caller, &publication.draft).await?).await?;
                caller.ports.publications.begin(publication).await
            }
        }
    }

    /// Ends a publication: see [`super::cancel_publication`].
    ///
    /// # Errors
    /// As there.
    pub async fn cancel(caller: &Caller, id: &str) -> Result<(), ApiError> {
        let publication = caller.ports.publications.get(id).await?;
        if !caller.is_or_manages(&publication.username) {
            return Err(ApiError::NotFound);
        }
        caller.ports.publications.cancel(id).await
    }
}
