//! The saved estimates: opened, compared, taken along as files, deleted.

use std::sync::Arc;

use domain::costs::{Calculator, Decimal, SavedEstimate};
use domain::language::Language;
use leptos::prelude::*;

use super::delete::{DeleteDialog, DeleteDialogState, DeleteLink};
use crate::components::button::LinkButton;
use crate::components::container::EmptyState;
use crate::components::loaded::Loaded;
use crate::components::table::{Column, SelectFilter, Table, TableSpec};
use crate::components::time::Time;
use crate::costs::list_estimates;
use crate::costs::words::{NODE_PLACES, TOTAL_PLACES, calculator_name, rounded_usd};
use crate::page::use_language;
use crate::text::costs as text;

/// The form that the checkboxes of the rows belong to.
const FORM: &str = "compare";

/// The list.
#[component]
pub fn SavedEstimates() -> impl IntoView {
    let language = use_language();
    let estimates = Resource::new(|| (), |()| list_estimates());
    let deletion = DeleteDialogState::new();
    let on_deleted = Callback::new(move |()| estimates.refetch());
    let show = move |estimates: Signal<Vec<SavedEstimate>>| {
        let rows = Memo::new(move |_| estimates.with(|all| all.iter().map(Row::of).collect::<Vec<_>>()));
        view! {
            <Table
                spec=spec(language, deletion)
                rows
                title=text::estimates(language)
                description=text::estimates_description(language).into_any()
                actions=compare_button(language)
                empty=move || view! { <Empty /> }
            />
        }
    };
    view! {
        <Loaded resource=estimates children=show />
        <DeleteDialog state=deletion on_deleted />
    }
    .into_any()
}

/// An estimate with the figures of its bill, if it can still be calculated.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    estimate: SavedEstimate,
    total: Option<Decimal>,
    per_node: Option<Decimal>,
}

impl Row {
    fn of(estimate: &SavedEstimate) -> Self {
        let bill = estimate.bill();
        Self {
            estimate: estimate.clone(),
            total: bill.as_ref().map(|bill| bill.total),
            per_node: bill.and_then(|bill| bill.per_node()),
        }
    }
}

/// The checkboxes are the form's, wherever they stand: comparing needs no script.
fn compare_button(language: Language) -> AnyView {
    view! {
        <form id=FORM method="get" action="/costs/compare">
            <button type="submit" class="button button-normal">{text::compare(language)}</button>
        </form>
    }
    .into_any()
}

/// Nothing yet: where estimates come from.
#[component]
fn Empty() -> impl IntoView {
    let language = use_language();
    view! {
        <EmptyState title=text::estimates_empty(language) description=text::estimates_empty_hint(language).to_owned()>
            <LinkButton href=Calculator::HybridActivations.path() text=text::open_hybrid(language) />
            " "
            <LinkButton href=Calculator::Distributor.path() text=text::open_distributor(language) />
        </EmptyState>
    }
    .into_any()
}

fn spec(language: Language, deletion: DeleteDialogState) -> TableSpec<Row> {
    let mut columns = facts(language);
    columns.push(
        Column::new("actions", text::actions(language), move |row: &Row| {
            let estimate = row.estimate.clone();
            let csv = format!("{}.csv?{}", estimate.calculator.path(), estimate.query);
            let label = text::csv_named(language, &estimate.name);
            view! {
                <span class="row-actions">
                    <a class="button button-link" href=csv rel="external" download="" aria-label=label>"CSV"</a>
                    <DeleteLink estimate state=deletion />
                </span>
            }
            .into_any()
        })
        .class("actions"),
    );
    let calculators = Calculator::ALL.map(|one| (one.name(), calculator_name(language, one))).to_vec();
    TableSpec::new("estimates", |row: &Row| row.estimate.id.clone(), columns)
        .ordered("saved_at", true)
        .search(search_text)
        .filter(SelectFilter {
            parameter: "calculator",
            any: text::any_calculator(language),
            options: calculators,
            matches: Arc::new(|row, name| row.estimate.calculator.name() == name),
        })
}

/// The columns that tell something.
fn facts(language: Language) -> Vec<Column<Row>> {
    vec![
        Column::new("select", text::select(language), move |row: &Row| {
            let (id, label) = (row.estimate.id.clone(), text::select_named(language, &row.estimate.name));
            view! { <input type="checkbox" name="id" value=id form=FORM aria-label=label autocomplete="off" /> }.into_any()
        })
        .class("nowrap"),
        Column::new("name", text::name(language), |row: &Row| {
            view! { <a href=row.estimate.href()>{row.estimate.name.clone()}</a> }.into_any()
        })
        .row_header()
        .sorted_by(|a, b| a.estimate.name.cmp(&b.estimate.name)),
        Column::new("calculator", text::calculator(language), move |row: &Row| {
            calculator_name(language, row.estimate.calculator).into_any()
        })
        .sorted_by(|a, b| a.estimate.calculator.cmp(&b.estimate.calculator)),
        amount_column("total", text::total(language), language, |row| (row.total, TOTAL_PLACES))
            .sorted_by(|a, b| a.total.cmp(&b.total)),
        amount_column("per_node", text::per_node(language), language, |row| (row.per_node, NODE_PLACES))
            .sorted_by(|a, b| a.per_node.cmp(&b.per_node)),
        Column::new("saved_by", text::saved_by(language), |row: &Row| row.estimate.saved_by.clone().into_any())
            .sorted_by(|a, b| a.estimate.saved_by.cmp(&b.estimate.saved_by)),
        Column::new("saved_at", text::saved_at(language), |row: &Row| {
            view! { <Time at=row.estimate.saved_at /> }.into_any()
        })
        .sorted_by(|a, b| a.estimate.saved_at.cmp(&b.estimate.saved_at)),
    ]
}

fn amount_column(
    id: &'static str,
    heading: &'static str,
    language: Language,
    get: fn(&Row) -> (Option<Decimal>, u32),
) -> Column<Row> {
    Column::new(id, heading, move |row: &Row| {
        let (amount, places) = get(row);
        let amount = amount.map(|amount| rounded_usd(amount, places));
        amount
            .unwrap_or_else(|| {
                if row.total.is_none() { text::unreadable(language).to_owned() } else { "-".to_owned() }
            })
            .into_any()
    })
    .class("number")
}

/// What the text filter looks through.
fn search_text(row: &Row, text: &mut String) {
    for part in [&row.estimate.name, &row.estimate.saved_by] {
        text.push_str(part);
        text.push(' ');
    }
}
