//! The one way that the console shows many things: filtered, sorted, paged, with columns to choose.
//!
//! What a person sees is in the URL (`?q=…&status=…&sort=column&desc=1&page=2`), what they prefer in a cookie. All
//! of it works by links and forms; the browser's script makes it immediate. [`Table`] makes its pages of all rows in the
//! browser; where they are too many for that, the server makes the pages and [`TableFrame`] shows them.

mod body;
mod column;
mod frame;
mod pages;
mod pagination;
mod preferences;
mod rows;
mod selection;
mod toolbar;
mod view_state;

pub use body::TableBody;
pub use column::{Column, ColumnChoice, SelectFilter, TableSpec, choices};
pub use frame::{Links, TableFrame};
pub use pages::page_numbers;
pub use pagination::Pagination;
pub use preferences::TablePreferences;
pub use rows::{Page, page_of};
pub use selection::Selection;
pub use view_state::{Sort, ViewState};

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

use crate::page::use_page;
use toolbar::Toolbar;

/// A table with everything around it. Rows keep their place and their focus when the data changes.
#[component]
pub fn Table<T>(
    /// What it is made of.
    spec: TableSpec<T>,
    /// The things, in their natural order.
    #[prop(into)]
    rows: Signal<Vec<T>>,
    /// How many there are at all, where the rows are only those that the server has found.
    #[prop(optional)]
    total: Option<Signal<usize>>,
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
    let (query, location) = (use_query_map(), use_location());
    let preferences =
        use_page().with_value(|page| TablePreferences::of(page, spec.name, &spec.column_choices()));
    let page_size = preferences.page_size;
    let (name, columns, filters) = (spec.name, spec.columns.clone(), spec.filter_choices());
    let spec = StoredValue::new(spec);
    let state =
        Memo::new(move |_| query.with(|query| spec.with_value(|spec| ViewState::from_query(query, spec))));
    let page = Memo::new(move |_| {
        let page = rows
            .with(|rows| spec.with_value(|spec| state.with(|state| page_of(rows, spec, state, page_size))));
        let total = total.map_or(page.total, |total| total.get());
        Page { total, ..page }
    });
    let href =
        Callback::new(move |state: ViewState| format!("{}{}", location.pathname.get(), state.to_query()));
    let links = Links {
        direction: Callback::new(move |column| state.with(|state| state.direction(column))),
        sorted_by: Callback::new(move |column| href.run(state.with(|state| state.sorted_by(column)))),
        at_page: Callback::new(move |page| href.run(state.with(|state| state.at_page(page)))),
        cleared: Signal::derive(move || href.run(state.with(ViewState::cleared))),
    };
    let body = TableBody::new(columns, &preferences, page.into());
    let matched = Signal::derive(move || page.with(|page| page.matched));
    let tools = view! { <Toolbar table=name state filters href matched /> }.into_any();
    view! {
        <TableFrame
            name
            body
            preferences
            filtered=Signal::derive(move || state.with(ViewState::is_filtered))
            links
            tools
            title
            description
            actions
            empty
        />
    }
    .into_any()
}
