//! What a bill is made of, as bars; each says its amount.

use domain::costs::{Bill, Decimal, Item, plain_text, quotient, rounded_text};
use domain::language::Language;
use leptos::prelude::*;

use crate::components::container::Container;
use crate::costs::words::{exact_usd, item_name};
use crate::text::costs as text;

/// A bar for each item.
pub fn shares(language: Language, bill: &Bill) -> AnyView {
    let bars = bill.items().into_iter().map(|item| bar(language, bill, item)).collect_view();
    view! {
        <Container title=text::share_chart(language)>
            <ul class="bars">{bars}</ul>
        </Container>
    }
    .into_any()
}

fn bar(language: Language, bill: &Bill, item: Item) -> impl IntoView + use<> {
    let amount = bill.of_item(item).unwrap_or_default();
    let percent = quotient(amount * Decimal::ONE_HUNDRED, bill.total).unwrap_or_default();
    let label = text::share(language, exact_usd(amount), rounded_text(percent, 1));
    view! {
        <li>
            <span class="bar-label"><span>{item_name(language, item)}</span><span>{label}</span></span>
            <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect width=plain_text(percent.trunc()) height="6" />
            </svg>
        </li>
    }
}
