//! `CreateActivation`, which must not happen twice.

use std::time::Duration;

use aws_sdk_ssm::config::Builder;
use aws_sdk_ssm::config::interceptors::InterceptorContext;
use aws_sdk_ssm::config::retry::{ClassifyRetry, RetryAction};
use aws_sdk_ssm::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_ssm::operation::create_activation::builders::CreateActivationFluentBuilder;
use aws_sdk_ssm::operation::create_activation::{CreateActivationError, CreateActivationOutput};
use aws_sdk_ssm::types::Tag;
use domain::activations::{CreatedActivation, ValidActivation};
use domain::errors::{ApiError, Rule};

use crate::aws::convert::time_to_sdk;
use crate::aws::error::api_error;

/// How long to wait before each further try while SSM does not yet see a role that IAM has just made. IAM is
/// eventually consistent: "changes that I make are not always immediately visible" (IAM user guide, troubleshooting).
const ROLE_DELAYS: [Duration; 4] =
    [Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(3), Duration::from_secs(4)];

/// Creates the activation, with patience for a default role that may be a moment old.
pub async fn create(
    ssm: &aws_sdk_ssm::Client,
    activation: &ValidActivation,
) -> Result<CreatedActivation, ApiError> {
    let request = request(ssm, activation)?;
    let mut delays = ROLE_DELAYS.iter().filter(|_| activation.default_role);
    loop {
        let attempt = request.clone().customize();
        let answer = attempt.config_override(Builder::new().retry_classifier(OnlyRefused)).send().await;
        match answer {
            Ok(output) => return created(output),
            Err(error) if !role_is_missing(&error) => return Err(api_error(error)),
            Err(_) => {}
        }
        match delays.next() {
            Some(delay) => tokio::time::sleep(*delay).await,
            None if activation.default_role => return Err(ApiError::field("role", Rule::AssumableRole)),
            None => return Err(ApiError::field("iam_role", Rule::AssumableRole)),
        }
    }
}

fn request(
    ssm: &aws_sdk_ssm::Client,
    activation: &ValidActivation,
) -> Result<CreateActivationFluentBuilder, ApiError> {
    let tags = activation.tags.iter().map(|tag| Tag::builder().key(&tag.key).value(&tag.value).build());
    let tags: Vec<Tag> = tags.collect::<Result<_, _>>().map_err(|_| ApiError::Internal)?;
    let limit = i32::try_from(activation.registration_limit).map_err(|_| ApiError::Internal)?;
    Ok(ssm
        .create_activation()
        .iam_role(&activation.iam_role)
        .registration_limit(limit)
        .set_description(activation.description.clone())
        .set_default_instance_name(activation.default_instance_name.clone())
        .set_expiration_date(activation.expires.map(time_to_sdk))
        .set_tags((!tags.is_empty()).then_some(tags)))
}

fn created(output: CreateActivationOutput) -> Result<CreatedActivation, ApiError> {
    match (output.activation_id, output.activation_code) {
        (Some(id), Some(code)) => Ok(CreatedActivation { id, code: code.into() }),
        _ => Err(ApiError::Upstream {
            code: "IncompleteAnswer".to_owned(),
            message: "CreateActivation answered without an id or a code".to_owned(),
            request_id: None,
        }),
    }
}

/// SSM API: a role that does not exist, or that SSM may not assume, is `ValidationException` "Not existing role: …".
fn role_is_missing(error: &SdkError<CreateActivationError>) -> bool {
    error.code() == Some("ValidationException")
        && error.message().is_some_and(|message| message.contains("Not existing role"))
}

/// Lets the SDK try again only what AWS has refused. `CreateActivation` has no idempotency token: after a time-out or
/// a broken connection the activation may exist, and a second one with its code seen by nobody would stay open.
#[derive(Debug)]
struct OnlyRefused;

impl ClassifyRetry for OnlyRefused {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let refused = context.response().is_some_and(|response| response.status().is_client_error());
        if refused { RetryAction::NoActionIndicated } else { RetryAction::RetryForbidden }
    }

    fn name(&self) -> &'static str {
        "only what AWS has refused"
    }
}
