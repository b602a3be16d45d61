//! A table's page with its heading, headings of columns, links to other pages: whoever has made the page.

use leptos::prelude::*;

use super::body::{Counts, Heading};
use super::pagination::Pagination;
use super::preferences::Preferences;
use super::selection::{SelectPage, SelectRow};
use super::{Selection, TableBody, TablePreferences};
use crate::components::container::EmptyState;
use crate::components::icon::Icon;
use crate::components::number::number;
use crate::components::title::set_title;
use crate::page::use_language;
use crate::text::table as text;

/// Where a table's links lead.
#[derive(Clone, Copy)]
pub struct Links {
    /// Which way it is sorted by a column: `Some(true)` is descending.
    pub direction: Callback<&'static str, Option<bool>>,
    /// Sorted by a column, the other way round where it is already.
    pub sorted_by: Callback<&'static str, String>,
    /// Another page.
    pub at_page: Callback<usize, String>,
    /// Every row.
    pub cleared: Signal<String>,
}

/// A page of a table with everything around it. Rows keep their place and their focus when the data changes.
#[component]
pub fn TableFrame(
    /// In preferences.
    name: &'static str,
    /// What is shown.
    body: TableBody,
    /// What the person prefers.
    preferences: TablePreferences,
    /// Whether some rows are left out.
    filtered: Signal<bool>,
    /// Where its links lead.
    links: Links,
    /// What filters it.
    tools: AnyView,
    /// Its heading (`h1`: a table is its page's main thing).
    title: String,
    /// Beside the heading.
    #[prop(optional_no_strip)]
    badge: Option<AnyView>,
    /// A line below the heading.
    #[prop(optional_no_strip)]
    description: Option<AnyView>,
    /// Buttons at its right.
    #[prop(optional_no_strip)]
    actions: Option<AnyView>,
    /// Rows can be chosen.
    #[prop(optional_no_strip)]
    selection: Option<Selection>,
    /// What stands there when there are no rows at all.
    empty: ViewFn,
) -> impl IntoView {
    let TableBody { choices, headings, keys, counts, cells, card } = body;
    let select_page = selection.map(|selection| view! { <SelectPage selection keys /> });
    let headings = headings.into_iter().map(|column| heading(column, links)).collect_view();
    let row = move |key: String| {
        let cells = cells(key.clone());
        let select = selection.map(|selection| view! { <SelectRow selection key /> });
        view! { <tr>{select}{cells}</tr> }.into_any()
    };
    let rows = match card {
        Some(card) => view! {
            <ul class="cards" aria-label=title.clone()>
                <For each=move || keys.get() key=String::clone children=move |key| view! { <li class="card">{card(key)}</li> } />
            </ul>
        }
        .into_any(),
        None => view! {
            <div class="table-region" role="region" aria-label=title.clone() tabindex="0">
                <table>
                    <thead><tr>{select_page}{headings}</tr></thead>
                    <tbody>
                        <For each=move || keys.get() key=String::clone children=row />
                    </tbody>
                </table>
            </div>
        }
        .into_any(),
    };
    let counter = move || counts.get().text(filtered.get());
    // Not of what the reader filters, which says so itself: of rows that come and go.
    let total = Memo::new(move |_| counts.get().total);
    let announced = title.clone();
    let announcement = move || format!("{announced}: {}", number(total.get()));
    let preference_label = title.clone();
    set_title(&title);
    view! {
        <section class="container table-container">
            <p class="visually-hidden" role="status">{announcement}</p>
            <div class="container-header">
                <div>
                    <div class="table-title">
                        <h1>{title}" "<span class="counter">{counter}</span></h1>
                        {badge}
                    </div>
                    {description.map(|description| view! { <div class="secondary">{description}</div> })}
                </div>
                {actions.map(|actions| view! { <div class="actions">{actions}</div> })}
            </div>
            <div class="table-tools">
                {tools}
                <Pagination links pages=Signal::derive(move || (counts.get().number, counts.get().pages)) />
                <Preferences table=name label=preference_label choices preferences />
            </div>
            {rows}
            {move || match counts.get() {
                Counts { total: 0, .. } => Some(empty.run()),
                Counts { matched: 0, .. } => Some(no_match(links).into_any()),
                _ => None,
            }}
        </section>
    }
    .into_any()
}

/// A column's heading: a link that sorts by it, where that makes sense.
fn heading(column: Heading, links: Links) -> AnyView {
    let Heading { id, title, class, sortable } = column;
    if !sortable {
        return view! { <th scope="col" class=class>{title}</th> }.into_any();
    }
    let direction = Memo::new(move |_| links.direction.run(id));
    let sort = move || match direction.get() {
        None => "none",
        Some(false) => "ascending",
        Some(true) => "descending",
    };
    let arrow = move || {
        let icon = if direction.get() == Some(false) { Icon::Ascending } else { Icon::Descending };
        view! { <Icon icon /> }
    };
    view! {
        <th scope="col" class=class aria-sort=sort>
            <a class="sort" data-noscroll="" href=move || links.sorted_by.run(id)>
                {title}
                <span class="sort-arrow">{arrow}</span>
            </a>
        </th>
    }
    .into_any()
}

/// Filters that leave nothing, and the way out.
fn no_match(links: Links) -> impl IntoView {
    let language = use_language();
    view! {
        <EmptyState title=text::no_matches_hint(language)>
            <a class="button button-normal" href=links.cleared>
                {text::clear_filter(language)}
            </a>
        </EmptyState>
    }
}
