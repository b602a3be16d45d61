//! A bill: its total, every line of its arithmetic, and what would be otherwise.

use domain::costs::{Bill, Conversion, Line, WhatIf, grouped_whole, plain_text};
use domain::language::Language;
use leptos::prelude::*;

use crate::components::container::{Container, KeyValue, KeyValues};
use crate::costs::words::{
    NODE_PLACES, TOTAL_PLACES, arithmetic, change_name, converted, difference_usd, exact_usd, item_name,
    place_name, rounded_usd,
};
use crate::text::costs as text;

/// Total and cost of a node.
pub fn bill_summary(language: Language, bill: &Bill) -> AnyView {
    let each = bill.per_node().map(|each| {
        let each = rounded_usd(each, NODE_PLACES);
        let nodes = text::for_nodes(language, grouped_whole(bill.nodes));
        view! {
            <KeyValue label=text::per_node(language)>
                {each} <span class="cost-note">{nodes}</span>
            </KeyValue>
        }
    });
    let conversion = bill.conversion.as_ref().map(|conversion| in_currency(language, conversion));
    let (total, exact) = (rounded_usd(bill.total, TOTAL_PLACES), exact_usd(bill.total));
    view! {
        <KeyValues>
            <KeyValue label=text::total(language)>
                <span class="cost-total">{total}</span>
                <span class="cost-note">{text::exactly(language, exact)}</span>
            </KeyValue>
            {each}
            {conversion}
        </KeyValues>
    }
    .into_any()
}

fn in_currency(language: Language, conversion: &Conversion) -> impl IntoView + use<> {
    let currency = &conversion.currency;
    let total = converted(conversion);
    let rate = text::at_rate(language, plain_text(currency.rate), &currency.code);
    view! {
        <KeyValue label=text::in_currency(language, &currency.code)>
            <span class="cost-total">{total}</span>
            <span class="cost-note">{rate}</span>
        </KeyValue>
    }
}

/// Every line of the arithmetic and their sum.
pub fn bill_lines(language: Language, bill: &Bill) -> AnyView {
    let line = |line: &Line| {
        let place = bill.places.get(line.place).map(|place| place_name(language, place, line.place));
        view! {
            <tr>
                <th scope="row">{item_name(language, line.item)} <span class="cost-note">{place}</span></th>
                <td>{arithmetic(language, line)}</td>
                <td class="number nowrap">{exact_usd(line.amount)}</td>
            </tr>
        }
    };
    let lines = bill.lines.iter().map(line).collect_view();
    let (exact, total) = (exact_usd(bill.total), rounded_usd(bill.total, TOTAL_PLACES));
    view! {
        <Container title=text::lines(language)>
            <div class="cost-table" role="region" aria-label=text::lines(language) tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{text::item(language)}</th>
                            <th scope="col">{text::calculation(language)}</th>
                            <th scope="col" class="number">{text::amount(language)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row" colspan="2">{text::total_exact(language)}</th>
                            <td class="number nowrap">{exact}</td>
                        </tr>
                        <tr>
                            <th scope="row" colspan="2">{text::total(language)}</th>
                            <td class="number nowrap">{total}</td>
                        </tr>
                    </tfoot>
                </table>
            </div>
        </Container>
    }
    .into_any()
}

/// What would be otherwise, and what it costs.
pub fn what_ifs(language: Language, changes: &[WhatIf]) -> AnyView {
    let row = |what_if: &WhatIf| {
        view! {
            <tr>
                <th scope="row">{change_name(language, what_if.change)}</th>
                <td class="number nowrap">{exact_usd(what_if.before)}</td>
                <td class="number nowrap">{exact_usd(what_if.after)}</td>
                <td class="number nowrap">{difference_usd(what_if.difference)}</td>
            </tr>
        }
    };
    let rows = changes.iter().map(row).collect_view();
    view! {
        <Container title=text::what_ifs(language) description=text::what_ifs_description(language).to_owned()>
            <div class="cost-table" role="region" aria-label=text::what_ifs(language) tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{text::change(language)}</th>
                            <th scope="col" class="number">{text::before(language)}</th>
                            <th scope="col" class="number">{text::after(language)}</th>
                            <th scope="col" class="number">{text::difference(language)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </Container>
    }
    .into_any()
}
