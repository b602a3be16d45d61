//! Forms that change a package.

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use domain::packages::change::ChangeKind;

use super::Console;
use super::forms::page;
use super::render::context_of;

/// `POST /packages/{name}?edit=tags`.
pub async fn tags(console: State<Console>, Path(name): Path<String>, request: Request) -> Response<Body> {
    change(console, name, (ChangeKind::Tags, 0), request).await
}

/// `POST /packages/{name}/permissions/edit`.
pub async fn share(console: State<Console>, Path(name): Path<String>, request: Request) -> Response<Body> {
    change(console, name, (ChangeKind::Share, 0), request).await
}

/// `POST /packages/{name}/delete`.
pub async fn delete(console: State<Console>, Path(name): Path<String>, request: Request) -> Response<Body> {
    change(console, name, (ChangeKind::Delete, 0), request).await
}

/// `POST /packages/{name}/versions/{version}/default`.
pub async fn set_default_version(
    console: State<Console>,
    Path((name, version)): Path<(String, u64)>,
    request: Request,
) -> Response<Body> {
    change(console, name, (ChangeKind::DefaultVersion, version), request).await
}

/// `POST /packages/{name}/versions/{version}/delete`.
pub async fn delete_version(
    console: State<Console>,
    Path((name, version)): Path<(String, u64)>,
    request: Request,
) -> Response<Body> {
    change(console, name, (ChangeKind::DeleteVersion, version), request).await
}

async fn change(
    State(console): State<Console>,
    name: String,
    change: (ChangeKind, u64),
    request: Request,
) -> Response<Body> {
    let context = context_of(&console, page(&request));
    app::packages::post_change(request, name, change, console.leptos, context).await
}
