//! The fields that both calculators have, and how each of their fields is made.

use domain::costs::prices::{PRICING_PAGE, Price, Source};
use domain::costs::{Fields, plain_text};
use domain::language::Language;
use domain::time_text::month;
use leptos::prelude::*;

use crate::components::form::{FormErrors, TextInput};
use crate::components::icon::Icon;
use crate::page::use_language;
use crate::text::costs as text;

/// A field of a number.
#[component]
pub fn NumberInput(
    /// Its name in the form.
    #[prop(into)]
    name: String,
    /// Its name on screen.
    label: &'static str,
    /// What it begins with.
    value: String,
    /// The form's errors.
    errors: FormErrors,
    /// What it is for.
    #[prop(optional_no_strip, into)]
    description: Option<String>,
) -> impl IntoView {
    let error = errors.at(name.clone());
    view! {
        <TextInput name label value=RwSignal::new(value) inputmode="decimal" description error />
    }
    .into_any()
}

/// Account and Region of a row.
pub fn place_inputs(
    language: Language,
    number: u32,
    account: String,
    region: String,
    errors: FormErrors,
) -> AnyView {
    let input = |name: String, label: &'static str, value: String| {
        let error = errors.at(name.clone());
        view! { <TextInput name label value=RwSignal::new(value) optional=true error /> }
    };
    view! {
        {input(format!("account.{number}"), text::account(language), account)}
        {input(format!("region.{number}"), text::region(language), region)}
    }
    .into_any()
}

/// Another currency and its rate.
pub fn currency_inputs(language: Language, currency: String, rate: String, errors: FormErrors) -> AnyView {
    view! {
        <div class="cost-fields">
            <TextInput
                name="currency"
                label=text::currency(language)
                value=RwSignal::new(currency)
                description=text::currency_description(language).to_owned()
                optional=true
                error=errors.at("currency")
            />
            <TextInput
                name="rate"
                label=text::rate(language)
                value=RwSignal::new(rate)
                inputmode="decimal"
                description=text::rate_description(language).to_owned()
                optional=true
                error=errors.at("rate")
            />
        </div>
    }
    .into_any()
}

/// A price, with what was published where it is another now.
#[component]
pub fn PriceInput(
    /// Its name in the form.
    name: &'static str,
    /// Its name on screen.
    label: &'static str,
    /// What it begins with.
    value: String,
    /// The published price.
    price: Price,
    /// The form's fields as they stand.
    fields: Signal<Fields>,
    /// The form's errors.
    errors: FormErrors,
) -> impl IntoView {
    let language = use_language();
    let published = plain_text(price.amount);
    let changed = move || {
        let typed = fields.with(|fields| fields.get(name).map(|typed| typed.trim().to_owned()));
        let other = typed.filter(|typed| *typed != published && !typed.is_empty());
        other.map(|_| {
            view! {
                <p class="cost-changed">
                    <Icon icon=Icon::Info />
                    {text::price_changed(language, &published)}
                </p>
            }
        })
    };
    view! {
        <div>
            <NumberInput name label value errors />
            {changed}
        </div>
    }
    .into_any()
}

/// Where the prices come from and how old they are.
#[component]
pub fn PriceSource(
    /// One of the prices, all being of one source.
    price: Price,
) -> impl IntoView {
    let language = use_language();
    let source = match price.source {
        Source::HybridActivationsDeck => text::source_hybrid(language),
        Source::DistributorDeck => text::source_distributor(language),
    };
    view! {
        <p class="secondary">
            {text::prices_description(language, month(language, price.as_of), source)}" "
            <a href=PRICING_PAGE rel="external noreferrer" target="_blank">{text::prices_page(language)}</a>
        </p>
    }
    .into_any()
}

/// A field's name without its row's number.
pub fn field_name(field: &str) -> &str {
    field.split_once('.').map_or(field, |(name, _)| name)
}

/// The label of a field that both calculators have.
pub fn common_label(language: Language, name: &str) -> &'static str {
    match name {
        "name" => text::name(language),
        "currency" => text::currency(language),
        "rate" => text::rate(language),
        "account" => text::account(language),
        "region" => text::region(language),
        _ => "",
    }
}
