//! `CreateDocument`: answered at once, `Active` when the files have been fetched.

use serde::Deserialize;
use serde_json::{Value, json};

use super::adding::add;
use super::new_version::{AttachmentsSource, Given};
use super::{find, see, shapes, show};
use crate::ssm::shapes::TAGS;
use crate::store::{NewDocument, Tag};
use crate::validate::{Member, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

/// Distributor: packages of an account in a Region.
const MOST_PACKAGES: i64 = 500;
/// AWS tags a resource at most fifty times.
const MOST_TAGS: usize = 50;
/// SSM: names of AWS's own documents, whatever their case.
const RESERVED: &[&str] = &["aws", "amazon", "amzn"];

pub(crate) struct CreateDocument;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Input {
    content: String,
    attachments: Option<Vec<AttachmentsSource>>,
    name: String,
    display_name: Option<String>,
    version_name: Option<String>,
    document_type: Option<String>,
    document_format: Option<String>,
    target_type: Option<String>,
    tags: Option<Vec<Tag>>,
}

impl Operation for CreateDocument {
    const NAME: &'static str = "CreateDocument";
    const INPUT: &'static [Member] = &[
        required("Content", &shapes::CONTENT),
        optional("Requires", &shapes::REQUIRES),
        optional("Attachments", &shapes::ATTACHMENTS),
        required("Name", &shapes::NAME),
        optional("DisplayName", &shapes::DISPLAY_NAME),
        optional("VersionName", &shapes::VERSION_NAME),
        optional("DocumentType", &shapes::TYPE),
        optional("DocumentFormat", &shapes::FORMAT),
        optional("TargetType", &shapes::TARGET_TYPE),
        optional("Tags", &TAGS),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let state = &call.state;
        if input.document_type.as_deref() != Some("Package") {
            return Err(ServiceError::validation("Only documents of type Package can be created here."));
        }
        check_name(&input.name)?;
        let tags = input.tags.unwrap_or_default();
        check_tags(&tags)?;
        let given = Given {
            content: input.content,
            format: input.document_format,
            attachments: input.attachments.unwrap_or_default(),
            version_name: input.version_name,
            display_name: input.display_name,
        };
        let version = given.version("Creating", state.now())?;
        let storing = {
            let (state, name, target_type) = (state.clone(), input.name.clone(), input.target_type);
            async move {
                let document = NewDocument {
                    access: "Self",
                    account: state.account_id(),
                    owner: state.account_id(),
                    name: &name,
                    target_type: target_type.as_deref(),
                    tags: &tags,
                    limit: MOST_PACKAGES,
                };
                let added = state.store().insert_document(&document, &version).await;
                added.map(|added| added.map(|id| (id, 1_i64)))
            }
        };
        let _added = add(state, &input.name, storing).await?;
        let seen = see(state, &find(state, &input.name).await?, Some("1"), None).await?;
        Ok(json!({"DocumentDescription": show::description(state, &seen).await?}))
    }
}

fn check_name(name: &str) -> Result<(), ServiceError> {
    let lower = name.to_lowercase();
    match RESERVED.iter().find(|reserved| lower.starts_with(**reserved)) {
        Some(reserved) => Err(ServiceError::validation(format!(
            "Document name {name} is not valid: names that begin with {reserved} are reserved by AWS."
        ))),
        None => Ok(()),
    }
}

fn check_tags(tags: &[Tag]) -> Result<(), ServiceError> {
    if tags.len() > MOST_TAGS {
        return Err(ServiceError::validation("A document can have at most 50 tags."));
    }
    if tags.iter().any(|tag| tag.key.to_lowercase().starts_with("aws:")) {
        return Err(ServiceError::validation("Tag keys that begin with aws: are reserved."));
    }
    Ok(())
}
