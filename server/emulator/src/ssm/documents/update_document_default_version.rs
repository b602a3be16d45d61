//! `UpdateDocumentDefaultVersion`: forward, and the way back.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{find_own, no_version, see, shapes};
use crate::validate::{Member, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

pub(crate) struct UpdateDocumentDefaultVersion;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Input {
    name: String,
    document_version: String,
}

impl Operation for UpdateDocumentDefaultVersion {
    const NAME: &'static str = "UpdateDocumentDefaultVersion";
    const INPUT: &'static [Member] =
        &[required("Name", &shapes::NAME), required("DocumentVersion", &shapes::NUMBER)];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let state = &call.state;
        let document = find_own(state, &input.name).await?;
        let seen = see(state, &document, Some(&input.document_version), None).await?;
        if seen.version.status != "Active" {
            return Err(ServiceError::new(
                "InvalidDocumentVersion",
                format!("A version in the status {} cannot be the default.", seen.version.status),
            ));
        }
        if !state.store().set_default_version(document.id, seen.version.number).await? {
            // Deleted since it was looked at: the version, or the whole document.
            find_own(state, &input.name).await?;
            return Err(no_version());
        }
        let mut description = json!({
            "Name": document.name,
            "DefaultVersion": seen.version.number.to_string(),
        });
        if let Some(name) = seen.version.version_name {
            description["DefaultVersionName"] = Value::from(name);
        }
        Ok(json!({"Description": description}))
    }
}
