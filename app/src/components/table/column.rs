//! What a table is made of.

use std::cmp::Ordering;
use std::sync::Arc;

use leptos::prelude::AnyView;

use super::Sort;

/// A column to choose.
#[derive(Clone, Copy, Debug)]
pub struct ColumnChoice {
    /// In preferences.
    pub id: &'static str,
    /// On screen.
    pub heading: &'static str,
    /// Always there, and at its place.
    pub fixed: bool,
    /// There unless the person has chosen otherwise.
    pub shown: bool,
}

/// Which of two rows comes first.
pub(super) type Order<T> = fn(&T, &T) -> Ordering;

/// A column.
pub struct Column<T> {
    /// In URLs and preferences.
    pub id: &'static str,
    /// On screen.
    pub heading: &'static str,
    pub(super) row_header: bool,
    pub(super) class: Option<&'static str>,
    hidden: bool,
    sortable: bool,
    order: Option<Order<T>>,
    cell: Arc<dyn Fn(&T) -> AnyView + Send + Sync>,
}

impl<T> Clone for Column<T> {
    fn clone(&self) -> Self {
        Self { cell: Arc::clone(&self.cell), ..*self }
    }
}

impl<T> Column<T> {
    /// A column whose cells are made by `cell`.
    pub fn new(
        id: &'static str,
        heading: &'static str,
        cell: impl Fn(&T) -> AnyView + Send + Sync + 'static,
    ) -> Self {
        Self {
            id,
            heading,
            row_header: false,
            class: None,
            hidden: false,
            sortable: false,
            order: None,
            cell: Arc::new(cell),
        }
    }

    /// It can be sorted by.
    #[must_use]
    pub fn sorted_by(mut self, order: fn(&T, &T) -> Ordering) -> Self {
        self.order = Some(order);
        self.sorted_by_server()
    }

    /// It can be sorted by, which is left to whoever makes the pages.
    #[must_use]
    pub fn sorted_by_server(mut self) -> Self {
        self.sortable = true;
        self
    }

    /// It names its row, and is always shown.
    #[must_use]
    pub fn row_header(mut self) -> Self {
        self.row_header = true;
        self
    }

    /// It is not shown unless chosen.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// Style class of its cells: `number` (right-aligned), `code`, `actions`, `nowrap`, `wide`
    /// (room for a long text).
    #[must_use]
    pub fn class(mut self, class: &'static str) -> Self {
        self.class = Some(class);
        self
    }

    pub(super) fn is_sortable(&self) -> bool {
        self.sortable
    }

    pub(super) fn order(&self) -> Option<Order<T>> {
        self.order
    }

    pub(super) fn view(&self, row: &T) -> AnyView {
        (self.cell)(row)
    }
}

/// Whether a row has a filter's value.
pub type Matches<T> = Arc<dyn Fn(&T, &str) -> bool + Send + Sync>;

/// A filter by a fixed set of values: `?status=active`.
pub struct SelectFilter<T> {
    /// In the URL.
    pub parameter: &'static str,
    /// On screen, with "any" as its first entry: "Any status".
    pub any: &'static str,
    /// Its values in the URL and on screen.
    pub options: Vec<(&'static str, &'static str)>,
    /// Whether a row has the value.
    pub matches: Matches<T>,
}

/// A [`SelectFilter`] without its rows.
#[derive(Clone)]
pub(super) struct FilterChoice {
    pub(super) parameter: &'static str,
    pub(super) any: &'static str,
    pub(super) options: Vec<(&'static str, &'static str)>,
}

/// What a table is made of.
pub struct TableSpec<T> {
    /// In preferences: `columns.nodes`, `page_size.nodes`.
    pub name: &'static str,
    pub(super) key: fn(&T) -> String,
    pub(super) columns: Vec<Column<T>>,
    pub(super) search: fn(&T, &mut String),
    pub(super) filters: Vec<SelectFilter<T>>,
    pub(super) natural: Option<Sort>,
}

impl<T> TableSpec<T> {
    /// A table of these columns; `key` tells rows apart.
    #[must_use]
    pub fn new(name: &'static str, key: fn(&T) -> String, columns: Vec<Column<T>>) -> Self {
        Self { name, key, columns, search: |_, _| (), filters: Vec::new(), natural: None }
    }

    /// Its rows come in the order of this column, which its heading then says.
    #[must_use]
    pub fn ordered(mut self, column: &'static str, descending: bool) -> Self {
        self.natural = Some(Sort { column, descending });
        self
    }

    /// Text search looks through what `search` appends for a row, such as id and name with a space between.
    #[must_use]
    pub fn search(mut self, search: fn(&T, &mut String)) -> Self {
        self.search = search;
        self
    }

    /// Adds a filter by a fixed set of values.
    #[must_use]
    pub fn filter(mut self, filter: SelectFilter<T>) -> Self {
        self.filters.push(filter);
        self
    }

    pub(super) fn column_choices(&self) -> Vec<ColumnChoice> {
        choices(&self.columns)
    }

    pub(super) fn filter_choices(&self) -> Vec<FilterChoice> {
        let choice = |filter: &SelectFilter<T>| FilterChoice {
            parameter: filter.parameter,
            any: filter.any,
            options: filter.options.clone(),
        };
        self.filters.iter().map(choice).collect()
    }
}

/// What there is to choose among these columns.
pub fn choices<T>(columns: &[Column<T>]) -> Vec<ColumnChoice> {
    let choice = |column: &Column<T>| ColumnChoice {
        id: column.id,
        heading: column.heading,
        fixed: column.row_header || column.heading.is_empty() || column.class == Some("actions"),
        shown: !column.hidden,
    };
    columns.iter().map(choice).collect()
}
