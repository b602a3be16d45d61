//! Forms that change a package.

use app::server::forms::PostedForm;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::packages::change::ChangeKind;

use super::Console;
use super::forms::page;
use super::render::context_of;

/// `POST /packages/{name}?edit=tags`.
pub async fn tags(console: State<Console>, Path(name): Path<String>, form: PostedForm) -> Response<Body> {
    change(console, name, (ChangeKind::Tags, 0), form).await
}

/// `POST /packages/{name}/permissions/edit`.
pub async fn share(console: State<Console>, Path(name): Path<String>, form: PostedForm) -> Response<Body> {
    change(console, name, (ChangeKind::Share, 0), form).await
}

/// `POST /packages/{name}/delete`.
pub async fn delete(console: State<Console>, Path(name): Path<String>, form: PostedForm) -> Response<Body> {
    change(console, name, (ChangeKind::Delete, 0), form).await
}

/// `POST /packages/{name}/versions/{version}/default`.
pub async fn set_default_version(
    console: State<Console>,
    Path((name, version)): Path<(String, u64)>,
    form: PostedForm,
) -> Response<Body> {
    change(console, name, (ChangeKind::DefaultVersion, version), form).await
}

/// `POST /packages/{name}/versions/{version}/delete`.
pub async fn delete_version(
    console: State<Console>,
    Path((name, version)): Path<(String, u64)>,
    form: PostedForm,
) -> Response<Body> {
    change(console, name, (ChangeKind::DeleteVersion, version), form).await
}

async fn change(
    State(console): State<Console>,
    name: String,
    change: (ChangeKind, u64),
    form: PostedForm,
) -> Response<Body> {
    let context = context_of(&console, page(&form.request));
    app::packages::post_change(form, name, change, console.leptos, context).await
}
