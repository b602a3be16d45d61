//! Data that comes from the server: waiting for it, failing to get it, showing it, and following it.

use domain::errors::ApiError;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::components::alert::Alert;
use crate::components::layout::use_here;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::page::use_language;
use crate::text::{self, common};

/// Shows what a resource holds. `children` is made once and follows the data by its signal; a failed refresh leaves
/// the older data in place, with the failure above it.
#[component]
pub fn Loaded<T, V, F>(
    /// The data.
    resource: Resource<Result<T, ApiError>>,
    /// Shows it.
    children: F,
) -> impl IntoView
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
    V: IntoView + 'static,
    F: Fn(Signal<T>) -> V + Clone + Send + Sync + 'static,
{
    view! {
        <Transition fallback=|| view! { <Skeleton /> }>
            {current(resource, children.clone())}
        </Transition>
    }
}

/// The server makes the view once, when it has the data. A closure it would call at every look for what has yet to load,
/// and each call would make the resources within anew: the browser, which makes each of them once, would then take the
/// data of the first for those of the last, which the page shows.
#[cfg(feature = "ssr")]
fn current<T, V, F>(resource: Resource<Result<T, ApiError>>, show: F) -> impl IntoView
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
    V: IntoView + 'static,
    F: Fn(Signal<T>) -> V + Clone + Send + Sync + 'static,
{
    let retry = Callback::new(move |()| resource.refetch());
    Suspend::new(async move {
        match resource.await {
            Ok(value) => view! {
                {|| None::<AnyView>}
                {Some(show(Signal::stored(value)).into_any())}
            }
            .into_any(),
            Err(error) => view! { <Failure error retry /> }.into_any(),
        }
    })
}

/// The browser keeps the last good answer.
#[cfg(not(feature = "ssr"))]
fn current<T, V, F>(resource: Resource<Result<T, ApiError>>, show: F) -> impl IntoView
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
    V: IntoView + 'static,
    F: Fn(Signal<T>) -> V + Clone + Send + Sync + 'static,
{
    #[derive(Clone, PartialEq)]
    enum State {
        Waiting,
        Failed(ApiError),
        Ready,
    }

    let value =
        move || resource.with(|result| result.as_ref().and_then(|result| result.as_ref().ok().cloned()));
    let last = Memo::new(move |before: Option<&Option<T>>| value().or_else(|| before.cloned().flatten()));
    let failure = Memo::new(move |_| {
        resource.with(|result| result.as_ref().and_then(|result| result.as_ref().err().cloned()))
    });
    let state = Memo::new(move |_| match (last.with(Option::is_some), failure.get()) {
        (true, _) => State::Ready,
        (false, Some(error)) => State::Failed(error),
        (false, None) => State::Waiting,
    });
    let retry = Callback::new(move |()| resource.refetch());
    move || match state.get() {
        State::Waiting => view! { <Skeleton /> }.into_any(),
        State::Failed(error) => view! { <Failure error retry /> }.into_any(),
        State::Ready => {
            let first = last.get_untracked();
            // Ready means that there is a value, and there always is one from then on.
            let value =
                first.map(|first| Signal::derive(move || last.get().unwrap_or_else(|| first.clone())));
            view! {
                {move || failure.get().map(|error| view! { <Failure error retry /> })}
                {value.map(|value| show(value).into_any())}
            }
            .into_any()
        }
    }
}

/// Something made of data within [`Loaded`]. The browser follows it; the server makes it once, having the data already.
pub fn followed<T>(make: impl Fn() -> T + Send + Sync + 'static) -> Signal<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    if cfg!(feature = "ssr") { Signal::stored(untrack(make)) } else { Memo::new(move |_| make()).into() }
}

/// A view within [`Loaded`] that makes resources. The browser makes it anew whenever what it reads changes; the server
/// makes it once, as it does all that is loaded.
#[cfg(feature = "ssr")]
pub fn remade(make: impl Fn() -> AnyView) -> impl IntoView {
    untrack(make)
}

