//! The list's property filter: an input that suggests properties, operators and values, and what is in force below it.

mod add;
mod combobox;
mod fields;
mod read;
mod suggest;
mod tokens;

use domain::filter::{FilterProblem, Kind, Operator};
use domain::language::Language;
use domain::nodes::query::NodeQuery;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::PATH;
use crate::components::number::number;
use crate::page::use_language;
use crate::text::{filter as text, table};
use add::AddFilter;
use combobox::Combobox;
use tokens::Tokens;

/// Everything that filters the list.
#[component]
pub(super) fn PropertyFilter(
    /// What the address asks for.
    query: Memo<NodeQuery>,
    /// How many nodes fit.
    matched: Signal<usize>,
) -> impl IntoView {
    let language = use_language();
    let navigate = use_navigate();
    let go = Callback::new(move |query: NodeQuery| {
        navigate(&href(&query), NavigateOptions { scroll: false, ..Default::default() });
    });
    let found = move || {
        query.with(NodeQuery::is_filtered).then(|| match matched.get() {
            1 => table::match_one(language).to_owned(),
            count => table::matches(language, number(count)),
        })
    };
    view! {
        <div class="property-filter">
            <Combobox query go />
            <Tokens query go />
            <AddFilter query go />
            <span class="match-count" role="status">{found}</span>
        </div>
    }
    .into_any()
}

/// Where a query leads.
pub(super) fn href(query: &NodeQuery) -> String {
    format!("{PATH}{}", query.to_query())
}

/// An operator in words.
fn operator_name(language: Language, kind: Kind, operator: Operator) -> &'static str {
    match (kind, operator) {
        (_, Operator::Equals) => text::equals(language),
        (_, Operator::NotEquals) => text::not_equals(language),
        (_, Operator::Contains) => text::contains(language),
        (_, Operator::NotContains) => text::not_contains(language),
        (_, Operator::StartsWith) => text::starts_with(language),
        (Kind::Time, Operator::Less) => text::before(language),
        (Kind::Time, Operator::AtMost) => text::until(language),
        (Kind::Time, Operator::Greater) => text::after(language),
        (Kind::Time, Operator::AtLeast) => text::since(language),
        (_, Operator::Less) => text::less(language),
        (_, Operator::AtMost) => text::at_most(language),
        (_, Operator::Greater) => text::greater(language),
        (_, Operator::AtLeast) => text::at_least(language),
    }
}

/// Why an operator and a value are no filter.
fn problem_text(language: Language, problem: FilterProblem) -> String {
    match problem {
        FilterProblem::Operator => text::wrong_operator(language).to_owned(),
        FilterProblem::ValueMissing => text::value_missing(language).to_owned(),
        FilterProblem::ValueTooLong => text::value_too_long(language, domain::filter::MAX_VALUE),
        FilterProblem::NotVersion => text::not_version(language).to_owned(),
        FilterProblem::NotTime => text::not_time(language).to_owned(),
        FilterProblem::NotChoice => text::not_choice(language).to_owned(),
    }
}

/// What a form keeps of a query when it is sent without script.
fn kept(query: &NodeQuery) -> impl IntoView + use<> {
    let parameters = query.at_page(1).parameters();
    parameters
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view()
}
