//! The page of one item of a list: followed as it changes, or gone.

use domain::errors::ApiError;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::components::container::{EmptyState, PageHeader};
use crate::components::loaded::{Loaded, remade};

/// The item's id, which the page's address has in place of `:id`.
#[must_use]
pub fn use_id() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default())
}

/// Nothing where there is no such item: no error but a state, as it may have been deleted while somebody looked at it.
///
/// # Errors
/// Any other error.
pub fn if_there<T>(answer: Result<T, ApiError>) -> Result<Option<T>, ApiError> {
    match answer {
        Ok(item) => Ok(Some(item)),
        Err(ApiError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What the page says where there is no such item, or no longer.
#[derive(Clone, Copy)]
pub struct Gone {
    /// The heading.
    pub title: &'static str,
    /// What may have happened.
    pub description: &'static str,
    /// The list's address.
    pub list: &'static str,
    /// Leads to the list.
    pub back: &'static str,
}

/// Shows an item and follows it. Another id is another item: what was open or typed on the page belongs to the former.
#[component]
pub fn Item<T, F>(
    /// The item, by [`if_there`].
    resource: Resource<Result<Option<T>, ApiError>>,
    /// Its id.
    id: fn(&T) -> String,
    /// In place of one that is not there.
    gone: Gone,
    /// Shows it.
    show: F,
) -> impl IntoView
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Fn(Signal<T>) -> AnyView + Clone + Send + Sync + 'static,
{
    let children = move |found: Signal<Option<T>>| {
        let show = show.clone();
        let id = Memo::new(move |_| found.with(|found| found.as_ref().map(id)));
        remade(move || match id.get().and(found.get_untracked()) {
            Some(first) => show(Signal::derive(move || found.get().unwrap_or_else(|| first.clone()))),
            None => view! { <NotThere gone /> }.into_any(),
        })
    };
    view! { <Loaded resource children /> }
}

/// The page of an item that is not there.
#[component]
pub fn NotThere(
    /// What it says.
    gone: Gone,
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <PageHeader title=gone.title />
        <EmptyState title=gone.title description=gone.description.to_owned()>
            <a class="button button-normal" href=gone.list>{gone.back}</a>
        </EmptyState>
    }
    .into_any()
}
