//! Forms that set rules for publishers, hand packages over, and make and revoke tokens.

use app::server::forms::PostedForm;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::Response;

use super::Console;
use super::forms::page;
use super::render::context_of;

/// `POST /settings/publishers/edit`.
pub async fn set_rule(State(console): State<Console>, form: PostedForm) -> Response<Body> {
    let context = context_of(&console, page(&form.request));
    app::publishers::post_rule(form, console.leptos, context).await
}

/// `POST /packages/{name}/owner`.
pub async fn hand_over(
    State(console): State<Console>,
    Path(name): Path<String>,
    form: PostedForm,
) -> Response<Body> {
    let context = context_of(&console, page(&form.request));
    app::publishers::post_owner(form, name, console.leptos, context).await
}

/// `POST /tokens`.
pub async fn create_token(State(console): State<Console>, form: PostedForm) -> Response<Body> {
    let context = context_of(&console, page(&form.request));
    app::tokens::post_create(form, console.leptos, context).await
}

/// `POST /tokens/{id}/revoke`.
pub async fn revoke_token(
    State(console): State<Console>,
    Path(id): Path<String>,
    request: Request,
) -> Response<Body> {
    let context = context_of(&console, page(&request));
    app::tokens::post_revoke(request, id, console.leptos, context).await
}
