//! Figures and charts. A chart is drawn for the eye only: the list beside it has the same figures, as text and links.

use leptos::prelude::*;

use crate::components::number::number as grouped;
use crate::page::use_language;
use crate::text::overview as text;

/// A number, what it counts, and the list of just that. None of something alarms nobody.
pub(super) fn figure(href: String, label: AnyView, number: usize) -> impl IntoView {
    let class = if number == 0 { "figure figure-none" } else { "figure" };
    view! {
        <li>
            <a class=class href=href>
                <span class="figure-label">{label}</span>
                <span class="figure-number">{grouped(number)}</span>
            </a>
        </li>
    }
}

/// One bar of several parts, each of a class of its own.
pub(super) fn stack(parts: &[(&'static str, usize)]) -> impl IntoView + use<> {
    let total: usize = parts.iter().map(|(_, number)| number).sum();
    let mut start = 0;
    let parts = parts
        .iter()
        .map(|(class, number)| {
            let x = share(start, total);
            start += number;
            let width = share(start, total) - x;
            view! { <rect class=*class x=x.to_string() width=width.to_string() height="10" /> }
        })
        .collect_view();
    view! {
        <svg class="stack" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
            {parts}
        </svg>
    }
}

/// A list of names and numbers, each with a bar of its share. The name leads to what the number counts.
pub(super) fn bars(rows: Vec<(String, String, usize)>, total: usize) -> AnyView {
    if rows.is_empty() {
        let language = use_language();
        return view! { <p class="secondary">{text::no_nodes(language)}</p> }.into_any();
    }
    let rows = rows
        .into_iter()
        .map(|(name, href, number)| {
            view! {
                <li>
                    <span class="bar-label">
                        <a href=href>{name}</a>
                        <span>{grouped(number)}</span>
                    </span>
                    <svg class="bar" viewBox="0 0 1000 6" preserveAspectRatio="none" aria-hidden="true">
                        <rect width=share(number, total).to_string() height="6" />
                    </svg>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="bars">{rows}</ul> }.into_any()
}

/// In thousandths.
fn share(part: usize, total: usize) -> usize {
    (part * 1000).checked_div(total).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_fill_the_whole() {
        assert_eq!([share(1, 3), share(3, 3), share(0, 0)], [333, 1000, 0]);
    }
}
