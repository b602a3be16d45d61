//! `DescribeActivations`: all that is known of activations but their codes.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::shapes;
use crate::clock::epoch_seconds;
use crate::page::{Pages, cut};
use crate::store::{Activation, ActivationFilter};
use crate::validate::{List, Member, Shape, Text, optional};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

static FILTER_KEY: Shape = Text::one_of(&["ActivationIds", "DefaultInstanceName", "IamRole"]).shape();
static FILTER: Shape =
    Shape::Structure(&[optional("FilterKey", &FILTER_KEY), optional("FilterValues", &shapes::STRINGS)]);
static FILTERS: Shape = Shape::List(List { element: &FILTER, min: 0, max: shapes::MOST_FILTERS });
static MAX_RESULTS: Shape = Shape::Integer(1, 50);

pub(super) struct DescribeActivations;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    filters: Option<Vec<Filter>>,
    max_results: Option<i64>,
    next_token: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Filter {
    filter_key: Option<String>,
    filter_values: Option<Vec<String>>,
}

impl Operation for DescribeActivations {
    const NAME: &'static str = "DescribeActivations";
    const INPUT: &'static [Member] = &[
        optional("Filters", &FILTERS),
        optional("MaxResults", &MAX_RESULTS),
        optional("NextToken", &shapes::ANY),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let filters = input.filters.unwrap_or_default();
        let pages = Pages::of(&call.state, Self::NAME, &json!(filters).to_string()).await?;
        let after = pages.row(input.next_token.as_deref())?;
        let filters = filters.into_iter().map(column).collect::<Result<Vec<_>, _>>()?;
        let size = input.max_results.unwrap_or(50);
        let found = call.state.store().activations(&filters, after, size + 1).await?;
        let (found, more) = cut(found, size);
        let now = call.state.now();
        let list: Vec<_> = found.iter().map(|activation| describe(activation, now)).collect();
        let mut output = json!({"ActivationList": list});
        if let Some(last) = found.last().filter(|_| more) {
            output["NextToken"] = Value::from(pages.token(&last.seq.to_string()));
        }
        Ok(output)
    }
}

fn column(filter: Filter) -> Result<ActivationFilter, ServiceError> {
    let column = match filter.filter_key.as_deref() {
        Some("ActivationIds") => "id",
        Some("DefaultInstanceName") => "default_instance_name",
        Some("IamRole") => "iam_role",
        _ => return Err(ServiceError::new("InvalidFilter", "A filter needs a FilterKey.")),
    };
    let values = filter.filter_values.filter(|values| !values.is_empty());
    let values = values.ok_or_else(|| ServiceError::new("InvalidFilter", "A filter needs FilterValues."))?;
    Ok(ActivationFilter { column, values })
}

fn describe(activation: &Activation, now: i64) -> Value {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("ActivationId", activation.id.as_str().into());
    if let Some(description) = &activation.description {
        put("Description", description.as_str().into());
    }
    if let Some(name) = &activation.default_instance_name {
        put("DefaultInstanceName", name.as_str().into());
    }
    put("IamRole", activation.iam_role.as_str().into());
    put("RegistrationLimit", activation.registration_limit.into());
    put("RegistrationsCount", activation.registrations_count.into());
    put("ExpirationDate", epoch_seconds(activation.expires_at));
    put("Expired", (activation.expires_at <= now).into());
    put("CreatedDate", epoch_seconds(activation.created_at));
    if !activation.tags.is_empty() {
        put("Tags", json!(activation.tags.0));
    }
    Value::Object(fields)
}

#[cfg(test)]
mod tests;
