//! Forms that are posted without script: the page is the answer.

use app::page::PageContext;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::response::Response;

use super::Console;
use super::render::context_of;

/// `POST /activations/new`.
pub async fn create_activation(State(console): State<Console>, request: Request) -> Response<Body> {
    let context = context_of(&console, page(&request));
    app::activations::post_create(request, console.leptos, context).await
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
    request: Request,
) -> Response<Body> {
    let context = context_of(&console, page(&request));
    app::tier::post_change(request, to, console.leptos, context).await
}

fn page(request: &Request) -> PageContext {
    request.extensions().get::<PageContext>().cloned().unwrap_or_default()
}
