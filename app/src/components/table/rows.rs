//! Which rows of a table are shown: filter, sort, page.

use super::body::Counts;
use super::{TableSpec, ViewState};

/// The rows of one page, and how they stand among all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// Key and row, in order.
    pub rows: Vec<(String, T)>,
    /// Rows that match the filters.
    pub matched: usize,
    /// Rows at all.
    pub total: usize,
    /// This page, from 1.
    pub number: usize,
    /// Pages, at least 1.
    pub pages: usize,
}

impl<T> Page<T> {
    pub(super) fn keys(&self) -> Vec<String> {
        self.rows.iter().map(|(key, _)| key.clone()).collect()
    }

    pub(super) const fn counts(&self) -> Counts {
        Counts { matched: self.matched, total: self.total, number: self.number, pages: self.pages }
    }
}

/// The page that `state` asks for. The sort is stable, so that equal rows keep their natural order.
#[must_use]
pub fn page_of<T: Clone>(rows: &[T], spec: &TableSpec<T>, state: &ViewState, page_size: usize) -> Page<T> {
    let words: Vec<String> = state.text.split_whitespace().map(str::to_lowercase).collect();
    let mut text = String::new();
    let mut matching: Vec<&T> = rows
        .iter()
        .filter(|row| passes_filters(*row, spec, state) && contains_words(*row, spec, &words, &mut text))
        .collect();
    let sort = state.sort.and_then(|sort| {
        let column = spec.columns.iter().find(|column| column.id == sort.column)?;
        Some((column.order()?, sort.descending))
    });
    if let Some((order, descending)) = sort {
        matching.sort_by(|a, b| if descending { order(b, a) } else { order(a, b) });
    }
    let page_size = page_size.max(1);
    let pages = matching.len().div_ceil(page_size).max(1);
    let number = state.page.clamp(1, pages);
    let shown = matching.iter().skip((number - 1) * page_size).take(page_size);
    Page {
        rows: shown.map(|row| ((spec.key)(row), (*row).clone())).collect(),
        matched: matching.len(),
        total: rows.len(),
        number,
        pages,
    }
}

fn passes_filters<T>(row: &T, spec: &TableSpec<T>, state: &ViewState) -> bool {
    state.filters.iter().all(|(parameter, value)| {
        spec.filters.iter().filter(|filter| filter.parameter == *parameter).all(|f| (f.matches)(row, value))
    })
}

fn contains_words<T>(row: &T, spec: &TableSpec<T>, words: &[String], text: &mut String) -> bool {
    if words.is_empty() {
        return true;
    }
    text.clear();
    (spec.search)(row, text);
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::sync::Arc;

    use leptos::prelude::IntoAny;

    use super::super::{Column, SelectFilter, Sort};
    use super::*;

    type Machine = (u32, &'static str);

    const MACHINES: [Machine; 5] = [(1, "Web blue"), (2, "db"), (3, "web RED"), (4, "cache"), (5, "db blue")];

    fn spec() -> TableSpec<Machine> {
        let columns = vec![
            Column::new("name", "Name", |_| ().into_any())
                .sorted_by(|a: &Machine, b| a.1[..2].cmp(&b.1[..2])),
        ];
        TableSpec::new("machines", |machine: &Machine| machine.0.to_string(), columns)
            .search(|machine, text| {
                let _ = write!(text, "{} {}", machine.0, machine.1);
            })
            .filter(SelectFilter {
                parameter: "parity",
                any: "Any",
                options: vec![("even", "Even")],
                matches: Arc::new(|machine, value| value == "even" && machine.0 % 2 == 0),
            })
    }

    fn keys(state: &ViewState, size: usize) -> Vec<String> {
        page_of(&MACHINES, &spec(), state, size).keys()
    }

    fn plain() -> ViewState {
        ViewState { page: 1, ..ViewState::default() }
    }

    #[test]
    fn every_word_must_be_found_in_any_case() {
        assert_eq!(keys(&plain().with_text("WEB"), 10), ["1", "3"]);
        assert_eq!(keys(&plain().with_text("blue web"), 10), ["1"]);
        assert_eq!(keys(&plain().with_text("nothing"), 10), [""; 0]);
    }

    #[test]
    fn filters_and_words_add_up() {
        let even = plain().with_filter("parity", Some("even"));
        assert_eq!(keys(&even, 10), ["2", "4"]);
        assert_eq!(keys(&even.with_text("db"), 10), ["2"]);
    }

    #[test]
    fn equal_rows_keep_their_order_both_ways() {
        let sorted = |descending| ViewState { sort: Some(Sort { column: "name", descending }), ..plain() };
        assert_eq!(keys(&sorted(false), 10), ["1", "4", "2", "5", "3"]);
        assert_eq!(keys(&sorted(true), 10), ["3", "2", "5", "4", "1"]);
    }

    #[test]
    fn pages_end_where_the_rows_do() {
        assert_eq!(keys(&plain().at_page(2), 2), ["3", "4"]);
        let beyond = page_of(&MACHINES, &spec(), &plain().at_page(9), 2);
        assert_eq!((beyond.keys(), beyond.number, beyond.pages), (vec!["5".to_owned()], 3, 3));
        let none = page_of(&[], &spec(), &plain(), 2);
        assert_eq!((none.number, none.pages, none.total), (1, 1, 0));
    }

    #[test]
    fn the_counter_tells_how_many_are_left_out() {
        let page = page_of(&MACHINES, &spec(), &plain().with_text("web"), 1);
        assert_eq!(page.counts().text(true), "(2/5)");
        assert_eq!(page.counts().text(false), "(5)");
        let many = Counts { matched: 1_234, total: 10_000, ..page.counts() };
        assert_eq!((many.text(true).as_str(), many.text(false).as_str()), ("(1,234/10,000)", "(10,000)"));
    }

    #[test]
    fn ten_thousand_rows_make_one_page() {
        let many: Vec<Machine> = (0..10_000).map(|n| (n, "node")).collect();
        let page = page_of(&many, &spec(), &plain().with_text("node").at_page(500), 20);
        assert_eq!((page.rows.len(), page.matched, page.number), (20, 10_000, 500));
    }
}
