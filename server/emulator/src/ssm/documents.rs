//! What the document operations have in common: which document is meant, and how it is shown.

mod adding;
pub(super) mod create_document;
pub(super) mod delete_document;
pub(super) mod describe_document;
pub(super) mod describe_document_permission;
pub(super) mod get_document;
pub(super) mod list_document_versions;
pub(super) mod list_documents;
pub(super) mod modify_document_permission;
mod new_version;
mod shapes;
mod show;
pub(super) mod update_document;
pub(super) mod update_document_default_version;

use crate::state::State;
use crate::store::{Document, Seen, Which};
use crate::wire::errors::ServiceError;

/// The document of a name, plain or as an ARN, that the account sees. Its own come before others' of the same name.
///
/// # Errors
/// `InvalidDocument` when there is none.
pub(crate) async fn find(state: &State, name: &str) -> Result<Document, ServiceError> {
    let found = match owner_and_name(name) {
        Some((account, name)) => state.store().document(account, name).await?,
        None => match state.store().document(state.account_id(), name).await? {
            Some(own) => Some(own),
            None => state.store().document("", name).await?,
        },
    };
    found.ok_or_else(|| missing(name))
}

/// Account and name of `arn:aws:ssm:<region>:<account>:document/<name>`.
fn owner_and_name(arn: &str) -> Option<(&str, &str)> {
    let parts: Vec<_> = arn.splitn(6, ':').collect();
    let ["arn", _, "ssm", _, account, document] = parts[..] else { return None };
    Some((account, document.strip_prefix("document/")?))
}

/// The document of a name, to be changed.
///
/// # Errors
/// `InvalidDocument` when there is none, `AccessDeniedException` when it is another's.
async fn find_own(state: &State, name: &str) -> Result<Document, ServiceError> {
    let document = find(state, name).await?;
    if document.access == "Self" {
        return Ok(document);
    }
    Err(ServiceError::access_denied(format!(
        "User: {} is not authorized to change the document {name}: it is owned by {}",
        state.caller_arn(),
        document.owner
    )))
}

/// A document in the version that is meant.
///
/// # Errors
/// `InvalidDocumentVersion` when there is none, or number and name do not mean the same.
async fn see(
    state: &State,
    document: &Document,
    number: Option<&str>,
    name: Option<&str>,
) -> Result<Seen, ServiceError> {
    let which = match (number, name) {
        (None, Some(name)) => Which::Named(name.to_owned()),
        (number, _) => which(number.unwrap_or("$DEFAULT"))?,
    };
    let seen = state.store().version(document, &which).await?;
    let fits = |seen: &Seen| name.is_none() || seen.version.version_name.as_deref() == name;
    seen.filter(fits).ok_or_else(no_version)
}

fn which(number: &str) -> Result<Which, ServiceError> {
    match number {
        "$DEFAULT" => Ok(Which::Default),
        "$LATEST" => Ok(Which::Latest),
        number => number.parse().map(Which::Number).map_err(|_| no_version()),
    }
}

fn missing(name: &str) -> ServiceError {
    ServiceError::new("InvalidDocument", format!("Document with name {name} does not exist."))
}

fn no_version() -> ServiceError {
    ServiceError::new("InvalidDocumentVersion", "The document version is not valid or does not exist.")
}

#[cfg(test)]
mod tests;
