//! `DescribeInstanceProperties`: nodes with what EC2 knows of them, up to a thousand a page.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::node_filters::{Dialect, Filter, conditions};
use super::{node_json, shapes};
use crate::page::{Pages, cut};
use crate::store::Operator;
use crate::validate::{List, Member, Pattern, Shape, Text, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

static LINE: Pattern = Pattern::translated("^.{1,100000}$", ".+");
static TEXT: Shape = Text::length(1, 100_000).matching(&LINE).shape();
static VALUES: Shape = Shape::List(List { element: &TEXT, min: 1, max: 40 });
static OPERATOR: Shape = Text::one_of(&["Equal", "NotEqual", "BeginWith", "LessThan", "GreaterThan"]).shape();
static FILTER: Shape =
    Shape::Structure(&[required("Key", &TEXT), required("Values", &VALUES), optional("Operator", &OPERATOR)]);
static FILTERS: Shape = Shape::List(List { element: &FILTER, min: 1, max: 40 });
static LEGACY_KEY: Shape = Text::one_of(&[
    "InstanceIds",
    "AgentVersion",
    "PingStatus",
    "PlatformTypes",
    "DocumentName",
    "ActivationIds",
    "IamRole",
    "ResourceType",
    "AssociationStatus",
])
.shape();
static LEGACY: Shape = Shape::Structure(&[required("key", &LEGACY_KEY), required("valueSet", &VALUES)]);
static LEGACY_LIST: Shape = Shape::List(List { element: &LEGACY, min: 1, max: 40 });
static MAX_RESULTS: Shape = Shape::Integer(5, 1000);
const DEFAULT_RESULTS: i64 = 50;

const DIALECT: Dialect = Dialect {
    invalid_value: "InvalidInstancePropertyFilterValue",
    invalid_activation: "InvalidActivationId",
    documents: true,
};

pub(super) struct DescribeInstanceProperties;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    instance_property_filter_list: Option<Vec<StringFilter>>,
    filters_with_operator: Option<Vec<StringFilter>>,
    max_results: Option<i64>,
    next_token: Option<String>,
}

/// The older list spells its members in lower case and has no operators.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct StringFilter {
    #[serde(alias = "key")]
    key: String,
    #[serde(alias = "valueSet")]
    values: Vec<String>,
    operator: Option<String>,
}

impl Operation for DescribeInstanceProperties {
    const NAME: &'static str = "DescribeInstanceProperties";
    const INPUT: &'static [Member] = &[
        optional("InstancePropertyFilterList", &LEGACY_LIST),
        optional("FiltersWithOperator", &FILTERS),
        optional("MaxResults", &MAX_RESULTS),
        optional("NextToken", &shapes::ANY),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let mut filters = input.filters_with_operator.unwrap_or_default();
        filters.extend(input.instance_property_filter_list.unwrap_or_default());
        let pages = Pages::of(&call.state, Self::NAME, &json!(filters).to_string()).await?;
        let after = pages.row(input.next_token.as_deref())?;
        let conditions = conditions(filters.into_iter().map(read).collect(), DIALECT)?;
        let size = input.max_results.unwrap_or(DEFAULT_RESULTS);
        let store = call.state.store();
        let found = store.nodes(&conditions, call.state.online_since(), after, size + 1).await?;
        let (found, more) = cut(found, size);
        let list: Vec<_> = found.iter().map(node_json::property).collect();
        let mut output = json!({"InstanceProperties": list});
        if let Some(last) = found.last().filter(|_| more) {
            output["NextToken"] = Value::from(pages.token(&last.seq.to_string()));
        }
        Ok(output)
    }
}

fn read(filter: StringFilter) -> Filter {
    let operator = match filter.operator.as_deref() {
        Some("NotEqual") => Operator::NotEqual,
        Some("BeginWith") => Operator::BeginWith,
        Some("LessThan") => Operator::LessThan,
        Some("GreaterThan") => Operator::GreaterThan,
        _ => Operator::Equal,
    };
    Filter { key: filter.key, operator, values: filter.values }
}

#[cfg(test)]
mod tests;
