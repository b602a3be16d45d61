//! The HTTP API for pipelines, `/api/v1`: the same publications as the wizard makes, by the same functions.
//!
//! Who calls says so by a token (`Authorization: Bearer sekisho_…`). Cookies mean nothing here, so that no page of another
//! site can call in somebody's name, and nothing needs to guard against that.

mod bearer;
mod create;
pub mod error;
mod files;
mod publications;
pub mod request;
pub mod view;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{any, get};
use tower_http::limit::RequestBodyLimitLayer;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::web::in_time::in_time;
use crate::web::{Console, MAX_BODY, REQUEST_TIMEOUT, headers};

/// What stands at the head of the description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Sekisho",
        description = "Publishes packages to AWS Systems Manager Distributor: begin a publication, send its files, publish \
                       it, and follow it until it is published or has failed.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    tags((name = "publications", description = "Packages on their way into Distributor"))
)]
struct Description;

/// The description of the API (OpenAPI 3.1).
#[must_use]
pub fn description() -> utoipa::openapi::OpenApi {
    described().into_openapi()
}

fn described() -> OpenApiRouter<Console> {
    let mut description = Description::openapi();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(
        "A token from the page Access tokens. It acts for the person whose it is, within its own scope.",
    ));
    let components = description.components.get_or_insert_default();
    components.add_security_scheme("token", SecurityScheme::Http(bearer.build()));
    OpenApiRouter::with_openapi(description).merge(small()).merge(uploads())
}

/// Requests that are small and short.
fn small() -> OpenApiRouter<Console> {
    OpenApiRouter::new()
        .routes(routes!(create::create))
        .routes(routes!(publications::read, publications::remove))
        .routes(routes!(publications::publish))
}

/// Those that may be large and long.
fn uploads() -> OpenApiRouter<Console> {
    OpenApiRouter::new().routes(routes!(files::receive, files::offset))
}

/// The routes, with everything that guards them.
pub fn routes(console: &Console) -> Router {
    let (small, _) = small().split_for_parts();
    let (uploads, _) = uploads().split_for_parts();
    let small = in_time(small.route("/api/v1/{*rest}", any(error::no_route)), REQUEST_TIMEOUT)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(RequestBodyLimitLayer::new(MAX_BODY));
    small
        .merge(uploads)
        .layer(from_fn_with_state(console.clone(), bearer::bearer))
        // Nothing of it is secret.
        .route("/api/openapi.json", get(document))
        .with_state(console.clone())
        .layer(from_fn(headers::never_store))
}

async fn document() -> Response {
    axum::Json(description()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_described_with_its_answers_and_its_token() {
        let description = serde_json::to_value(description()).unwrap();
        let paths = description["paths"].as_object().unwrap();
        let mut operations: Vec<_> = paths
            .iter()
            .flat_map(|(path, item)| {
                item.as_object().unwrap().keys().map(move |method| format!("{method} {path}"))
            })
            .collect();
        operations.sort_unstable();
        assert_eq!(
            operations,
            [
                "delete /api/v1/publications/{id}",
                "get /api/v1/publications/{id}",
                "head /api/v1/publications/{id}/files/{file}",
                "post /api/v1/publications",
                "post /api/v1/publications/{id}/publish",
                "put /api/v1/publications/{id}/files/{file}",
            ]
        );
        for (path, item) in paths {
            for (method, operation) in item.as_object().unwrap() {
                assert!(operation["responses"]["401"].is_object(), "{method} {path}");
                assert_eq!(operation["security"][0]["token"], serde_json::json!([]), "{method} {path}");
            }
        }
        assert_eq!(description["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    }
}
