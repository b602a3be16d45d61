//! A table's page without the type of its rows: what is around the rows is compiled once for all tables.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Column, ColumnChoice, Page, TablePreferences, choices};
use crate::components::loaded::followed;
use crate::components::number::number;

/// The columns that show, and the page that is shown in them.
#[derive(Clone)]
pub struct TableBody {
    pub(super) choices: Vec<ColumnChoice>,
    pub(super) headings: Vec<Heading>,
    pub(super) keys: Signal<Vec<String>>,
    pub(super) counts: Signal<Counts>,
    pub(super) cells: Arc<dyn Fn(String) -> Vec<AnyView> + Send + Sync>,
    pub(super) card: Option<Arc<dyn Fn(String) -> AnyView + Send + Sync>>,
}

/// A column's heading.
#[derive(Clone, Copy)]
pub(super) struct Heading {
    pub id: &'static str,
    pub title: &'static str,
    pub class: Option<&'static str>,
    pub sortable: bool,
}

/// How a page stands among all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counts {
    pub matched: usize,
    pub total: usize,
    pub number: usize,
    pub pages: usize,
}

impl Counts {
    /// "(12)", or "(3/12)" while filtered.
    pub fn text(self, filtered: bool) -> String {
        let total = number(self.total);
        if filtered { format!("({}/{total})", number(self.matched)) } else { format!("({total})") }
    }
}

impl TableBody {
    /// The preferred ones of these columns, and a page.
    #[must_use]
    pub fn new<T>(columns: Vec<Column<T>>, preferences: &TablePreferences, page: Signal<Page<T>>) -> Self
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        let choices = choices(&columns);
        let shown =
            preferences.columns.iter().filter_map(|id| columns.iter().find(|column| column.id == *id));
        let shown: Vec<Column<T>> = shown.cloned().collect();
        let headings = shown.iter().map(Heading::of).collect();
        let cells = move |key: String| {
            let row = row_of(page, key);
            shown.iter().map(|column| cell(column.clone(), row)).collect()
        };
        Self {
            choices,
            headings,
            keys: followed(move || page.with(Page::keys)),
            counts: followed(move || page.with(Page::counts)),
            cells: Arc::new(cells),
            card: None,
        }
    }

    /// Each row of the same page as a card instead.
    #[must_use]
    pub fn as_cards<T>(self, page: Signal<Page<T>>, card: fn(&T) -> AnyView) -> Self
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        let card = move |key: String| {
            let row = row_of(page, key);
            (move || row.with(|row| row.as_ref().map(card))).into_any()
        };
        Self { card: Some(Arc::new(card)), ..self }
    }
}

impl Heading {
    fn of<T>(column: &Column<T>) -> Self {
        Self { id: column.id, title: column.heading, class: column.class, sortable: column.is_sortable() }
    }
}

/// The row of a key. The browser follows it; the server renders it once, and need not compare.
fn row_of<T>(page: Signal<Page<T>>, key: String) -> Signal<Option<T>>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    followed(move || {
        page.with(|page| page.rows.iter().find(|(known, _)| *known == key).map(|(_, row)| row.clone()))
    })
}

/// A cell, following its row.
fn cell<T>(column: Column<T>, row: Signal<Option<T>>) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let (header, class) = (column.row_header, column.class);
    let content: ViewFn = ViewFn::from(move || row.with(|row| row.as_ref().map(|row| column.view(row))));
    cell_of(header, class, content)
}

fn cell_of(header: bool, class: Option<&'static str>, content: ViewFn) -> AnyView {
    let content = move || content.run();
    if header {
        view! { <th scope="row" class=class>{content}</th> }.into_any()
    } else {
        view! { <td class=class>{content}</td> }.into_any()
    }
}
