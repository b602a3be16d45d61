//! What tests that render pages have in common.

use std::sync::Once;

use axum::body::{Body, to_bytes};
use axum::extract::FromRequest as _;
use axum::http::header::{AsHeaderName, CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use axum::http::{Request, Response};
use domain::permission::Role;
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;

use crate::activations::fakes::FakeWorld;
use crate::server::forms::PostedForm;

const MEBIBYTE: usize = 1 << 20;

/// The options of a page. As the server does, the routes are listed once before: that makes the executor known, and while
/// it goes on no resource of any thread loads, so a page that is rendered meanwhile would wait for ever.
pub fn options() -> LeptosOptions {
    static ROUTES: Once = Once::new();
    ROUTES.call_once(|| drop(leptos_axum::generate_route_list(crate::App)));
    LeptosOptions::builder().output_name("sekisho").build()
}

/// What every page of somebody with this role gets, or of nobody.
pub fn contexts(world: &FakeWorld, role: Option<Role>) -> impl Fn() + Clone + Send + Sync + 'static {
    let ports = world.ports();
    move || {
        provide_context(ports.clone());
        provide_context(FakeWorld::page(role));
    }
}

/// A form as browsers send it.
pub async fn posted(address: &str, fields: &str) -> PostedForm {
    let request = Request::post(address)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(fields.to_owned()))
        .unwrap();
    PostedForm::from_request(request, &()).await.unwrap()
}

/// A response, read to its end.
pub struct Answer {
    pub status: u16,
    pub cache: String,
    pub location: String,
    pub body: String,
}

impl Answer {
    pub async fn of(response: Response<Body>) -> Self {
        let (status, cache, location) =
            (response.status().as_u16(), header(&response, CACHE_CONTROL), header(&response, LOCATION));
        let body = to_bytes(response.into_body(), MEBIBYTE).await.unwrap();
        Self { status, cache, location, body: String::from_utf8(body.to_vec()).unwrap() }
    }
}

fn header(response: &Response<Body>, name: impl AsHeaderName) -> String {
    response.headers().get(name).map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
}
