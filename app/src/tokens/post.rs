//! The forms that make and revoke tokens. A token is in the answer to its form, and nowhere else.

use axum::body::Body;
use axum::http::{Request, Response};
use domain::errors::{ApiError, FieldError};
use domain::permission::Permission;
use domain::publishers::TokenForm;
use domain::registration::is_uuid;
use leptos::config::LeptosOptions;
use secrecy::ExposeSecret as _;

use super::TokenOutcome;
use crate::server::forms::{PostedForm, caller, render_outcome, see_other};

/// Answers `POST /tokens`: the page with the token, or with what is wrong.
pub async fn post_create(
    posted: PostedForm,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let PostedForm { request, fields } = posted;
    let form = TokenForm::from_fields(&fields);
    let (status, outcome) = match create(&contexts, &form).await {
        Ok(made) => (200, made),
        Err(error) => (error.status(), TokenOutcome::Refused { form, error }),
    };
    render_outcome(request, options, contexts, status, outcome).await
}

async fn create(contexts: &impl Fn(), form: &TokenForm) -> Result<TokenOutcome, ApiError> {
    let caller = caller(contexts, Permission::PublishPackage)?;
    if !is_uuid(&form.submission) {
        let reason = "the submission token is none that a form was given".to_owned();
        return Err(ApiError::Conflict { reason });
    }
    let token = form.validate().map_err(|fields| ApiError::Invalid { fields })?;
    // A beginning that the rule does not allow would promise what the token cannot do.
    let rights = caller.rights().await?;
    if let Some(rule) = token.names.iter().find_map(|name| rights.name_rule(name)) {
        return Err(ApiError::Invalid { fields: vec![FieldError { field: "names".to_owned(), rule }] });
    }
    let username = &caller.person.username;
    let made = caller.ports.tokens.create(username, token).await?;
    tracing::info!(username, token = made.token.name, "a token was made");
    let secret = made.secret.map(|secret| secret.expose_secret().to_owned());
    Ok(TokenOutcome::Made { name: made.token.name, secret })
}

/// Answers `POST /tokens/{id}/revoke`: back to the list.
pub async fn post_revoke(
    request: Request<Body>,
    id: String,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let Err(error) = revoke(&contexts, &id).await else { return see_other("/tokens?done=token-revoked") };
    render_outcome(request, options, contexts, error.status(), TokenOutcome::NotRevoked(error)).await
}

async fn revoke(contexts: &impl Fn(), id: &str) -> Result<(), ApiError> {
    let caller = caller(contexts, Permission::PublishPackage)?;
    let everybody = caller.person.role.allows(Permission::ManagePeople);
    let username = &caller.person.username;
    tracing::info!(username, id, "a token is being revoked");
    caller.ports.tokens.revoke(id, (!everybody).then_some(username.as_str())).await
}
