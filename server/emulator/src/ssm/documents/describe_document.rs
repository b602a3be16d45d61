//! `DescribeDocument`: all about one version but its content.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{find, see, shapes, show};
use crate::validate::{Member, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

pub(crate) struct DescribeDocument;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Input {
    name: String,
    document_version: Option<String>,
    version_name: Option<String>,
}

impl Operation for DescribeDocument {
    const NAME: &'static str = "DescribeDocument";
    const INPUT: &'static [Member] = &[
        required("Name", &shapes::ARN),
        optional("DocumentVersion", &shapes::VERSION),
        optional("VersionName", &shapes::VERSION_NAME),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let document = find(&call.state, &input.name).await?;
        let (number, name) = (input.document_version.as_deref(), input.version_name.as_deref());
        let seen = see(&call.state, &document, number, name).await?;
        Ok(json!({"Document": show::description(&call.state, &seen).await?}))
    }
}
