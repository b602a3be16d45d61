//! `DescribeInstanceInformation`: nodes as their agents report them.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::node_filters::{Dialect, Filter, conditions};
use super::{node_json, shapes};
use crate::page::{Pages, cut};
use crate::store::Operator;
use crate::validate::{List, Member, Shape, Text, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

static NOT_EMPTY: Shape = Text::length(1, usize::MAX).shape();
static VALUES: Shape = Shape::List(List { element: &NOT_EMPTY, min: 1, max: 100 });
static FILTER: Shape = Shape::Structure(&[required("Key", &NOT_EMPTY), required("Values", &VALUES)]);
static FILTERS: Shape = Shape::List(List { element: &FILTER, min: 0, max: shapes::MOST_FILTERS });
static LEGACY_KEY: Shape = Text::one_of(&[
    "InstanceIds",
    "AgentVersion",
    "PingStatus",
    "PlatformTypes",
    "ActivationIds",
    "IamRole",
    "ResourceType",
    "AssociationStatus",
])
.shape();
static LEGACY: Shape = Shape::Structure(&[required("key", &LEGACY_KEY), required("valueSet", &VALUES)]);
static LEGACY_LIST: Shape = Shape::List(List { element: &LEGACY, min: 0, max: shapes::MOST_FILTERS });
static MAX_RESULTS: Shape = Shape::Integer(5, 50);
const DEFAULT_RESULTS: i64 = 10;

const DIALECT: Dialect = Dialect {
    invalid_value: "InvalidInstanceInformationFilterValue",
    invalid_activation: "InvalidInstanceInformationFilterValue",
    documents: false,
};

pub(super) struct DescribeInstanceInformation;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    instance_information_filter_list: Option<Vec<StringFilter>>,
    filters: Option<Vec<StringFilter>>,
    max_results: Option<i64>,
    next_token: Option<String>,
}

/// The older list spells its members in lower case.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct StringFilter {
    #[serde(alias = "key")]
    key: String,
    #[serde(alias = "valueSet")]
    values: Vec<String>,
}

impl Operation for DescribeInstanceInformation {
    const NAME: &'static str = "DescribeInstanceInformation";
    const INPUT: &'static [Member] = &[
        optional("InstanceInformationFilterList", &LEGACY_LIST),
        optional("Filters", &FILTERS),
        optional("MaxResults", &MAX_RESULTS),
        optional("NextToken", &shapes::ANY),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let legacy = input.instance_information_filter_list.unwrap_or_default();
        let mut filters = input.filters.unwrap_or_default();
        if !legacy.is_empty() && !filters.is_empty() {
            let message = "Filters and InstanceInformationFilterList cannot be used together.";
            return Err(ServiceError::validation(message));
        }
        filters.extend(legacy);
        let pages = Pages::of(&call.state, Self::NAME, &json!(filters).to_string()).await?;
        let after = pages.row(input.next_token.as_deref())?;
        let filters = filters
            .into_iter()
            .map(|filter| Filter { key: filter.key, operator: Operator::Equal, values: filter.values })
            .collect();
        let conditions = conditions(filters, DIALECT)?;
        let size = input.max_results.unwrap_or(DEFAULT_RESULTS);
        let store = call.state.store();
        let found = store.nodes(&conditions, call.state.online_since(), after, size + 1).await?;
        let (found, more) = cut(found, size);
        let list: Vec<_> = found.iter().map(node_json::information).collect();
        let mut output = json!({"InstanceInformationList": list});
        if let Some(last) = found.last().filter(|_| more) {
            output["NextToken"] = Value::from(pages.token(&last.seq.to_string()));
        }
        Ok(output)
    }
}

#[cfg(test)]
mod tests;
