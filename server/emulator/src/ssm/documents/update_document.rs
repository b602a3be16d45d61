//! `UpdateDocument`: a new version; which one is the default stays as it is.

use serde::Deserialize;
use serde_json::{Value, json};

use super::adding::add;
use super::new_version::{AttachmentsSource, Given};
use super::{find_own, see, shapes, show, which};
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
        let basis = which(input.document_version.as_deref().unwrap_or("$LATEST"))?;
        let given = Given {
            content: input.content,
            format: input.document_format,
            attachments: input.attachments.unwrap_or_default(),
            version_name: input.version_name,
            display_name: input.display_name,
        };
        let version = given.version("Updating", state.now())?;
        let storing = {
            let (state, id) = (state.clone(), document.id);
            async move {
                let added = state.store().add_version(id, &basis, &version, MOST_VERSIONS).await;
                added.map(|added| added.map(|number| (id, number)))
            }
        };
        let added = add(state, &input.name, storing).await?;
        let seen = see(state, &document, Some(&added.number.to_string()), None).await?;
        Ok(json!({"DocumentDescription": show::description(state, &seen).await?}))
    }
}
