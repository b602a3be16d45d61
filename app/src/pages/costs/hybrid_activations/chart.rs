//! The chart of both tiers, drawn in whole units; the sentence below it says the same.

use domain::costs::hybrid_activations::{CHART_SIZE, ChartPoint, HybridEstimate, TierChart};
use domain::costs::prices::STANDARD_TIER_NODES;
use domain::costs::{Decimal, grouped_whole, quotient};
use domain::language::Language;
use domain::tier::Tier;
use leptos::prelude::*;

use crate::components::container::Container;
use crate::costs::words::{TOTAL_PLACES, place_name, rounded_usd, tier_name};
use crate::text::costs as text;

/// The drawing's size and where its axes are.
const WIDTH: u32 = 640;
const HEIGHT: u32 = 280;
const LEFT: u32 = 120;
const RIGHT: u32 = 610;
const TOP: u32 = 34;
const BASE: u32 = 230;

fn x(units: u32) -> u32 {
    LEFT + units * (RIGHT - LEFT) / CHART_SIZE
}

fn y(units: u32) -> u32 {
    BASE - units * (BASE - TOP) / CHART_SIZE
}

/// The chart of an estimate.
pub fn tier_chart(language: Language, estimate: &HybridEstimate, chart: &TierChart) -> AnyView {
    let limit = grouped_whole(STANDARD_TIER_NODES.into());
    let max = grouped_whole(chart.max_nodes.into());
    let of_max = |part: u32| {
        quotient(chart.max_amount * Decimal::from(part), Decimal::from(CHART_SIZE)).unwrap_or_default()
    };
    let at_limit =
        quotient(chart.max_amount * Decimal::from(STANDARD_TIER_NODES), Decimal::from(chart.max_nodes));
    let usd = |amount: Decimal| rounded_usd(amount, TOTAL_PLACES);
    let sentence = text::tier_chart_text(
        language,
        &limit,
        usd(at_limit.unwrap_or_default()),
        &max,
        usd(chart.max_amount),
    );
    let heights = [0, CHART_SIZE / 2, CHART_SIZE]
        .map(|part| {
            view! {
                <line class="chart-grid" x1=LEFT x2=RIGHT y1=y(part) y2=y(part) />
                <text class="chart-text" x=LEFT - 8 y=y(part) + 4 text-anchor="end">{usd(of_max(part))}</text>
            }
        })
        .collect_view();
    let points = chart.points.iter().map(|point| point_view(language, estimate, point)).collect_view();
    let threshold = x(chart.threshold);
    view! {
        <Container title=text::tier_chart(language)>
            <figure class="chart">
                <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=text::tier_chart(language)>
                    {heights}
                    <line class="chart-threshold" x1=threshold x2=threshold y1=TOP - 12 y2=BASE />
                    <text class="chart-text" x=threshold y=TOP - 18 text-anchor="middle">
                        {text::tier_chart_limit(language, &limit)}
                    </text>
                    <line class="chart-advanced" x1=x(0) x2=x(CHART_SIZE) y1=y(0) y2=y(CHART_SIZE) />
                    <line class="chart-standard" x1=x(0) x2=threshold y1=y(0) y2=y(0) />
                    {points}
                    <text class="chart-text" x=LEFT y=BASE + 20 text-anchor="middle">"0"</text>
                    <text class="chart-text" x=threshold y=BASE + 20 text-anchor="middle">{limit.clone()}</text>
                    <text class="chart-text" x=RIGHT y=BASE + 20 text-anchor="middle">{max.clone()}</text>
                    <text class="chart-text" x=(LEFT + RIGHT) / 2 y=BASE + 42 text-anchor="middle">
                        {text::tier_chart_axis(language)}
                    </text>
                </svg>
                <ul class="chart-legend">
                    <li><span class="chart-key chart-key-standard"></span>{tier_name(language, Tier::Standard)}</li>
                    <li><span class="chart-key chart-key-advanced"></span>{tier_name(language, Tier::Advanced)}</li>
                </ul>
                <figcaption>{sentence}</figcaption>
            </figure>
        </Container>
    }
    .into_any()
}

/// An account and Region of the estimate, with its name.
fn point_view(language: Language, estimate: &HybridEstimate, point: &ChartPoint) -> impl IntoView + use<> {
    let place = estimate.places.get(point.place);
    let name = place.map(|place| place_name(language, &place.place, point.place)).unwrap_or_default();
    let (cx, cy) = (x(point.x), y(point.y));
    // Names stay within the drawing.
    let (anchor, from) = if point.x > CHART_SIZE / 2 { ("end", cx - 8) } else { ("start", cx + 8) };
    view! {
        <circle class="chart-point" cx=cx cy=cy r="5" />
        <text class="chart-text chart-name" x=from y=cy - 8 text-anchor=anchor>{name}</text>
    }
}
