//! The chart of both tiers: cost by nodes in one account and Region, in whole units of a square.

use rust_decimal::Decimal;

use super::HybridEstimate;
use crate::costs::number::times;
use crate::costs::prices::STANDARD_TIER_NODES;
use crate::tier::Tier;

/// The square's side, in the chart's units.
pub const CHART_SIZE: u32 = 1_000;

/// The chart. The advanced tier is the square's diagonal; the standard tier is its base, up to the threshold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierChart {
    /// Nodes at the right edge.
    pub max_nodes: u32,
    /// US dollars at the top: what `max_nodes` cost on the advanced tier.
    pub max_amount: Decimal,
    /// Where the standard tier ends, from the left.
    pub threshold: u32,
    /// The estimate's places.
    pub points: Vec<ChartPoint>,
}

/// A place in the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartPoint {
    /// Which of the estimate's places.
    pub place: usize,
    /// From the left.
    pub x: u32,
    /// From the base.
    pub y: u32,
}

impl TierChart {
    /// The chart of an estimate; `None` where its figures do not fit.
    #[must_use]
    pub fn of(estimate: &HybridEstimate) -> Option<Self> {
        let most = estimate.places.iter().map(|place| place.nodes).max().unwrap_or_default();
        let max_nodes = round_up(most.max(STANDARD_TIER_NODES * 3 / 2));
        let max_amount = times(estimate.advanced_node()?, Decimal::from(max_nodes))?;
        let x = |nodes: u32| {
            u32::try_from(u64::from(nodes) * u64::from(CHART_SIZE) / u64::from(max_nodes))
                .unwrap_or(CHART_SIZE)
        };
        let points = estimate.places.iter().enumerate().map(|(place, at)| ChartPoint {
            place,
            x: x(at.nodes),
            y: if at.tier == Tier::Advanced { x(at.nodes) } else { 0 },
        });
        Some(Self { max_nodes, max_amount, threshold: x(STANDARD_TIER_NODES), points: points.collect() })
    }
}

/// The next number of the kind that scales end with: 2, 4, 6, 8 or 10 times a power of ten.
fn round_up(nodes: u32) -> u32 {
    let mut step = 200;
    while nodes.div_ceil(step) > 5 {
        step *= 10;
    }
    nodes.div_ceil(step) * step
}

#[cfg(test)]
mod tests {
    use super::super::HybridForm;
    use super::*;

    #[test]
    fn scales_end_with_round_numbers() {
        let ends: Vec<_> = [1_500, 2_000, 2_001, 9_999, 10_001, 123_456, 1_000_000].map(round_up).to_vec();
        assert_eq!(ends, [2_000, 2_000, 4_000, 10_000, 20_000, 200_000, 1_000_000]);
    }

    #[test]
    fn the_seminars_example_stands_on_both_lines() {
        let (estimate, _) = HybridForm::example().calculate().unwrap();
        let chart = TierChart::of(&estimate).unwrap();
        assert_eq!((chart.max_nodes, chart.threshold), (2_000, 500));
        assert_eq!(chart.max_amount, Decimal::from(3_336));
        let points: Vec<_> = chart.points.iter().map(|point| (point.x, point.y)).collect();
        assert_eq!(points, [(250, 0), (750, 750)]);
    }
}
