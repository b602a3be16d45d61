//! The forms, posted: on to the page that shows how far the action has come, or back to the form with what is wrong.

use axum::body::Body;
use axum::http::Response;
use domain::nodes::actions::{ActionForm, ActionKind};
use domain::permission::Permission;
use leptos::config::LeptosOptions;

use super::{ActionRefused, RetryRefused, begin, retry};
use crate::server::forms::{PostedForm, caller, render_outcome, see_other, value};

/// Answers `POST /nodes/{deregister,role,tags}`. `contexts` provides what every page gets.
pub async fn post_form(
    posted: PostedForm,
    kind: ActionKind,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let PostedForm { request, fields } = posted;
    let form = ActionForm::from_fields(kind, fields);
    let begun = match caller(&contexts, kind.permission()) {
        Ok(caller) => begin(&caller, &form).await,
        Err(error) => Err(error),
    };
    match begun {
        Ok(id) => see_other(&format!("/nodes/actions/{id}")),
        Err(error) => {
            let status = error.status();
            render_outcome(request, options, contexts, status, ActionRefused { form, error }).await
        }
    }
}

/// Answers `POST /nodes/actions/{id}/retry`.
pub async fn post_retry(
    posted: PostedForm,
    id: String,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let PostedForm { request, fields } = posted;
    let submission = value(&fields, "submission").unwrap_or_default();
    // Which permission it takes is known only with the action itself.
    let begun = match caller(&contexts, Permission::Read) {
        Ok(caller) => retry(&caller, &id, submission).await,
        Err(error) => Err(error),
    };
    match begun {
        Ok(id) => see_other(&format!("/nodes/actions/{id}")),
        Err(error) => render_outcome(request, options, contexts, error.status(), RetryRefused(error)).await,
    }
}

#[cfg(test)]
mod tests;
