//! When the advanced tier pays, in sentences.

use domain::costs::hybrid_activations::BreakEven;
use domain::costs::{Bill, grouped_whole};
use domain::language::Language;
use leptos::prelude::*;

use crate::components::container::Container;
use crate::costs::words::{TOTAL_PLACES, exact_usd, place_name, rounded_usd};
use crate::text::costs as text;

/// A sentence for each place on the advanced tier; nothing where there is none.
pub fn break_even(language: Language, bill: &Bill, all: &[BreakEven]) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    let items = all.iter().map(|item| view! { <li>{sentence(language, bill, item)}</li> }).collect_view();
    view! {
        <Container title=text::break_even(language)>
            <ul class="cost-sentences">{items}</ul>
        </Container>
    }
    .into_any()
}

fn sentence(language: Language, bill: &Bill, item: &BreakEven) -> String {
    let place = bill.places.get(item.place).map(|place| place_name(language, place, item.place));
    let (place, nodes) = (place.unwrap_or_default(), grouped_whole(item.nodes.into()));
    match (item.each, item.further_places) {
        (None, _) => text::break_even_fits(language, place, nodes, exact_usd(item.amount)),
        (Some(each), 1) => {
            text::break_even_spread_one(language, place, nodes, rounded_usd(each, TOTAL_PLACES))
        }
        (Some(each), more) => {
            text::break_even_spread(language, place, more, nodes, rounded_usd(each, TOTAL_PLACES))
        }
    }
}