/// A view within [`Loaded`] that makes resources. The browser makes it anew whenever what it reads changes; the server
/// makes it once, as it does all that is loaded.
#[cfg(not(feature = "ssr"))]
pub fn remade(make: impl Fn() -> AnyView + Send + 'static) -> impl IntoView {
    make
}

/// What went wrong, and a way to try again: a link to this very page where there is no script.
#[component]
pub fn Failure(
    /// What went wrong.
    error: ApiError,
    /// Tries again.
    retry: Callback<()>,
) -> impl IntoView {
    let language = use_language();
    let again = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        retry.run(());
    };
    let here = use_here();
    let sign_in = (error == ApiError::Unauthenticated).then(|| {
        let href = move || {
            let mut query = ParamsMap::new();
            query.insert("next", here());
            format!("/login{}", query.to_query_string())
        };
        // Not by the router: everything that the page knows of the person must be told anew.
        view! { <a class="button button-normal" href=href rel="external">{text::login::sign_in(language)}</a> }
    });
    view! {
        <Alert kind=StatusKind::Error>
            <p>{error_text(language, &error)}</p>
            {sign_in}
            <a class="button button-normal" href="" rel="external" on:click=again>{common::retry(language)}</a>
        </Alert>
    }
}

/// Grey lines where text will be.
#[component]
pub fn Skeleton() -> impl IntoView {
    let language = use_language();
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{common::loading(language)}</span>
            <span class="skeleton-line"></span>
            <span class="skeleton-line"></span>
            <span class="skeleton-line"></span>
        </div>
    }
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use domain::permission::Role;

    use std::sync::Arc;

    use async_trait::async_trait;
    use domain::nodes::NodeSnapshot;

    use super::*;
    use crate::activations::fakes::FakeWorld;
    use crate::packages::fakes::OWN;
    use crate::ports::{Nodes, Ports};

    const NODE: &str = "mi-0123456789abcdef0";

    /// Answers from another thread, as a database does.
    struct Elsewhere;

    #[async_trait]
    impl Nodes for Elsewhere {
        async fn snapshot(&self) -> Result<Arc<NodeSnapshot>, ApiError> {
            let read = tokio::task::spawn_blocking(Arc::default).await;
            read.map_err(|_| ApiError::Internal)
        }

        async fn refresh(&self) -> Result<(), ApiError> {
            Ok(())
        }
    }

    async fn text(ports: Ports, path: &str) -> String {
        let options = crate::rendering::options();
        let contexts = move || {
            provide_context(ports.clone());
            provide_context(FakeWorld::page(Some(Role::Admin)));
        };
        let page =
            leptos_axum::render_app_async_with_context(contexts, move || crate::shell(options.clone()));
        let response = page(Request::get(path).body(Body::empty()).unwrap()).await;
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn the_server_answers_with_the_data_every_time() {
        let ports = Ports { nodes: Arc::new(Elsewhere), ..FakeWorld::default().ports() };
        for _ in 0..500 {
            assert!(!text(ports.clone(), "/nodes").await.contains("class=\"skeleton\""));
        }
    }

    /// A page's data are numbered in the order in which its resources are made, here as in the browser.
    #[tokio::test]
    async fn what_is_loaded_within_what_was_loaded_is_asked_for_once() {
        let world = FakeWorld::default();
        world.add_node(NODE);
        let package = format!("/packages/{OWN}");
        for (path, expected) in [
            (format!("/nodes/{NODE}"), 3),
            (package.clone(), 6),
            (format!("{package}/permissions"), 4),
            (format!("{package}/coverage"), 4),
            (format!("{package}/versions/compare"), 4),
            (format!("{package}/owner"), 5),
        ] {
            let page = text(world.ports(), &path).await;
            assert_eq!(page.matches("__RESOLVED_RESOURCES[").count(), expected, "{path}");
        }
    }
}
