//! `DescribeDocumentPermission`: the accounts that a document is shared with.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{find_own, shapes};
use crate::page::{Pages, cut};
use crate::ssm::shapes::ANY;
use crate::validate::{Member, Shape, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

static MAX_RESULTS: Shape = Shape::Integer(1, 200);

pub(crate) struct DescribeDocumentPermission;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Input {
    name: String,
    max_results: Option<i64>,
    next_token: Option<String>,
}

impl Operation for DescribeDocumentPermission {
    const NAME: &'static str = "DescribeDocumentPermission";
    const INPUT: &'static [Member] = &[
        required("Name", &shapes::NAME),
        required("PermissionType", &shapes::PERMISSION_TYPE),
        optional("MaxResults", &MAX_RESULTS),
        optional("NextToken", &ANY),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let state = &call.state;
        let document = find_own(state, &input.name).await?;
        let pages = Pages::of(state, Self::NAME, &input.name).await?;
        let after = match &input.next_token {
            Some(token) => pages
                .place(token)
                .ok_or_else(|| ServiceError::new("InvalidNextToken", "The specified token is not valid."))?,
            None => String::new(),
        };
        let size = input.max_results.unwrap_or(200);
        let (shares, more) = cut(state.store().shares(document.id, &after, size + 1).await?, size);
        let accounts: Vec<_> = shares.iter().map(|share| &share.account).collect();
        let sharing: Vec<_> = shares
            .iter()
            .map(|share| json!({"AccountId": share.account, "SharedDocumentVersion": share.shared_version}))
            .collect();
        let mut output = json!({"AccountIds": accounts, "AccountSharingInfoList": sharing});
        if let Some(last) = shares.last().filter(|_| more) {
            output["NextToken"] = Value::from(pages.token(&last.account));
        }
        Ok(output)
    }
}
