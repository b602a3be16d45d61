//! The router: pages, server functions, live events, static files, health, and what surrounds them all.

mod compression;
mod costs_csv;
pub mod errors;
mod forms;
pub mod headers;
mod health;
pub(crate) mod in_time;
mod nodes_csv;
mod observe;
mod package_files;
mod package_forms;
pub mod page_context;
mod preferences;
mod publisher_forms;
pub mod render;
pub mod rendered;
pub mod uploads;

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use app::page::AwsCaller;
use app::ports::Ports;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use leptos::prelude::LeptosOptions;
use leptos_axum::{AxumRouteListing, LeptosRoutes as _, generate_route_list};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;

use self::in_time::in_time;
use self::rendered::RenderedPages;
use crate::assets::Site;
use crate::people::People;
use crate::publish::StoredDrafts;
use crate::store::SqlStore;
use crate::store::sessions::Sessions;
use crate::store::sign_in_attempts::SignInAttempts;
use crate::{assets, auth};

/// Longer than what takes longest, an activation with the default role: 30 s for the role, 10 s until SSM sees it, and 30 s
/// for a call to AWS that is tried again.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(90);
/// Largest request, in bytes: four scripts of 32 KiB, with most of their letters escaped.
pub const MAX_BODY: usize = 512 * 1024;

/// What every request may need.
#[derive(Clone)]
pub struct Console {
    /// Who may sign in.
    pub people: People,
    /// How often somebody has tried.
    pub attempts: Arc<dyn SignInAttempts>,
    /// Who has signed in.
    pub sessions: Sessions,
    /// The database, to be asked whether it answers.
    pub store: SqlStore,
    /// What server functions act through.
    pub ports: Ports,
    /// Where uploads go: the drafts of the ports.
    pub drafts: StoredDrafts,
    /// Whose AWS account this is.
    pub aws: AwsCaller,
    /// How Sekisho is reached.
    pub settings: Settings,
    /// Names of the site's files.
    pub leptos: LeptosOptions,
    /// The site's files.
    pub site: Site,
    /// What this second's screens show.
    pub rendered: RenderedPages,
}

/// How Sekisho is reached.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// Browsers come over TLS.
    pub secure_cookies: bool,
    /// A proxy in front says who the client is.
    pub trust_proxy: bool,
}

impl FromRef<Console> for LeptosOptions {
    fn from_ref(console: &Console) -> Self {
        console.leptos.clone()
    }
}

/// The names of the site's files, as the build gives them.
#[must_use]
pub fn leptos_options() -> LeptosOptions {
    LeptosOptions::builder().output_name("sekisho").site_root("target/site").site_pkg_dir("pkg").build()
}

/// The app's pages. Listed once: while they are listed, no resource of any page loads anywhere in the process.
pub fn routes() -> &'static [AxumRouteListing] {
    static ROUTES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(app::App));
    &ROUTES
}

/// The whole program as a router. `events` is `/events`, for people who have signed in.
pub fn router(console: Console, events: Router) -> Router {
    let options = console.leptos.clone();
    let shell = move || app::shell(options.clone());
    let pages = Router::new()
        .route("/login", post(auth::sign_in))
        .route("/logout", post(auth::sign_out))
        .route("/preferences", post(preferences::save))
        .route("/activations/new", post(forms::create_activation))
        .route("/activations/{id}/delete", post(forms::delete_activation))
        .route("/nodes/settings/tier", post(forms::change_tier))
        .route("/nodes/deregister", post(forms::deregister_nodes))
        .route("/nodes/role", post(forms::change_node_role))
        .route("/nodes/tags", post(forms::edit_node_tags))
        .route("/nodes/actions/{id}/retry", post(forms::retry_node_action))
        .route("/nodes.csv", get(nodes_csv::download))
        .route("/nodes/refresh", post(forms::refresh_nodes))
        .route("/packages/drafts", post(forms::create_draft))
        .route("/packages/drafts/{id}/{step}", post(forms::save_draft_step))
        .route("/packages/drafts/{id}/manifest/{way}", post(forms::fill_draft_manifest))
        .route("/packages/drafts/{id}/check/{action}", post(forms::check_draft))
        .route("/packages/drafts/{id}/publish", post(forms::publish_draft))
        .route("/packages/drafts/{id}/remove", post(forms::remove_draft))
        .route("/packages/drafts/{id}/files/{file}/remove", post(forms::remove_draft_file))
        .route("/packages/publications/{id}/cancel", post(forms::cancel_publication))
        .route("/costs/hybrid-activations", post(forms::save_hybrid_activations_estimate))
        .route("/costs/hybrid-activations.csv", get(costs_csv::hybrid_activations))
        .route("/costs/distributor", post(forms::save_distributor_estimate))
        .route("/costs/distributor.csv", get(costs_csv::distributor))
        .route("/costs/estimates/{id}/delete", post(forms::delete_estimate))
        .route("/packages/{name}/file", get(package_files::download))
        .route("/packages/{name}", post(package_forms::tags))
        .route("/packages/{name}/permissions/edit", post(package_forms::share))
        .route("/packages/{name}/versions/{version}/default", post(package_forms::set_default_version))
        .route("/packages/{name}/versions/{version}/delete", post(package_forms::delete_version))
        .route("/packages/{name}/delete", post(package_forms::delete))
        .route("/packages/{name}/owner", post(publisher_forms::hand_over))
        .route("/settings/publishers/edit", post(publisher_forms::set_rule))
        .route("/tokens", post(publisher_forms::create_token))
        .route("/tokens/{id}/revoke", post(publisher_forms::revoke_token))
        .leptos_routes_with_context(&console, routes().to_vec(), render::context(&console), shell)
        .fallback(render::not_found)
        .with_state(console.clone())
        .layer(from_fn(errors::own_status))
        .layer(from_fn_with_state(console.clone(), rendered::once_a_second))
        .merge(events);
    let pages = signed_in(&console, pages);
    let uploads = signed_in(&console, uploads::routes(console.clone()));
    let health = Router::new()
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .with_state(console.clone())
        .layer(from_fn(headers::never_store));
    let answers = pages
        .merge(health)
        .layer(from_fn_with_state(console.site, assets::serve))
        .layer(compression::layer());
    observe::layers(
        in_time(answers, REQUEST_TIMEOUT)
            .layer(DefaultBodyLimit::max(MAX_BODY))
            .layer(RequestBodyLimitLayer::new(MAX_BODY))
            // Neither limit is for them: they count bytes themselves, and end who is silent.
            .merge(uploads)
            .merge(crate::api::routes(&console))
            .layer(from_fn_with_state(console.settings, headers::security_headers))
            .layer(CatchPanicLayer::custom(errors::panicked)),
    )
}

/// For people who have signed in, from this console's own pages.
fn signed_in(console: &Console, router: Router) -> Router {
    router
        .layer(from_fn_with_state(console.clone(), auth::guard))
        .layer(auth::session_layer(console.sessions.clone(), console.settings.secure_cookies))
        .layer(CsrfLayer::new())
        .layer(from_fn(headers::never_store))
}
