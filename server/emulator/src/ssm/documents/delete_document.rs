//! `DeleteDocument`: one version, or the document with all of them.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{find_own, see, shapes};
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
                    _ => ServiceError::new(
                        "InvalidDocument",
                        format!("The version of document {} does not exist.", input.name),
                    ),
                })?;
                Some(seen.version.number)
            }
        };
        if number == Some(document.default_version) {
            return Err(refused("The default version of a document cannot be deleted."));
        }
        if number.is_none() && !state.store().shares(document.id, "", 1).await?.is_empty() {
            return Err(refused("You must stop sharing the document before you can delete it."));
        }
        let files = state.store().delete_document(&document, number).await?;
        state.blobs().remove(&files).await;
        Ok(json!({}))
    }
}

fn refused(message: &str) -> ServiceError {
    ServiceError::new("InvalidDocumentOperation", message)
}
