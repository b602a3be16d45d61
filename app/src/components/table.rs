//! The one way that the console shows many things: filtered, sorted, paged, with columns to choose.
//!
//! What a person sees is in the URL (`?q=…&status=…&sort=column&desc=1&page=2`), what they prefer in a cookie. All
//! of it works by links and forms; the browser's script makes it immediate.

mod column;
mod pages;
mod pagination;
mod preferences;
mod rows;
mod toolbar;
mod view_state;

pub use column::{Column, SelectFilter, TableSpec};
pub use pages::page_numbers;
pub use rows::{Page, page_of};
pub use view_state::{Sort, ViewState};

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_query_map};

use crate::components::container::EmptyState;
use crate::components::icon::Icon;
use crate::page::use_language;
use crate::text::{common, table as text};
use pagination::Pagination;
use preferences::{Preferences, use_preferences};
use toolbar::Toolbar;

/// A table with everything around it. Rows keep their place and their focus when the data changes.
#[component]
pub fn Table<T>(
    /// What it is made of.
    spec: TableSpec<T>,
    /// The things, in their natural order.
    #[prop(into)]
    rows: Signal<Vec<T>>,
    /// Its heading (`h1`: a table is its page's main thing).
    #[prop(into)]
    title: String,
    /// A line below the heading.
    #[prop(optional, into)]
    description: Option<AnyView>,
    /// Buttons at its right.
    #[prop(optional, into)]
    actions: Option<AnyView>,
    /// What stands there when there are no rows at all.
    #[prop(into)]
    empty: ViewFn,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let language = use_language();
    let (query, location) = (use_query_map(), use_location());
    let preferences = use_preferences(spec.name, &spec.column_choices());
    let page_size = preferences.page_size;
    let choices = spec.column_choices();
    let filters = spec.filter_choices();
    let columns = spec.columns_shown(&preferences.columns);
    let spec = StoredValue::new(spec);
    let state =
        Memo::new(move |_| query.with(|query| spec.with_value(|spec| ViewState::from_query(query, spec))));
    let page = Memo::new(move |_| {
        rows.with(|rows| spec.with_value(|spec| state.with(|state| page_of(rows, spec, state, page_size))))
    });
    let href =
        Callback::new(move |state: ViewState| format!("{}{}", location.pathname.get(), state.to_query()));
    let headings = columns.iter().map(|column| heading(column, state, href)).collect_view();
    let columns = StoredValue::new(columns);
    let row = move |key: String| {
        let row = Memo::new(move |_| {
            page.with(|page| page.rows.iter().find(|(k, _)| *k == key).map(|(_, r)| r.clone()))
        });
        let cells = columns
            .with_value(|columns| columns.iter().cloned().map(|column| cell(column, row)).collect_view());
        view! { <tr>{cells}</tr> }
    };
    let counter = move || page.with(|page| page.counter(state.with(ViewState::is_filtered)));
    let counts = Memo::new(move |_| page.with(|page| (page.total, page.matched)));
    let label = title.clone();
    let (preference_label, table) = (title.clone(), spec.with_value(|spec| spec.name));
    view! {
        <Title text=format!("{title} - {}", common::product(language)) />
        <section class="container table-container">
            <div class="container-header">
                <div>
                    <h1>{title}" "<span class="counter">{counter}</span></h1>
                    {description.map(|description| view! { <div class="secondary">{description}</div> })}
                </div>
                {actions.map(|actions| view! { <div class="actions">{actions}</div> })}
            </div>
            <div class="table-tools">
                <Toolbar table state filters href matched=Signal::derive(move || page.with(|page| page.matched)) />
                <Pagination state href pages=Signal::derive(move || page.with(|page| (page.number, page.pages))) />
                <Preferences table label=preference_label choices preferences />
            </div>
            <div class="table-region" role="region" aria-label=label tabindex="0">
                <table>
                    <thead><tr>{headings}</tr></thead>
                    <tbody>
                        <For each=move || page.with(Page::keys) key=String::clone children=row />
                    </tbody>
                </table>
            </div>
            {move || match counts.get() {
                (0, _) => Some(empty.run()),
                (_, 0) => Some(no_match(state, href).into_any()),
                _ => None,
            }}
        </section>
    }
    .into_any()
}

/// A cell, following its row.
fn cell<T>(column: Column<T>, row: Memo<Option<T>>) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let (header, class) = (column.row_header, column.class);
    let content = move || row.with(|row| row.as_ref().map(|row| column.view(row)));
    if header {
        view! { <th scope="row" class=class>{content}</th> }.into_any()
    } else {
        view! { <td class=class>{content}</td> }.into_any()
    }
}

/// A column's heading: a link that sorts by it, where that makes sense.
fn heading<T>(column: &Column<T>, state: Memo<ViewState>, href: Callback<ViewState, String>) -> AnyView {
    let (id, title, class) = (column.id, column.heading, column.class);
    if !column.sortable() {
        return view! { <th scope="col" class=class>{title}</th> }.into_any();
    }
    let direction = Memo::new(move |_| state.with(|state| state.direction(id)));
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
            <a class="sort" data-noscroll="" href=move || href.run(state.with(|state| state.sorted_by(id)))>
                {title}
                <span class="sort-arrow">{arrow}</span>
            </a>
        </th>
    }
    .into_any()
}

/// Filters that leave nothing, and the way out.
fn no_match(state: Memo<ViewState>, href: Callback<ViewState, String>) -> impl IntoView {
    let language = use_language();
    view! {
        <EmptyState title=text::no_matches(language) description=text::no_matches_hint(language)>
            <a class="button button-normal" href=move || href.run(state.with(ViewState::cleared))>
                {text::clear_filter(language)}
            </a>
        </EmptyState>
    }
}
