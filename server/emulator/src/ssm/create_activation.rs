//! `CreateActivation`: the code is in this one answer and nowhere else.

use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use time::Duration;

use super::{activation_code, managed_instance_role, shapes};
use crate::clock::millis;
use crate::random;
use crate::store::{NewActivation, Tag};
use crate::validate::{List, Member, Pattern, Shape, Text, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

/// SSM API: 24 hours unless told otherwise, at most 30 days.
const DEFAULT_LIFE: Duration = Duration::hours(24);
const LONGEST_LIFE: Duration = Duration::days(30);
/// AWS tags a resource at most fifty times.
const MOST_TAGS: usize = 50;

static DESCRIPTION: Shape = Text::length(0, 256).shape();
static LIMIT: Shape = Shape::Integer(1, 1000);
static NOT_BLANK: Pattern = Pattern::translated(r"^(?!\s*$).+", r".*\S.*");
static METADATA_KEY: Shape = Text::length(1, 128).matching(&NOT_BLANK).shape();
static METADATA_VALUE: Shape = Text::length(1, 2048).matching(&NOT_BLANK).shape();
static METADATA_ITEM: Shape =
    Shape::Structure(&[required("Key", &METADATA_KEY), required("Value", &METADATA_VALUE)]);
static METADATA: Shape = Shape::List(List { element: &METADATA_ITEM, min: 0, max: usize::MAX });

pub(super) struct CreateActivation;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    iam_role: String,
    description: Option<String>,
    default_instance_name: Option<String>,
    registration_limit: Option<i64>,
    expiration_date: Option<f64>,
    tags: Option<Vec<Tag>>,
}

impl Operation for CreateActivation {
    const NAME: &'static str = "CreateActivation";
    const INPUT: &'static [Member] = &[
        optional("Description", &DESCRIPTION),
        optional("DefaultInstanceName", &shapes::DEFAULT_INSTANCE_NAME),
        required("IamRole", &shapes::IAM_ROLE),
        optional("RegistrationLimit", &LIMIT),
        optional("ExpirationDate", &Shape::Timestamp),
        optional("Tags", &shapes::TAGS),
        optional("RegistrationMetadata", &METADATA),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let state = &call.state;
        managed_instance_role::check(state, &input.iam_role).await?;
        let expires_at = expiry(call, input.expiration_date)?;
        let tags = input.tags.unwrap_or_default();
        check_tags(&tags)?;
        let code = activation_code::generate(state.random());
        let activation = NewActivation {
            id: random::uuid(state.random()),
            code_sha256: activation_code::digest(&code),
            description: input.description,
            default_instance_name: input.default_instance_name,
            iam_role: input.iam_role,
            registration_limit: input.registration_limit.unwrap_or(1),
            expires_at,
            created_at: state.now(),
            tags,
        };
        state.store().insert_activation(&activation).await?;
        Ok(json!({"ActivationId": activation.id, "ActivationCode": code}))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the float is first held between the two limits")]
fn expiry(call: &Call, wanted: Option<f64>) -> Result<i64, ServiceError> {
    let now = call.state.time();
    let Some(wanted) = wanted else { return Ok(millis(now + DEFAULT_LIFE)) };
    let (earliest, latest) = (millis(now), millis(now + LONGEST_LIFE));
    let wanted = (wanted * 1000.0).clamp(i64::MIN as f64, i64::MAX as f64) as i64;
    if wanted <= earliest {
        return Err(ServiceError::validation("The expiration date must be in the future."));
    }
    // A client that adds thirty days to a clock slightly ahead of ours means thirty days.
    if wanted > latest + 60_000 {
        return Err(ServiceError::validation("The expiration date must be at most 30 days from now."));
    }
    Ok(wanted)
}

fn check_tags(tags: &[Tag]) -> Result<(), ServiceError> {
    if tags.len() > MOST_TAGS {
        return Err(ServiceError::new("InvalidParameters", "An activation can have at most 50 tags."));
    }
    let keys: BTreeSet<_> = tags.iter().map(|tag| &tag.key).collect();
    if keys.len() != tags.len() {
        return Err(ServiceError::new("InvalidParameters", "Each tag key can be given only once."));
    }
    if tags.iter().any(|tag| tag.key.to_lowercase().starts_with("aws:")) {
        return Err(ServiceError::new("InvalidParameters", "Tag keys that begin with aws: are reserved."));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
