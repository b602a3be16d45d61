//! Forms that are posted without script: the page is the answer.

use app::page::PageContext;
use app::server::forms::PostedForm;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Form, Path, Query, Request, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::costs::Calculator;
use domain::errors::ApiError;
use domain::nodes::actions::ActionKind;
use domain::permission::Permission;

use super::Console;
use super::errors::api_error;
use super::render::context_of;
use crate::auth::site_path;

/// `POST /activations/new`.
pub async fn create_activation(State(console): State<Console>, form: PostedForm) -> Response<Body> {
    let context = context_of(&console, page(&form.request));
    app::activations::post_create(form, console.leptos, context).await
}

/// `POST /activations/{id}/delete`.
pub async fn delete_activation(
    State(console): State<Console>,
    Path(id): Path<String>,
    request: Request,
) -> Response<Body> {
    let context = context_of(&console, page(&request));
    app::activations::post_delete(request, id, console.leptos, context).await
}

/// The tier that `?to=` names.
#[derive(serde::Deserialize)]
pub struct ToTier {
    to: Option<String>,
}

/// `POST /nodes/settings/tier?to=…`.
pub async fn change_tier(
    State(console): State<Console>,
    Query(ToTier { to }): Query<ToTier>,
    form: PostedForm,
) -> Response<Body> {
    let context = context_of(&console, page(&form.request));
    app::tier::post_change(form, to, console.leptos, context).await
}

/// `POST /nodes/deregister`.
pub async fn deregister_nodes(State(console): State<Console>, form: PostedForm) -> Response<Body> {
    act(console, ActionKind::Deregister, form).await
}

/// `POST /nodes/role`.
pub async fn change_node_role(State(console): State<Console>, form: PostedForm) -> Response<Body> {
    act(console, ActionKind::Role, form).await
}

/// `POST /nodes/tags`.
pub async fn edit_node_tags(State(console): State<Console>, form: PostedForm) -> Response<Body> {
    act(console, ActionKind::Tags, form).await
}

async fn act(console: Console, kind: ActionKind, form: PostedForm) -> Response<Body> {
    let context = context_of(&console, page(&form.request));
    app::nodes::actions::post_form(form, kind, console.leptos, context).await
}

/// `POST /nodes/actions/{id}/retry`.
pub async fn retry_node_action(
    State(console): State<Console>,
    Path(id): Path<String>,
    form: PostedForm,
) -> Response<Body> {
    let context = context_of(&console, page(&form.request));
    app::nodes::actions::post_retry(form, id, console.leptos, context).await
}

/// `POST /nodes/refresh`: asks SSM now and leads back to `next`, where the list says what came of it.
pub async fn refresh_nodes(
    State(console): State<Console>,
    Extension(page): Extension<PageContext>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response<Body> {
    if !page.may(Permission::Read) {
        return api_error(&ApiError::Forbidden);
    }
    if let Err(error) = console.ports.nodes.refresh().await {
        tracing::debug!(%error, "the nodes were not fetched anew");
    }
    let next = fields.iter().find(|(name, _)| name == "next").map_or("/nodes", |(_, next)| next);
    Redirect::to(&site_path(next)).into_response()
}

/// `POST /costs/hybrid-activations`.
pub async fn save_hybrid_activations_estimate(
    State(console): State<Console>,
    form: PostedForm,
) -> Response<Body> {
    save_estimate(console, Calculator::HybridActivations, form).await
}

/// `POST /costs/distributor`.
pub async fn save_distributor_estimate(State(console): State<Console>, form: PostedForm) -> Response<Body> {
    save_estimate(console, Calculator::Distributor, form).await
}

async fn save_estimate(console: Console, calculator: Calculator, form: PostedForm) -> Response<Body> {
    let context = context_of(&console, page(&form.request));
    app::costs::post_save(form, calculator, console.leptos, context).await
}

/// `POST /costs/estimates/{id}/delete`.
pub async fn delete_estimate(
    State(console): State<Console>,
    Path(id): Path<String>,
    request: Request,
) -> Response<Body> {
    let context = context_of(&console, page(&request));
    app::costs::post_delete(request, id, console.leptos, context).await
}

/// `POST /packages/drafts`.
pub async fn create_draft(State(console): State<Console>, form: PostedForm) -> Response<Body> {
    let context = context_of(&console, page(&form.request));
    app::packages::drafts::post_create(form, console.leptos, context).await
}

/// `POST /packages/drafts/{id}/{step}`.
pub async fn save_draft_step(
    State(console): State<Console>,
    Path(step): Path<(String, String)>,
    form: PostedForm,
) -> Response<Body> {
    let context = context_of(&console, page(&form.request));
    app::packages::drafts::post_step(form, step, console.leptos, context).await
}

/// `POST /packages/drafts/{id}/manifest/{way}`.
pub async fn fill_draft_manifest(
    State(console): State<Console>,
    Path(way): Path<(String, String)>,
    form: PostedForm,
) -> Response<Body> {
    let context = context_of(&console, page(&form.request));
    app::packages::checks::post_manifest(form, way, console.leptos, context).await
}

/// `POST /packages/drafts/{id}/check/{action}`.
pub async fn check_draft(
    State(console): State<Console>,
    Path(action): Path<(String, String)>,
    request: Request,
) -> Response<Body> {
    let context = context_of(&console, page(&request));
    app::packages::checks::post_check(request, action, console.leptos, context).await
}

/// `POST /packages/drafts/{id}/publish`.
pub async fn publish_draft(
    State(console): State<Console>,
    Path(id): Path<String>,
    form: PostedForm,
) -> Response<Body> {
    let context = context_of(&console, page(&form.request));
    app::packages::drafts::post_publish(form, id, console.leptos, context).await
}

/// `POST /packages/drafts/{id}/remove`.
pub async fn remove_draft(
    State(console): State<Console>,
    Path(id): Path<String>,
    request: Request,
) -> Response<Body> {
    let context = context_of(&console, page(&request));
    app::packages::drafts::post_remove(request, id, console.leptos, context).await
}

/// `POST /packages/drafts/{id}/files/{file}/remove`.
pub async fn remove_draft_file(
    State(console): State<Console>,
    Path(file): Path<(String, String)>,
    request: Request,
) -> Response<Body> {
    let context = context_of(&console, page(&request));
    app::packages::drafts::post_remove_file(request, file, console.leptos, context).await
}

/// `POST /packages/publications/{id}/cancel`.
pub async fn cancel_publication(
    State(console): State<Console>,
    Path(id): Path<String>,
    request: Request,
) -> Response<Body> {
    let context = context_of(&console, page(&request));
    app::packages::drafts::post_cancel(request, id, console.leptos, context).await
}

/// What the request knows of who sends it.
pub(super) fn page(request: &Request) -> PageContext {
    request.extensions().get::<PageContext>().cloned().unwrap_or_default()
}
