//! What Hybrid Activations costs.

mod break_even;
mod chart;

use domain::costs::hybrid_activations::{HybridForm, PeriodUnit, TierChart, TierRow, break_evens};
use domain::costs::prices::{ADVANCED_NODE_HOUR, STANDARD_TIER_NODES};
use domain::costs::{Bill, Calculator, Fields, grouped_whole};
use domain::language::Language;
use domain::tier::Tier;
use leptos::prelude::*;

use super::bill::what_ifs;
use super::calculator::{CalculatorPage, Parts};
use super::inputs::{
    NumberInput, PriceInput, PriceSource, common_label, currency_inputs, field_name, place_inputs,
};
use crate::components::form::{FormErrors, Select, SelectOption, TextInput};
use crate::costs::words::tier_name;
use crate::page::use_language;
use crate::text::costs as text;
use break_even::break_even;
use chart::tier_chart;

const PARTS: Parts = Parts {
    calculator: Calculator::HybridActivations,
    title: text::hybrid_title,
    intro: text::hybrid_intro,
    of_fleet: |start| HybridForm::of_fleet(start).fields(),
    example: || HybridForm::example().fields(),
    settings,
    rows: |fields| HybridForm::from_fields(fields).rows.iter().map(|row| row.number).collect(),
    row,
    prices,
    label,
    details,
};

/// The calculator of Hybrid Activations.
#[component]
pub fn HybridCosts() -> impl IntoView {
    view! { <CalculatorPage parts=PARTS /> }
}

fn settings(fields: &Fields, errors: FormErrors) -> AnyView {
    let language = use_language();
    let form = HybridForm::from_fields(fields);
    let unit = |unit: PeriodUnit| {
        let label = match unit {
            PeriodUnit::Hours => text::unit_hours_option(language),
            PeriodUnit::Days => text::unit_days_option(language),
            PeriodUnit::Months => text::unit_months_option(language),
        };
        SelectOption { value: unit.name().to_owned(), label: label.to_owned(), disabled: false }
    };
    let about_hours = text::month_hours_description(language).to_owned();
    let hours_errors = errors.at("unit");
    view! {
        <div class="cost-fields">
            <NumberInput name="period" label=text::period(language) value=form.period errors />
            <Select
                name="unit"
                label=text::unit(language)
                value=RwSignal::new(form.unit)
                options=PeriodUnit::ALL.map(unit).to_vec()
                error=hours_errors
            />
        </div>
        <NumberInput
            name="month_hours"
            label=text::month_hours(language)
            value=form.month_hours
            description=about_hours
            errors
        />
        {currency_inputs(language, form.currency, form.rate, errors)}
    }
    .into_any()
}

fn row(fields: &Fields, number: u32, errors: FormErrors) -> AnyView {
    let language = use_language();
    let rows = HybridForm::from_fields(fields).rows;
    let row = rows.into_iter().find(|row| row.number == number).unwrap_or_else(|| TierRow::empty(number));
    let tier = |tier: Tier| SelectOption {
        value: tier.name().to_owned(),
        label: tier_name(language, tier).to_owned(),
        disabled: false,
    };
    let (tier_field, nodes_field) = (format!("tier.{number}"), format!("nodes.{number}"));
    let (chosen, nodes) = (RwSignal::new(row.tier), RwSignal::new(row.nodes));
    // Only the standard tier has a limit.
    let is_limited = Memo::new(move |_| chosen.with(|tier| *tier == Tier::Standard.name()));
    let nodes_input = move || {
        let limit = grouped_whole(STANDARD_TIER_NODES.into());
        let constraint = is_limited.get().then(|| text::nodes_constraint(language, limit));
        let (name, error) = (nodes_field.clone(), errors.at(nodes_field.clone()));
        view! { <TextInput name label=text::nodes(language) value=nodes inputmode="decimal" constraint error /> }
    };
    view! {
        {place_inputs(language, number, row.account, row.region, errors)}
        <Select
            name=tier_field.clone()
            label=text::tier(language)
            value=chosen
            options=Tier::ALL.map(tier).to_vec()
            error=errors.at(tier_field)
        />
        {nodes_input}
    }
    .into_any()
}

fn prices(fields: &Fields, typed: Signal<Fields>, errors: FormErrors) -> AnyView {
    let language = use_language();
    let value = HybridForm::from_fields(fields).price;
    view! {
        <PriceSource price=ADVANCED_NODE_HOUR />
        <PriceInput
            name="price"
            label=text::price_advanced(language)
            value
            price=ADVANCED_NODE_HOUR
            fields=typed
            errors
        />
    }
    .into_any()
}

fn label(language: Language, field: &str) -> &'static str {
    match field_name(field) {
        "period" => text::period(language),
        "unit" => text::unit(language),
        "month_hours" => text::month_hours(language),
        "price" => text::price_advanced(language),
        "tier" => text::tier(language),
        "nodes" => text::nodes(language),
        name => common_label(language, name),
    }
}

fn details(language: Language, fields: &Fields, _: &Bill) -> AnyView {
    let Ok((estimate, bill)) = HybridForm::from_fields(fields).calculate() else { return ().into_any() };
    let chart = TierChart::of(&estimate).map(|chart| tier_chart(language, &estimate, &chart));
    view! {
        {chart}
        {what_ifs(language, &estimate.what_ifs())}
        {break_even(language, &bill, &break_evens(&estimate, &bill))}
    }
    .into_any()
}
