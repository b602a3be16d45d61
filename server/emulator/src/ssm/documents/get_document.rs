//! `GetDocument`: the content of one version, and links to its files.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{find, see, shapes, show};
use crate::clock::epoch_seconds;
use crate::packages;
use crate::store::Seen;
use crate::validate::{Member, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

pub(crate) struct GetDocument;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Input {
    name: String,
    document_version: Option<String>,
    version_name: Option<String>,
}

impl Operation for GetDocument {
    const NAME: &'static str = "GetDocument";
    const INPUT: &'static [Member] = &[
        required("Name", &shapes::ARN),
        optional("VersionName", &shapes::VERSION_NAME),
        optional("DocumentVersion", &shapes::VERSION),
        optional("DocumentFormat", &shapes::FORMAT),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let document = find(&call.state, &input.name).await?;
        let (number, name) = (input.document_version.as_deref(), input.version_name.as_deref());
        let seen = see(&call.state, &document, number, name).await?;
        let mut output = json!({
            "Name": show::name(&call.state, &document),
            "CreatedDate": epoch_seconds(seen.version.created_at),
            "DocumentVersion": seen.version.number.to_string(),
            "Status": seen.version.status,
            "Content": seen.version.content,
            "DocumentType": document.document_type,
            "DocumentFormat": "JSON",
        });
        for (member, value) in [
            ("VersionName", &seen.version.version_name),
            ("DisplayName", &seen.version.display_name),
            ("StatusInformation", &seen.version.status_information),
        ] {
            if let Some(value) = value {
                output[member] = Value::from(value.as_str());
            }
        }
        let attachments = attachments(call, &seen).await?;
        if !attachments.is_empty() {
            output["AttachmentsContent"] = Value::Array(attachments);
        }
        Ok(output)
    }
}

async fn attachments(call: &Call, seen: &Seen) -> Result<Vec<Value>, ServiceError> {
    let host = call.header("host").unwrap_or("localhost");
    let number = seen.version.number;
    let mut shown = Vec::new();
    for attachment in call.state.store().attachments(seen.document.id, number).await? {
        let url = packages::url(&call.state, host, &seen.document, number, &attachment.name).await?;
        shown.push(json!({
            "Name": attachment.name,
            "Size": attachment.size,
            "Hash": attachment.sha256,
            "HashType": "Sha256",
            "Url": url,
        }));
    }
    Ok(shown)
}
