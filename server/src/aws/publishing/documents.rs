//! The document that a package is.

use aws_sdk_ssm::error::ProvideErrorMetadata as _;
use aws_sdk_ssm::types::{
    AttachmentsSource, AttachmentsSourceKey, DocumentStatus, DocumentType, DocumentVersionInfo,
};
use domain::errors::ApiError;
use domain::packages::publications::{Origin, Plan, PlannedFile};

use time::{Duration, OffsetDateTime};

use super::AwsPublishing;
use crate::aws::error::api_error;

/// SSM's clock is not ours.
const CLOCKS_DIFFER: Duration = Duration::minutes(5);

/// What SSM answered to a new document or version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registered {
    /// It makes this version.
    Begun {
        /// Its number.
        document_version: String,
    },
    /// There is a version with this content, this name, or a document of this name: it may be the very one that an
    /// instance asked for that ended before the answer came.
    Exists(ApiError),
}

/// How far SSM has come with a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentState {
    /// It is at it.
    Pending,
    /// Nodes can install it.
    Active,
    /// It does not take it.
    Failed {
        /// Why, in SSM's words.
        information: String,
    },
}

impl AwsPublishing {
    /// Whether there is a document of this name.
    ///
    /// # Errors
    /// As [`AwsPublishing::register`].
    pub async fn document_exists(&self, name: &str) -> Result<bool, ApiError> {
        match self.ssm.describe_document().name(name).send().await {
            Ok(_) => Ok(true),
            Err(error) if error.code() == Some("InvalidDocument") => Ok(false),
            Err(error) => Err(api_error(error)),
        }
    }

    /// Tells SSM of the package: a new document, or another version of one.
    ///
    /// # Errors
    /// `Throttled`, `Upstream`, `Unreachable`.
    pub async fn register(&self, plan: &Plan) -> Result<Registered, ApiError> {
        let described = if plan.new_version {
            let request = self.ssm.update_document().name(&plan.name).document_version("$LATEST");
            let request = request.content(&plan.manifest).set_attachments(Some(attachments(plan)));
            let updated = request.set_version_name(plan.version_name.clone()).send().await;
            updated.map(|answer| answer.document_description).map_err(refused)
        } else {
            let request = self.ssm.create_document().name(&plan.name).document_type(DocumentType::Package);
            let request = request.content(&plan.manifest).set_attachments(Some(attachments(plan)));
            let created = request.set_version_name(plan.version_name.clone()).send().await;
            created.map(|answer| answer.document_description).map_err(refused)
        };
        match described {
            Ok(description) => {
                let version = description.and_then(|description| description.document_version);
                Ok(Registered::Begun { document_version: version.ok_or(ApiError::Internal)? })
            }
            Err((true, error)) => Ok(Registered::Exists(error)),
            Err((false, error)) => Err(error),
        }
    }

    /// The version of the package with just this manifest that was made since a time, by SSM's clock; among the newest 50.
    ///
    /// # Errors
    /// As [`AwsPublishing::register`].
    pub async fn version_with(&self, plan: &Plan, since: OffsetDateTime) -> Result<Option<String>, ApiError> {
        let since = (since - CLOCKS_DIFFER).unix_timestamp();
        let versions = self.versions(&plan.name).await?.into_iter();
        for version in versions.filter(|version| version.created_date.is_some_and(|at| at.secs() >= since)) {
            let Some(number) = version.document_version else { continue };
            let document = self.ssm.get_document().name(&plan.name).document_version(&number).send().await;
            if document.map_err(api_error)?.content.as_deref() == Some(&plan.manifest) {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }

    /// How far SSM has come with a version.
    ///
    /// # Errors
    /// `NotFound` where it is gone; otherwise as [`AwsPublishing::register`].
    pub async fn document_state(&self, name: &str, version: &str) -> Result<DocumentState, ApiError> {
        let described = self.ssm.describe_document().name(name).document_version(version).send().await;
        let document = match described {
            Err(error) if matches!(error.code(), Some("InvalidDocument" | "InvalidDocumentVersion")) => {
                return Err(ApiError::NotFound);
            }
            described => described.map_err(api_error)?.document.ok_or(ApiError::NotFound)?,
        };
        Ok(match document.status {
            Some(DocumentStatus::Active) => DocumentState::Active,
            Some(DocumentStatus::Failed) => {
                DocumentState::Failed { information: document.status_information.unwrap_or_default() }
            }
            _ => DocumentState::Pending,
        })
    }

    /// Removes a version that came to nothing: with the document, where that is new and somebody else has not added a
    /// version meanwhile. The default of several versions SSM does not remove.
    ///
    /// # Errors
    /// As [`AwsPublishing::register`].
    pub async fn remove_version(&self, plan: &Plan, version: &str) -> Result<(), ApiError> {
        let is_one_of_many = plan.new_version || self.has_others(&plan.name, version).await?;
        let request = self.ssm.delete_document().name(&plan.name);
        let request = if is_one_of_many { request.document_version(version) } else { request };
        match request.send().await {
            Err(error) if matches!(error.code(), Some("InvalidDocument" | "InvalidDocumentVersion")) => {
                Ok(())
            }
            removed => removed.map(drop).map_err(api_error),
        }
    }

    /// Whether a document has versions besides this one.
    async fn has_others(&self, name: &str, version: &str) -> Result<bool, ApiError> {
        let versions = self.versions(name).await?;
        Ok(versions.iter().any(|other| other.document_version.as_deref() != Some(version)))
    }

    /// The newest 50 versions of a document; none where there is no such document.
    async fn versions(&self, name: &str) -> Result<Vec<DocumentVersionInfo>, ApiError> {
        match self.ssm.list_document_versions().name(name).max_results(50).send().await {
            Err(error) if error.code() == Some("InvalidDocument") => Ok(Vec::new()),
            listed => Ok(listed.map_err(api_error)?.document_versions.unwrap_or_default()),
        }
    }
}

/// A folder that holds everything, or each file from where it is.
fn attachments(plan: &Plan) -> Vec<AttachmentsSource> {
    let carried = plan.files.iter().any(|file| matches!(file.origin, Origin::Carried { .. }));
    let url = |key: &str| format!("s3://{}/{key}", plan.bucket);
    if !carried {
        let folder = AttachmentsSource::builder().key(AttachmentsSourceKey::SourceUrl);
        let folder = folder.values(url(&plan.prefix).trim_end_matches('/'));
        return vec![folder.build()];
    }
    let source = |file: &PlannedFile| {
        let source = AttachmentsSource::builder().name(&file.zip_name);
        match &file.origin {
            Origin::Uploaded { .. } | Origin::InPlace { .. } => {
                source.key(AttachmentsSourceKey::S3FileUrl).values(url(&plan.key(&file.zip_name)))
            }
            Origin::Carried { document_version } => source
                .key(AttachmentsSourceKey::AttachmentReference)
                .values(format!("{}/{document_version}/{}", plan.name, file.zip_name)),
        }
        .build()
    };
    plan.files.iter().map(source).collect()
}

/// Whether the refusal may be of what was done before.
fn refused<E>(error: aws_sdk_ssm::error::SdkError<E>) -> (bool, ApiError)
where
    E: aws_sdk_ssm::error::ProvideErrorMetadata + std::error::Error + 'static,
{
    let exists = matches!(
        error.code(),
        Some("DocumentAlreadyExists" | "DuplicateDocumentContent" | "DuplicateDocumentVersionName")
    );
    (exists, api_error(error))
}
