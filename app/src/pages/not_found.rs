//! The answer to an address without a page.

use leptos::prelude::*;

use crate::components::button::{ButtonKind, LinkButton};
use crate::components::container::EmptyState;
use crate::components::layout::Layout;
use crate::components::title::set_title;
use crate::page::{use_language, use_page};
use crate::text::common;

/// Says that there is nothing here, with status 404.
#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    let language = use_language();
    set_title(common::page_not_found(language));
    let body = move || {
        view! {
            <h1 class="visually-hidden">{common::page_not_found(language)}</h1>
            <EmptyState title=common::page_not_found(language) description=common::page_not_found_hint(language).to_owned()>
                <LinkButton href="/" text=common::to_overview(language) kind=ButtonKind::Primary />
            </EmptyState>
        }
    };
    if use_page().with_value(|page| page.person.is_some()) {
        view! { <Layout><section class="container">{body()}</section></Layout> }.into_any()
    } else {
        view! { <main class="sign-in"><div>{body()}</div></main> }.into_any()
    }
}
