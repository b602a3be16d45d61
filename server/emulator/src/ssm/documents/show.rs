//! Documents and their versions as answers show them.

use serde_json::{Map, Value, json};

use crate::clock::epoch_seconds;
use crate::state::State;
use crate::store::{Document, Seen, TAGGED_DOCUMENT, Tag, Version};
use crate::wire::errors::ServiceError;

/// The name that the account calls a document by: the ARN of what another account shares.
pub(super) fn name(state: &State, document: &Document) -> String {
    match &*document.access {
        "Private" => {
            format!("arn:aws:ssm:{}:{}:document/{}", state.region(), document.account, document.name)
        }
        _ => document.name.clone(),
    }
}

/// The tags of a document; only one's own have any.
pub(super) async fn tags(state: &State, document: &Document) -> Result<Vec<Tag>, ServiceError> {
    match &*document.access {
        "Self" => Ok(state.store().tags(TAGGED_DOCUMENT, &document.name).await?),
        _ => Ok(Vec::new()),
    }
}

/// What a list and a description have in common. Members that are not set are absent.
fn common(state: &State, seen: &Seen, tags: &[Tag]) -> Map<String, Value> {
    let Seen { document, version, .. } = seen;
    let members = [
        ("Name", json!(name(state, document))),
        ("DisplayName", json!(version.display_name)),
        ("Owner", json!(document.owner)),
        ("VersionName", json!(version.version_name)),
        ("CreatedDate", epoch_seconds(version.created_at)),
        ("PlatformTypes", json!(version.platform_types)),
        ("DocumentVersion", json!(version.number.to_string())),
        ("DocumentType", json!(document.document_type)),
        ("SchemaVersion", json!("2.0")),
        ("DocumentFormat", json!("JSON")),
        ("TargetType", json!(document.target_type)),
        ("Tags", json!(tags)),
    ];
    without_null(members)
}

fn without_null<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    members
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// `DocumentIdentifier`.
pub(super) fn identifier(state: &State, seen: &Seen, tags: &[Tag]) -> Value {
    Value::Object(common(state, seen, tags))
}

/// `DocumentDescription`.
///
/// # Errors
/// `InternalServerError` when the store fails.
pub(super) async fn description(state: &State, seen: &Seen) -> Result<Value, ServiceError> {
    let Seen { document, version, latest } = seen;
    let mut fields = common(state, seen, &tags(state, document).await?);
    let attachments = state.store().attachments(document.id, version.number).await?;
    let names: Vec<_> = attachments.iter().map(|attachment| json!({"Name": attachment.name})).collect();
    fields.extend(without_null([
        ("Hash", json!(version.hash)),
        ("HashType", json!("Sha256")),
        ("Status", json!(version.status)),
        ("StatusInformation", json!(version.status_information)),
        ("LatestVersion", json!(latest.to_string())),
        ("DefaultVersion", json!(document.default_version.to_string())),
    ]));
    if !names.is_empty() {
        fields.insert("AttachmentsInformation".to_owned(), Value::Array(names));
    }
    Ok(Value::Object(fields))
}

/// `DocumentVersionInfo`.
pub(super) fn version(document: &Document, version: &Version) -> Value {
    Value::Object(without_null([
        ("Name", json!(document.name)),
        ("DisplayName", json!(version.display_name)),
        ("DocumentVersion", json!(version.number.to_string())),
        ("VersionName", json!(version.version_name)),
        ("CreatedDate", epoch_seconds(version.created_at)),
        ("IsDefaultVersion", json!(version.number == document.default_version)),
        ("DocumentFormat", json!("JSON")),
        ("Status", json!(version.status)),
        ("StatusInformation", json!(version.status_information)),
    ]))
}
