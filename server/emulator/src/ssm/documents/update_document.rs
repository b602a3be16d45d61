//! `UpdateDocument`: a new version; which one is the default stays as it is.

use serde::Deserialize;
use serde_json::{Value, json};

use super::new_version::{AttachmentsSource, Given, not_added};
use super::{find_own, no_version, see, shapes, show, which};
use crate::packages;
use crate::store::Which;
use crate::validate::{Member, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

/// Distributor: versions of a package.
const MOST_VERSIONS: usize = 25;

pub(crate) struct UpdateDocument;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Input {
    content: String,
    attachments: Option<Vec<AttachmentsSource>>,
    name: String,
    display_name: Option<String>,
    version_name: Option<String>,
    document_version: Option<String>,
    document_format: Option<String>,
}

impl Operation for UpdateDocument {
    const NAME: &'static str = "UpdateDocument";
    const INPUT: &'static [Member] = &[
        required("Content", &shapes::CONTENT),
        optional("Attachments", &shapes::ATTACHMENTS),
        required("Name", &shapes::NAME),
        optional("DisplayName", &shapes::DISPLAY_NAME),
        optional("VersionName", &shapes::VERSION_NAME),
        optional("DocumentVersion", &shapes::VERSION),
        optional("DocumentFormat", &shapes::FORMAT),
        optional("TargetType", &shapes::TARGET_TYPE),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let state = &call.state;
        let document = find_own(state, &input.name).await?;
        let latest = state.store().version(&document, &Which::Latest).await?.ok_or_else(no_version)?;
        let named = which(input.document_version.as_deref().unwrap_or("$LATEST"))?;
        let named = state.store().version(&document, &named).await?.ok_or_else(no_version)?;
        if named.version.number != latest.version.number {
            return Err(ServiceError::new(
                "InvalidDocumentVersion",
                "Only the latest version of a document can be updated.",
            ));
        }
        if ["Creating", "Updating"].contains(&&*latest.version.status) {
            return Err(ServiceError::new(
                "InvalidDocumentOperation",
                format!("The document's latest version is in the status {}.", latest.version.status),
            ));
        }
        let given = Given {
            content: input.content,
            format: input.document_format,
            attachments: input.attachments.unwrap_or_default(),
            version_name: input.version_name,
            display_name: input.display_name,
        };
        let version = given.version("Updating", state.now())?;
        let added = state.store().add_version(document.id, &version, MOST_VERSIONS).await?;
        let number = added.map_err(|reason| not_added(reason, &input.name))?;
        let seen = see(state, &document, Some(&number.to_string()), None).await?;
        let description = show::description(state, &seen).await?;
        tokio::spawn(packages::fetch(state.clone(), document.id, number));
        Ok(json!({"DocumentDescription": description}))
    }
}
