//! What Distributor costs.

mod chart;

use domain::costs::distributor::{DistributorForm, MEGABYTES_PER_GIGABYTE, PackageRow};
use domain::costs::prices::{STORAGE_GB_MONTH, THOUSAND_CALLS, TRANSFER_GB};
use domain::costs::{Bill, Calculator, Fields, grouped_whole};
use domain::language::Language;
use leptos::prelude::*;

use super::bill::what_ifs;
use super::calculator::{CalculatorPage, Parts};
use super::inputs::{
    NumberInput, PriceInput, PriceSource, common_label, currency_inputs, field_name, place_inputs,
};
use crate::components::form::{FormErrors, Select, SelectOption};
use crate::page::use_language;
use crate::text::costs as text;
use chart::shares;

const PARTS: Parts = Parts {
    calculator: Calculator::Distributor,
    title: text::distributor_title,
    intro: text::distributor_intro,
    of_fleet: |start| DistributorForm::of_fleet(start).fields(),
    example: || DistributorForm::example().fields(),
    settings,
    rows: |fields| DistributorForm::from_fields(fields).rows.iter().map(|row| row.number).collect(),
    row,
    prices,
    label,
    details,
};

/// The calculator of Distributor.
#[component]
pub fn DistributorCosts() -> impl IntoView {
    view! { <CalculatorPage parts=PARTS /> }
}

fn settings(fields: &Fields, errors: FormErrors) -> AnyView {
    let language = use_language();
    let form = DistributorForm::from_fields(fields);
    let size = |size: u32| SelectOption {
        value: size.to_string(),
        label: grouped_whole(size.into()),
        disabled: false,
    };
    view! {
        <div class="cost-fields">
            <NumberInput name="months" label=text::months(language) value=form.months errors />
            <NumberInput name="month_days" label=text::month_days(language) value=form.month_days errors />
        </div>
        <Select
            name="gigabyte"
            label=text::gigabyte(language)
            value=RwSignal::new(form.gigabyte)
            options=MEGABYTES_PER_GIGABYTE.map(size).to_vec()
            description=text::gigabyte_description(language).to_owned()
            error=errors.at("gigabyte")
        />
        {currency_inputs(language, form.currency, form.rate, errors)}
    }
    .into_any()
}

fn row(fields: &Fields, number: u32, errors: FormErrors) -> AnyView {
    let language = use_language();
    let rows = DistributorForm::from_fields(fields).rows;
    let row = rows.into_iter().find(|row| row.number == number).unwrap_or_else(|| PackageRow::empty(number));
    let input = |name: &str, value: String| {
        view! { <NumberInput name=format!("{name}.{number}") label=label(language, name) value errors /> }
    };
    view! {
        {place_inputs(language, number, row.account, row.region, errors)}
        {input("aws_nodes", row.aws_nodes)}
        {input("outside_nodes", row.outside_nodes)}
        {input("aws_packages", row.aws_packages)}
        {input("own_packages", row.own_packages)}
        {input("size", row.size)}
        {input("updates", row.updates)}
        {input("checks", row.checks)}
    }
    .into_any()
}

fn prices(fields: &Fields, typed: Signal<Fields>, errors: FormErrors) -> AnyView {
    let form = DistributorForm::from_fields(fields);
    let inputs = [
        ("storage_price", form.storage_price, STORAGE_GB_MONTH),
        ("calls_price", form.calls_price, THOUSAND_CALLS),
        ("transfer_price", form.transfer_price, TRANSFER_GB),
    ];
    let language = use_language();
    let inputs = inputs.map(|(name, value, price)| {
        view! { <PriceInput name label=label(language, name) value price fields=typed errors /> }
    });
    view! {
        <PriceSource price=STORAGE_GB_MONTH />
        <div class="form">{inputs.collect_view()}</div>
    }
    .into_any()
}

fn label(language: Language, field: &str) -> &'static str {
    match field_name(field) {
        "months" => text::months(language),
        "month_days" => text::month_days(language),
        "gigabyte" => text::gigabyte(language),
        "storage_price" => text::price_storage(language),
        "calls_price" => text::price_calls(language),
        "transfer_price" => text::price_transfer(language),
        "aws_nodes" => text::aws_nodes(language),
        "outside_nodes" => text::outside_nodes(language),
        "aws_packages" => text::aws_packages(language),
        "own_packages" => text::own_packages(language),
        "size" => text::size(language),
        "updates" => text::updates(language),
        "checks" => text::checks(language),
        name => common_label(language, name),
    }
}

fn details(language: Language, fields: &Fields, bill: &Bill) -> AnyView {
    let what_if = DistributorForm::from_fields(fields).calculate().map(|(estimate, _)| estimate.what_ifs());
    view! {
        {shares(language, bill)}
        {what_ifs(language, &what_if.unwrap_or_default())}
    }
    .into_any()
}
