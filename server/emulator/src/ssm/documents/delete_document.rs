//! `DeleteDocument`: one version, or the document with all of them.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{find_own, missing, see, shapes};
use crate::store::NotDeleted;
use crate::validate::{Member, Shape, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

pub(crate) struct DeleteDocument;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Input {
    name: String,
    document_version: Option<String>,
    version_name: Option<String>,
}

impl Operation for DeleteDocument {
    const NAME: &'static str = "DeleteDocument";
    const INPUT: &'static [Member] = &[
        required("Name", &shapes::NAME),
        optional("DocumentVersion", &shapes::VERSION),
        optional("VersionName", &shapes::VERSION_NAME),
        optional("Force", &Shape::Boolean),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let state = &call.state;
        let document = find_own(state, &input.name).await?;
        let (number, name) = (input.document_version.as_deref(), input.version_name.as_deref());
        let number = match (number, name) {
            (None, None) => None,
            (Some(_), Some(_)) => {
                return Err(ServiceError::validation(
                    "Either DocumentVersion or VersionName can be given, not both.",
                ));
            }
            _ => {
                // The model of this operation has no error of its own for a version that is not there.
                let seen = see(state, &document, number, name).await.map_err(|error| match error.status {
                    500.. => error,
                    _ => missing_version(&input.name),
                })?;
                Some(seen.version.number)
            }
        };
        let deleted = state.store().delete_document(&document, number).await?;
        let files = deleted.map_err(|reason| match (reason, number) {
            (NotDeleted::Default, _) => refused("The default version of a document cannot be deleted."),
            (NotDeleted::Shared, _) => {
                refused("You must stop sharing the document before you can delete it.")
            }
            (NotDeleted::Missing, Some(_)) => missing_version(&input.name),
            (NotDeleted::Missing, None) => missing(&input.name),
        })?;
        state.blobs().remove(&files).await;
        Ok(json!({}))
    }
}

fn missing_version(name: &str) -> ServiceError {
    ServiceError::new("InvalidDocument", format!("The version of document {name} does not exist."))
}

fn refused(message: &str) -> ServiceError {
    ServiceError::new("InvalidDocumentOperation", message)
}
