//! Forms that are posted without script: the page itself is the answer.

use axum::body::Body;
use axum::http::{Request, Response};
use domain::activations::NewActivation;
use domain::errors::ApiError;
use domain::permission::Permission;
use domain::registration::is_uuid;
use leptos::config::LeptosOptions;

use super::{CreateOutcome, Creation, DeleteRefused, create};
use crate::server::Caller;
use crate::server::forms::{PostedForm, caller, render_outcome, see_other};

/// Answers `POST /activations/new`: the create page with the new activation, or with the form and what is wrong
/// with it, under the status that says the same. `contexts` provides what every page gets.
pub async fn post_create(
    posted: PostedForm,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let PostedForm { request, fields } = posted;
    let form = NewActivation::from_fields(fields);
    let outcome = match submit(caller(&contexts, Permission::CreateActivation), &form).await {
        Ok(creation) => CreateOutcome::Taken(creation),
        Err(error) => CreateOutcome::Refused { form, error },
    };
    let status = match &outcome {
        CreateOutcome::Taken(Creation::Created(_)) => 200,
        CreateOutcome::Taken(Creation::Earlier { .. }) => 409,
        CreateOutcome::Refused { error, .. } => error.status(),
    };
    render_outcome(request, options, contexts, status, outcome).await
}

/// Answers `POST /activations/{id}/delete`: on to the list, or the confirmation page with what went wrong.
pub async fn post_delete(
    request: Request<Body>,
    id: String,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let deleted = match caller(&contexts, Permission::DeleteActivation) {
        Ok(_) if !is_uuid(&id) => Err(ApiError::NotFound),
        Ok(caller) => caller.ports.activations.delete(&id).await,
        Err(error) => Err(error),
    };
    match deleted {
        Ok(()) => see_other("/activations?done=activation-deleted"),
        Err(error) => {
            let status = error.status();
            render_outcome(request, options, contexts, status, DeleteRefused(error)).await
        }
    }
}

async fn submit(caller: Result<Caller, ApiError>, form: &NewActivation) -> Result<Creation, ApiError> {
    let caller = caller?;
    create(&caller, form).await
}

#[cfg(test)]
mod tests;
