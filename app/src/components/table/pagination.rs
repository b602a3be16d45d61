//! Links to a table's pages.

use leptos::prelude::*;

use super::{Links, page_numbers};
use crate::components::icon::Icon;
use crate::page::use_language;
use crate::text::table as text;

/// Previous, numbers, next; nothing when there is only one page.
#[component]
pub fn Pagination(
    /// Where they lead.
    links: Links,
    /// The current page and how many there are.
    pages: Signal<(usize, usize)>,
) -> impl IntoView {
    let language = use_language();
    let pages = Memo::new(move |_| pages.get());
    let to = move |page| links.at_page.run(page);
    let step = move |enabled: bool, page: usize, label: &'static str, icon: Icon| {
        view! {
            <li>
                <a
                    class="button button-icon"
                    href=move || enabled.then(|| to(page))
                    aria-label=label
                    aria-disabled=(!enabled).then_some("true")
                    role=(!enabled).then_some("link")
                >
                    <Icon icon />
                </a>
            </li>
        }
    };
    let number = move |current: usize, page: Option<usize>| match page {
        None => view! { <li aria-hidden="true" class="page-gap">"…"</li> }.into_any(),
        Some(page) => view! {
            <li>
                <a
                    class="page-number"
                    href=move || to(page)
                    aria-label=text::page_number(language, page)
                    aria-current=(page == current).then_some("page")
                >
                    {page}
                </a>
            </li>
        }
        .into_any(),
    };
    move || {
        let (current, count) = pages.get();
        (count > 1).then(|| {
            let numbers =
                page_numbers(current, count).into_iter().map(|page| number(current, page)).collect_view();
            view! {
                <nav class="pagination" aria-label=text::pages(language)>
                    <ul>
                        {step(current > 1, current - 1, text::previous_page(language), Icon::Left)}
                        {numbers}
                        {step(current < count, current + 1, text::next_page(language), Icon::Right)}
                    </ul>
                </nav>
            }
        })
    }
}
