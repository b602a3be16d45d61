//! What tests that render pages have in common.

use std::sync::Once;

use leptos::config::LeptosOptions;

/// The options of a page. As the server does, the routes are listed once before: that makes the executor known, and while
/// it goes on no resource of any thread loads, so a page that is rendered meanwhile would wait for ever.
pub fn options() -> LeptosOptions {
    static ROUTES: Once = Once::new();
    ROUTES.call_once(|| drop(leptos_axum::generate_route_list(crate::App)));
    LeptosOptions::builder().output_name("sekisho").build()
}
