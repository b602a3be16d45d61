//! What of a table a person sees, as the URL has it.

use leptos_router::params::ParamsMap;

use super::TableSpec;

/// Sorted by what, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column's id.
    pub column: &'static str,
    /// Largest first.
    pub descending: bool,
}

/// The state of a table's view. Unknown columns, values and pages in a URL count as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewState {
    /// Words that every row shown must contain.
    pub text: String,
    /// Parameter and value of each filter in force.
    pub filters: Vec<(&'static str, &'static str)>,
    /// The natural order when `None`.
    pub sort: Option<Sort>,
    /// What the natural order is, where it is that of a column.
    pub natural: Option<Sort>,
    /// Counts from 1; beyond the last page means the last.
    pub page: usize,
}

impl ViewState {
    /// Reads the URL's query.
    #[must_use]
    pub fn from_query<T>(query: &ParamsMap, spec: &TableSpec<T>) -> Self {
        let sort = query.get("sort").and_then(|id| {
            let column = spec.columns.iter().find(|column| column.id == id && column.is_sortable())?;
            Some(Sort { column: column.id, descending: query.get("desc").as_deref() == Some("1") })
        });
        let value_of = |filter: &super::SelectFilter<T>| {
            let given = query.get(filter.parameter)?;
            let (value, _) = filter.options.iter().find(|(value, _)| *value == given)?;
            Some((filter.parameter, *value))
        };
        Self {
            text: query.get("q").unwrap_or_default().trim().to_owned(),
            filters: spec.filters.iter().filter_map(value_of).collect(),
            sort,
            natural: spec.natural,
            page: query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1),
        }
    }

    /// The query that leads back here: `?q=web&page=2`, or nothing for the plain view.
    #[must_use]
    pub fn to_query(&self) -> String {
        let mut query = ParamsMap::new();
        for (name, value) in self.parameters() {
            query.insert(name, value);
        }
        query.to_query_string()
    }

    /// The parameters of the query; those of the plain view are left out.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut parameters = Vec::new();
        if !self.text.is_empty() {
            parameters.push(("q", self.text.clone()));
        }
        parameters.extend(self.filters.iter().map(|(name, value)| (*name, (*value).to_owned())));
        if let Some(sort) = self.sort {
            parameters.push(("sort", sort.column.to_owned()));
            if sort.descending {
                parameters.push(("desc", "1".to_owned()));
            }
        }
        if self.page > 1 {
            parameters.push(("page", self.page.to_string()));
        }
        parameters
    }

    /// Whether some rows may be left out.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        !self.text.is_empty() || !self.filters.is_empty()
    }

    /// The value of a filter in force.
    #[must_use]
    pub fn filter(&self, parameter: &str) -> Option<&'static str> {
        self.filters.iter().find(|(name, _)| *name == parameter).map(|(_, value)| *value)
    }

    /// Which way it is sorted by a column: `Some(true)` is descending.
    #[must_use]
    pub fn direction(&self, column: &str) -> Option<bool> {
        self.sort.or(self.natural).filter(|sort| sort.column == column).map(|sort| sort.descending)
    }

    /// Sorted by a column: upwards, or downwards where it was upwards.
    #[must_use]
    pub fn sorted_by(&self, column: &'static str) -> Self {
        let descending = self.direction(column) == Some(false);
        Self { sort: Some(Sort { column, descending }), page: 1, ..self.clone() }
    }

    /// Another page.
    #[must_use]
    pub fn at_page(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// With other words to look for.
    #[must_use]
    pub fn with_text(&self, text: &str) -> Self {
        Self { text: text.trim().to_owned(), page: 1, ..self.clone() }
    }

    /// With another value of a filter, or without it.
    #[must_use]
    pub fn with_filter(&self, parameter: &'static str, value: Option<&'static str>) -> Self {
        let mut state = Self { page: 1, ..self.clone() };
        state.filters.retain(|(name, _)| *name != parameter);
        state.filters.extend(value.map(|value| (parameter, value)));
        state
    }

    /// Every row, in the same order.
    #[must_use]
    pub fn cleared(&self) -> Self {
        Self { sort: self.sort, natural: self.natural, page: 1, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use leptos::prelude::IntoAny;

    use super::super::{Column, SelectFilter};
    use super::*;

    fn spec() -> TableSpec<u32> {
        let columns = vec![
            Column::new("id", "Id", |_| ().into_any()).sorted_by(u32::cmp),
            Column::new("tags", "Tags", |_| ().into_any()),
        ];
        TableSpec::new("numbers", u32::to_string, columns).filter(SelectFilter {
            parameter: "status",
            any: "Any status",
            options: vec![("active", "Active"), ("expired", "Expired")],
            matches: Arc::new(|_, _| true),
        })
    }

    fn state(pairs: &[(&'static str, &str)]) -> ViewState {
        let mut query = ParamsMap::new();
        for (name, value) in pairs {
            query.insert(*name, (*value).to_owned());
        }
        ViewState::from_query(&query, &spec())
    }

    #[test]
    fn a_view_and_its_url_mean_the_same() {
        let full =
            state(&[("q", "web 1&2"), ("status", "active"), ("sort", "id"), ("desc", "1"), ("page", "3")]);
        assert_eq!(full.text, "web 1&2");
        assert_eq!(full.filter("status"), Some("active"));
        assert_eq!(full.direction("id"), Some(true));
        assert_eq!(full.page, 3);
        let again: Vec<_> = full.parameters();
        let again: Vec<_> = again.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(state(&again), full);
        assert_eq!(full.to_query(), "?q=web%201%262&status=active&sort=id&desc=1&page=3");
    }

    #[test]
    fn the_plain_view_has_no_query() {
        assert_eq!(state(&[]).to_query(), "");
        assert_eq!(state(&[("page", "1"), ("q", "  ")]).to_query(), "");
    }

    #[test]
    fn what_a_url_must_not_say_is_ignored() {
        let odd = state(&[("sort", "tags"), ("status", "cheerful"), ("page", "-4"), ("desc", "1")]);
        assert_eq!(odd, state(&[]));
        assert_eq!(state(&[("sort", "nothing")]).sort, None);
        assert_eq!(state(&[("page", "0")]).page, 1);
    }

    #[test]
    fn changing_what_is_shown_begins_at_the_first_page() {
        let third = state(&[("q", "web"), ("page", "3")]);
        assert_eq!(third.sorted_by("id").page, 1);
        assert_eq!(third.with_text("db").page, 1);
        assert_eq!(third.with_filter("status", Some("active")).page, 1);
        assert_eq!(third.at_page(2).text, "web");
    }

    #[test]
    fn sorting_again_turns_the_order_round() {
        let up = state(&[]).sorted_by("id");
        assert_eq!(up.direction("id"), Some(false));
        assert_eq!(up.sorted_by("id").direction("id"), Some(true));
        assert_eq!(up.sorted_by("id").sorted_by("id").direction("id"), Some(false));
        assert!(!up.with_text("a").with_filter("status", Some("active")).cleared().is_filtered());
        assert_eq!(up.cleared().sort, up.sort);
    }

    #[test]
    fn the_natural_order_is_known_and_turned_round_first() {
        let spec = spec().ordered("id", true);
        let plain = ViewState::from_query(&ParamsMap::new(), &spec);
        assert_eq!((plain.direction("id"), plain.to_query()), (Some(true), String::new()));
        assert_eq!(plain.sorted_by("id").direction("id"), Some(false));
        assert_eq!(plain.sorted_by("id").sorted_by("id").direction("id"), Some(true));
        let other = ViewState { sort: Some(Sort { column: "tags", descending: false }), ..plain.clone() };
        assert_eq!(other.direction("id"), None);
        assert_eq!(plain.with_text("a").cleared(), plain);
    }
}
