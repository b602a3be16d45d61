//! What creating a document and adding a version have in common.

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{missing, no_version};
use crate::packages::{Manifest, ManifestError};
use crate::store::{NewVersion, NotAdded, Source};
use crate::wire::errors::ServiceError;

/// An element of `Attachments`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct AttachmentsSource {
    key: Option<String>,
    values: Option<Vec<String>>,
    name: Option<String>,
}

/// A version from the members of a request.
pub(super) struct Given {
    pub(super) content: String,
    pub(super) format: Option<String>,
    pub(super) attachments: Vec<AttachmentsSource>,
    pub(super) version_name: Option<String>,
    pub(super) display_name: Option<String>,
}

impl Given {
    /// The version to be stored; its files are fetched afterwards.
    ///
    /// # Errors
    /// `MaxDocumentSizeExceeded`, `InvalidDocumentContent`, `InvalidDocumentSchemaVersion`, `ValidationException`.
    pub(super) fn version(self, status: &'static str, now: i64) -> Result<NewVersion, ServiceError> {
        if self.format.is_some_and(|format| format != "JSON") {
            return Err(ServiceError::new(
                "InvalidDocumentContent",
                "A document of type Package must be in the format JSON.",
            ));
        }
        let manifest = Manifest::read(&self.content).map_err(refusal)?;
        let sources = self.attachments.into_iter().map(source).collect::<Result<Vec<_>, _>>()?;
        if sources.is_empty() {
            return Err(ServiceError::validation("A document of type Package needs attachments."));
        }
        Ok(NewVersion {
            version_name: self.version_name,
            display_name: self.display_name,
            hash: Sha256::digest(&self.content).iter().map(|byte| format!("{byte:02x}")).collect(),
            platform_types: manifest.platform_types(),
            content: self.content,
            status,
            sources,
            now,
        })
    }
}

fn source(given: AttachmentsSource) -> Result<Source, ServiceError> {
    let value = given.values.and_then(|values| values.into_iter().next());
    let (Some(key), Some(value)) = (given.key, value) else {
        return Err(ServiceError::validation("Each attachment needs a Key and one value in Values."));
    };
    Ok(Source { key, value, name: given.name })
}

fn refusal(error: ManifestError) -> ServiceError {
    match error {
        ManifestError::TooLarge => ServiceError::new(
            "MaxDocumentSizeExceeded",
            "The size of the document content exceeds the limit of 64 KB.",
        ),
        ManifestError::Malformed(error) => ServiceError::new(
            "InvalidDocumentContent",
            format!("The package manifest is not valid JSON of schema 2.0: {error}"),
        ),
        ManifestError::Schema(version) => ServiceError::new(
            "InvalidDocumentSchemaVersion",
            format!("Document schema version {version} is not supported for documents of type Package."),
        ),
    }
}

/// Why a document or a version was not added.
pub(super) fn not_added(reason: NotAdded, name: &str) -> ServiceError {
    let (code, message) = match reason {
        NotAdded::NameTaken => {
            ("DocumentAlreadyExists", format!("Document with name {name} already exists in the account."))
        }
        NotAdded::TooManyDocuments => {
            ("DocumentLimitExceeded", "You can have at most 500 packages in the account.".to_owned())
        }
        NotAdded::NoDocument => return missing(name),
        NotAdded::NoVersion => return no_version(),
        NotAdded::NotLatest => {
            ("InvalidDocumentVersion", "Only the latest version of a document can be updated.".to_owned())
        }
        NotAdded::Unfinished(status) => (
            "InvalidDocumentOperation",
            format!("The document's latest version is in the status {status}."),
        ),
        NotAdded::TooManyVersions => (
            "DocumentVersionLimitExceeded",
            format!("The package {name} has 25 versions. Delete one or more versions and try again."),
        ),
        NotAdded::SameContent => (
            "DuplicateDocumentContent",
            "The content of the document matches another version. Change the content and try again.".to_owned(),
        ),
        NotAdded::SameVersionName => (
            "DuplicateDocumentVersionName",
            "The version name has already been used in this document. Specify a different version name, and then \
             try again."
                .to_owned(),
        ),
    };
    ServiceError::new(code, message)
}
