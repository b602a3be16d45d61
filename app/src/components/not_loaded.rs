//! In place of what needs code that has not come.

use leptos::prelude::*;

use crate::components::container::EmptyState;
use crate::page::use_language;
use crate::text::common as text;

/// The code has not come: the connection is gone, or the console has been updated meanwhile.
#[component]
pub fn NotLoaded() -> impl IntoView {
    let language = use_language();
    view! {
        <EmptyState title=text::page_not_loaded(language) description=text::page_not_loaded_why(language)>
            // An ordinary link: the page comes from the server, with the code that belongs to it.
            <a class="button" href="" rel="external">{text::load_again(language)}</a>
        </EmptyState>
    }
}
