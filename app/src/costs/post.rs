//! Estimates that are saved or deleted without script.

use axum::body::Body;
use axum::http::{Request, Response};
use domain::costs::{Calculator, Fields, NewEstimate, SavedEstimate};
use domain::errors::ApiError;
use domain::permission::Permission;
use leptos::config::LeptosOptions;

use super::{EstimateDeleteRefused, SaveRefused};
use crate::server::forms::{PostedForm, caller, render_outcome, see_other};

/// Answers `POST /costs/{calculator}`: on to the saved estimates, or the calculator with all that was typed.
///
/// What is wrong stands at its field. Who has been signed out meanwhile comes back to the form after signing in.
pub async fn post_save(
    posted: PostedForm,
    calculator: Calculator,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let PostedForm { request, fields } = posted;
    let fields = Fields::new(fields);
    let error = match save(&contexts, calculator, &fields).await {
        Ok(_) => return see_other("/costs/estimates?done=estimate-saved"),
        Err(error) => error,
    };
    let query = fields.to_query();
    if error == ApiError::Unauthenticated {
        let next = Fields::new([("next".to_owned(), format!("{}?{query}", calculator.path()))]);
        return see_other(&format!("/login?{}", next.to_query()));
    }
    let status = error.status();
    render_outcome(request, options, contexts, status, SaveRefused { query, error }).await
}

async fn save(
    contexts: &impl Fn(),
    calculator: Calculator,
    fields: &Fields,
) -> Result<SavedEstimate, ApiError> {
    let caller = caller(contexts, Permission::SaveEstimate)?;
    let new = NewEstimate::of(calculator, fields).map_err(|fields| ApiError::Invalid { fields })?;
    let replace = fields.get("replace").is_some();
    caller.ports.estimates.save(&new, &caller.person.username, replace).await
}

/// Answers `POST /costs/estimates/{id}/delete`: on to the list, or the confirmation page with what went wrong.
pub async fn post_delete(
    request: Request<Body>,
    id: String,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let deleted = match caller(&contexts, Permission::SaveEstimate) {
        Ok(caller) => caller.ports.estimates.delete(&id).await,
        Err(error) => Err(error),
    };
    let Err(error) = deleted else { return see_other("/costs/estimates?done=estimate-deleted") };
    let status = error.status();
    render_outcome(request, options, contexts, status, EstimateDeleteRefused(error)).await
}
