//! The forms, posted: on to the page that shows how far the action has come, or back to the form with what is wrong.

use axum::body::Body;
use axum::extract::{Form, FromRequest};
use axum::http::{Request, Response};
use axum::response::IntoResponse as _;
use domain::nodes::actions::{ActionForm, ActionKind};
use domain::permission::Permission;
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;

use super::{ActionRefused, RetryRefused, begin, retry};
use crate::server::forms::{caller, render, see_other};

type Fields = Vec<(String, String)>;

/// Answers `POST /nodes/{deregister,role,tags}`. `contexts` provides what every page gets.
pub async fn post_form(
    request: Request<Body>,
    kind: ActionKind,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let (request, fields) = match read(request).await {
        Ok(read) => read,
        Err(answer) => return answer,
    };
    let form = ActionForm::from_fields(kind, fields);
    let begun = match caller(&contexts, kind.permission()) {
        Ok(caller) => begin(&caller, &form).await,
        Err(error) => Err(error),
    };
    match begun {
        Ok(id) => see_other(&format!("/nodes/actions/{id}")),
        Err(error) => {
            let status = error.status();
            let refused = ActionRefused { form, error };
            let contexts = move || {
                contexts();
                provide_context(refused.clone());
            };
            render(request, options, contexts, status).await
        }
    }
}

/// Answers `POST /nodes/actions/{id}/retry`.
pub async fn post_retry(
    request: Request<Body>,
    id: String,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let (request, fields) = match read(request).await {
        Ok(read) => read,
        Err(answer) => return answer,
    };
    let submission = fields.into_iter().find(|(name, _)| name == "submission").map(|(_, token)| token);
    // Which permission it takes is known only with the action itself.
    let begun = match caller(&contexts, Permission::Read) {
        Ok(caller) => retry(&caller, &id, &submission.unwrap_or_default()).await,
        Err(error) => Err(error),
    };
    match begun {
        Ok(id) => see_other(&format!("/nodes/actions/{id}")),
        Err(error) => {
            let status = error.status();
            let contexts = move || {
                contexts();
                provide_context(RetryRefused(error.clone()));
            };
            render(request, options, contexts, status).await
        }
    }
}

/// The fields, and the request without them, to render a page for.
async fn read(request: Request<Body>) -> Result<(Request<Body>, Fields), Response<Body>> {
    let (parts, body) = request.into_parts();
    let fields = Form::<Fields>::from_request(Request::from_parts(parts.clone(), body), &()).await;
    match fields {
        Ok(Form(fields)) => Ok((Request::from_parts(parts, Body::empty()), fields)),
        Err(rejection) => Err(rejection.into_response()),
    }
}

#[cfg(test)]
mod tests;
