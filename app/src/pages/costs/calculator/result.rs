//! The estimate beside the form: its figures, or what keeps them from being calculated.

use domain::costs::{Bill, Fields};
use domain::errors::FieldError;
use domain::language::Language;
use leptos::prelude::*;

use super::{Parts, Work};
use crate::components::alert::Alert;
use crate::components::container::Container;
use crate::components::copy::CopyButton;
use crate::components::form::field_id;
use crate::components::icon::Icon;
use crate::components::status::StatusKind;
use crate::costs::words::{TOTAL_PLACES, rounded_usd};
use crate::error_text::rule_text;
use crate::page::use_language;
use crate::pages::costs::bill::{bill_lines, bill_summary};
use crate::text::costs as text;

/// The estimate, following the form.
#[component]
pub fn Estimate(work: Work) -> impl IntoView {
    let language = use_language();
    let parts = work.parts();
    let total = move || {
        work.outcome.with(|outcome| {
            let bill = outcome.as_ref().ok().map(|(_, bill)| rounded_usd(bill.total, TOTAL_PLACES));
            bill.map(|total| format!("{}: {total}", text::total(language)))
        })
    };
    view! {
        <div class="cost-result">
            <p class="visually-hidden" role="status">{total}</p>
            {move || work.outcome.with(|outcome| match outcome {
                Ok((fields, bill)) => figures(language, parts, fields, bill),
                Err(errors) => incomplete(language, parts, errors),
            })}
        </div>
    }
    .into_any()
}

fn figures(language: Language, parts: Parts, fields: &Fields, bill: &Bill) -> AnyView {
    let name = fields.get("name").filter(|name| !name.is_empty()).map(str::to_owned);
    let summary = bill_summary(language, bill);
    view! {
        <Container title=text::result(language) actions=share(language, parts, fields)>
            {name.map(|name| view! { <p class="cost-name">{name}</p> })}
            {summary}
        </Container>
        {bill_lines(language, bill)}
        {(parts.details)(language, fields, bill)}
    }
    .into_any()
}

/// The link that reproduces the estimate, the file, the printer.
fn share(language: Language, parts: Parts, fields: &Fields) -> AnyView {
    let query = fields.to_query();
    let link = format!("{}{}?{query}", origin(), parts.calculator.path());
    let csv = format!("{}.csv?{query}", parts.calculator.path());
    view! {
        <span class="only-with-script">
            <CopyButton text=Signal::stored(link) label=text::copy_link(language) labelled=true />
        </span>
        <a class="button button-normal" href=csv rel="external" download="">
            <Icon icon=Icon::Download />
            {text::download_csv(language)}
        </a>
        <button type="button" class="button button-normal only-with-script" on:click=|_| print()>
            {text::print(language)}
        </button>
    }
    .into_any()
}

/// This console's own address, where it is known: in the browser.
#[cfg(feature = "hydrate")]
fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

#[cfg(not(feature = "hydrate"))]
fn origin() -> String {
    String::new()
}

fn print() {
    #[cfg(feature = "hydrate")]
    // A browser that cannot print says so itself.
    let _ = window().print();
}

/// What is to be corrected, each a link to its field.
fn incomplete(language: Language, parts: Parts, errors: &[FieldError]) -> AnyView {
    let entries = errors
        .iter()
        .map(|error| {
            let href = format!("#{}", field_id(&error.field));
            let label = (parts.label)(language, &error.field);
            view! { <li><a href=href rel="external">{label}</a>": "{rule_text(language, &error.rule)}</li> }
        })
        .collect_view();
    view! {
        <Alert kind=StatusKind::Warning title=text::incomplete(language).to_owned()>
            <ul>{entries}</ul>
        </Alert>
    }
    .into_any()
}
