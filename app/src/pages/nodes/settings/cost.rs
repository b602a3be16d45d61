//! What the advanced tier costs, or would cost, for this fleet.

use domain::costs::prices::{ADVANCED_NODE_HOUR, PRICING_PAGE};
use domain::costs::{exact_text, rounded_text};
use domain::tier::{HOURS_A_MONTH, HybridNodes, Tier, TierSetting, advanced_tier_price};
use leptos::prelude::*;

use crate::components::container::Container;
use crate::components::number::number;
use crate::components::plain_table::{Heading, PlainTable};
use crate::page::use_language;
use crate::text::tier as text;

/// The arithmetic, line by line.
#[component]
pub(super) fn Cost(setting: Option<TierSetting>, hybrid: Option<HybridNodes>) -> impl IntoView {
    let language = use_language();
    let charged = setting.is_some_and(|setting| setting.tier == Tier::Advanced);
    let title = if charged { text::cost(language) } else { text::cost_would(language) };
    let body = match hybrid.filter(|hybrid| hybrid.fetched_at.is_some()) {
        None => view! { <p>{text::cost_unknown(language)}</p> }.into_any(),
        Some(hybrid) => view! { <Lines nodes=hybrid.count /> }.into_any(),
    };
    view! {
        <Container title description=text::cost_description(language, exact_text(ADVANCED_NODE_HOUR.amount, 2))>
            {body}
            <p><a href="/costs/hybrid-activations">{text::cost_calculate(language)}</a></p>
            <Source />
        </Container>
    }
    .into_any()
}

/// Of when the price is, and where to look for today's.
#[component]
pub(super) fn Source() -> impl IntoView {
    let language = use_language();
    view! {
        <p class="secondary">
            {text::cost_source(language)}" "
            <a href=PRICING_PAGE rel="external noopener">
                {text::cost_pricing(language)}
            </a>
        </p>
    }
}

/// An hour, a day and a month: number of nodes × price × hours = amount.
#[component]
pub(super) fn Lines(nodes: usize) -> impl IntoView {
    let language = use_language();
    let unit = exact_text(ADVANCED_NODE_HOUR.amount, 2);
    let line = |period: &'static str, hours: u32, places: u32| {
        let amount = rounded_text(advanced_tier_price(nodes, hours), places);
        view! {
            <tr>
                <th scope="row">{period}</th>
                <td>{text::cost_sum(language, number(nodes), &unit, hours)}</td>
                <td class="number">{text::usd(language, amount)}</td>
            </tr>
        }
    };
    let rows = [
        // A node more is less than a cent an hour.
        line(text::cost_hour(language), 1, 4),
        line(text::cost_day(language), 24, 2),
        line(text::cost_month(language), HOURS_A_MONTH, 2),
    ];
    let headings = vec![
        text::cost_period(language).into(),
        text::cost_arithmetic(language).into(),
        Heading::Number(text::cost_amount(language)),
    ];
    view! {
        <PlainTable label=text::cost_table(language) headings>{rows}</PlainTable>
    }
    .into_any()
}

/// What the tier costs this fleet in a month, in a word.
#[component]
pub fn MonthlyCost(
    /// The tier that counts.
    tier: Tier,
    /// Hybrid nodes.
    nodes: usize,
) -> impl IntoView {
    let language = use_language();
    match tier {
        Tier::Standard => text::free(language).to_owned(),
        Tier::Advanced => {
            text::cost_monthly(language, rounded_text(advanced_tier_price(nodes, HOURS_A_MONTH), 2))
        }
    }
}
