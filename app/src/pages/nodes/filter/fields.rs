//! A filter as a form of three fields, and a text as a form of one.

use domain::filter::{FilterProblem, MAX_VALUE, Operator};
use domain::nodes::property::{Filter, Property};
use domain::nodes::query::{Draft, NodeQuery};
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use super::{PATH, kept, operator_name, problem_text};
use crate::page::use_language;
use crate::pages::nodes::names::{property_name, value_of};
use crate::text::{filter as text, table};

/// What the fields start with.
#[derive(Clone, Debug)]
pub(super) struct Start {
    pub property: Property,
    pub operator: Operator,
    pub value: String,
    pub problem: Option<FilterProblem>,
}

impl From<Filter> for Start {
    fn from(filter: Filter) -> Self {
        Self {
            property: filter.property(),
            operator: filter.operator(),
            value: filter.value().to_owned(),
            problem: None,
        }
    }
}

impl From<Draft> for Start {
    fn from(draft: Draft) -> Self {
        let Draft { property, operator, value, problem } = draft;
        Self { property, operator, value, problem: Some(problem) }
    }
}

impl Default for Start {
    fn default() -> Self {
        Self { property: Property::Name, operator: Operator::Contains, value: String::new(), problem: None }
    }
}

/// Property, operator and value; adds the filter to `rest`.
#[component]
pub(super) fn FilterForm(
    /// Everything else that is in force.
    #[prop(into)]
    rest: Signal<NodeQuery>,
    /// Shows another query.
    go: Callback<NodeQuery>,
    /// What the fields start with.
    #[prop(into)]
    start: Start,
) -> impl IntoView {
    let language = use_language();
    let property = NodeRef::<html::Select>::new();
    let operator = NodeRef::<html::Select>::new();
    let value = NodeRef::<html::Input>::new();
    let problem = RwSignal::new(start.problem);
    let submit = move |event: SubmitEvent| {
        let fields = (property.get_untracked(), operator.get_untracked(), value.get_untracked());
        let (Some(property), Some(operator), Some(value)) = fields else { return };
        let chosen = (Property::from_id(&property.value()), Operator::from_symbol(&operator.value()));
        let (Some(property), Some(operator)) = chosen else { return };
        event.prevent_default();
        match Filter::new(property, operator, &value_of(language, property, value.value().trim())) {
            Ok(filter) => go.run(rest.with_untracked(|rest| rest.with_filter(filter))),
            Err(wrong) => problem.set(Some(wrong)),
        }
    };
    let properties = Property::ALL
        .map(|known| {
            let name = property_name(language, known);
            view! { <option value=known.id() selected=known == start.property>{name}</option> }
        })
        .into_iter()
        .collect_view();
    let operators = Operator::ALL
        .map(|known| {
            let name = operator_name(language, start.property.kind(), known);
            let name = format!("{} {name}", known.symbol());
            view! { <option value=known.symbol() selected=known == start.operator>{name}</option> }
        })
        .into_iter()
        .collect_view();
    let wrong = move || {
        let problem = problem.get()?;
        Some(view! { <p class="field-error" role="alert">{problem_text(language, problem)}</p> })
    };
    view! {
        <form class="filter-form" method="get" action=PATH on:submit=submit>
            {move || rest.with(kept)}
            <label>
                {text::property(language)}
                <select class="input" name="property" autocomplete="off" node_ref=property>{properties}</select>
            </label>
            <label>
                {text::operator(language)}
                <select class="input" name="operator" autocomplete="off" node_ref=operator>{operators}</select>
            </label>
            <label>
                {text::value(language)}
                <input
                    class="input"
                    name="value"
                    autocomplete="off"
                    value=start.value
                    aria-invalid=move || problem.get().is_some().then_some("true")
                    node_ref=value
                />
            </label>
            {wrong}
            <button class="button button-normal">{table::apply(language)}</button>
        </form>
    }
    .into_any()
}

/// A text to be found; adds it to `rest`.
#[component]
pub(super) fn TextForm(
    /// Everything else that is in force.
    rest: Signal<NodeQuery>,
    /// Shows another query.
    go: Callback<NodeQuery>,
    /// What the field starts with.
    text: String,
) -> impl IntoView {
    let language = use_language();
    let value = NodeRef::<html::Input>::new();
    let submit = move |event: SubmitEvent| {
        let Some(value) = value.get_untracked() else { return };
        event.prevent_default();
        go.run(rest.with_untracked(|rest| rest.with_text(&value.value())));
    };
    view! {
        <form class="filter-form" method="get" action=PATH on:submit=submit>
            {move || rest.with(kept)}
            <label>
                {text::text(language)}
                <input class="input" name="q" autocomplete="off" maxlength=MAX_VALUE value=text node_ref=value />
            </label>
            <button class="button button-normal">{table::apply(language)}</button>
        </form>
    }
    .into_any()
}
