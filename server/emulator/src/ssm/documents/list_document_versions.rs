//! `ListDocumentVersions`: newest first.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{find, shapes, show};
use crate::page::{Pages, cut};
use crate::ssm::shapes::ANY;
use crate::validate::{Member, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

pub(crate) struct ListDocumentVersions;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Input {
    name: String,
    max_results: Option<i64>,
    next_token: Option<String>,
}

impl Operation for ListDocumentVersions {
    const NAME: &'static str = "ListDocumentVersions";
    const INPUT: &'static [Member] = &[
        required("Name", &shapes::ARN),
        optional("MaxResults", &shapes::MAX_RESULTS),
        optional("NextToken", &ANY),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let state = &call.state;
        let document = find(state, &input.name).await?;
        let pages = Pages::of(state, Self::NAME, &input.name).await?;
        let below = match pages.row(input.next_token.as_deref())? {
            0 => i64::MAX,
            below => below,
        };
        let size = input.max_results.unwrap_or(50);
        let (found, more) = cut(state.store().versions(document.id, below, size + 1).await?, size);
        let shown: Vec<_> = found.iter().map(|version| show::version(&document, version)).collect();
        let mut output = json!({"DocumentVersions": shown});
        if let Some(last) = found.last().filter(|_| more) {
            output["NextToken"] = Value::from(pages.token(&last.number.to_string()));
        }
        Ok(output)
    }
}
