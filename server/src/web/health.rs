//! Health for whatever watches over the process.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::errors::ApiError;
use serde::Serialize;

use super::Console;

/// `GET /healthz`: the process lives. Asks nothing of anybody, so that a restart never follows from others' faults.
pub async fn live() -> &'static str {
    "ok\n"
}

/// What `/readyz` tells.
#[derive(Serialize)]
struct Readiness {
    database: &'static str,
    aws: &'static str,
}

/// `GET /readyz`: requests can be answered, which needs the database. AWS is told but decides nothing: without it
/// people still sign in and see the last snapshot, and no other instance would do better.
pub async fn ready(State(console): State<Console>) -> Response {
    let database = console.store.ping().await;
    if let Err(error) = &database {
        tracing::error!(%error, "not ready");
    }
    let aws = match console.ports.nodes.snapshot().await {
        Ok(snapshot) if snapshot.failure.is_none() && snapshot.fetched_at.is_none() => "not asked yet",
        Ok(snapshot) if matches!(snapshot.failure, Some(ApiError::Unreachable { .. })) => "unreachable",
        Ok(snapshot) if snapshot.failure.is_some() => "refuses",
        Ok(_) => "ok",
        Err(_) => "unknown",
    };
    let status = if database.is_ok() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let database = if database.is_ok() { "ok" } else { "does not answer" };
    (status, Json(Readiness { database, aws })).into_response()
}
