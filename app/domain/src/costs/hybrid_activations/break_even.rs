//! When the advanced tier pays: against spreading the nodes over several accounts or Regions on the standard tier.

use rust_decimal::Decimal;

use super::HybridEstimate;
use crate::costs::bill::Bill;
use crate::costs::prices::STANDARD_TIER_NODES;
use crate::costs::quotient;
use crate::tier::Tier;

/// What the advanced tier of one place is to be weighed against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakEven {
    /// Which of the bill's places.
    pub place: usize,
    /// Its nodes.
    pub nodes: u32,
    /// US dollars in the period on the advanced tier.
    pub amount: Decimal,
    /// How many more accounts or Regions would hold the nodes on the standard tier.
    pub further_places: u32,
    /// US dollars in the period: above this for each of those, the advanced tier is cheaper. `None` where none is
    /// needed: the standard tier then holds them as they are.
    pub each: Option<Decimal>,
}

/// For each place on the advanced tier that has nodes.
#[must_use]
pub fn break_evens(estimate: &HybridEstimate, bill: &Bill) -> Vec<BreakEven> {
    let advanced = |(_, place): &(usize, &super::TierPlace)| place.tier == Tier::Advanced && place.nodes > 0;
    let places = estimate.places.iter().enumerate().filter(advanced);
    places
        .map(|(index, place)| {
            let amount = bill.of_place(index);
            let further_places = place.nodes.div_ceil(STANDARD_TIER_NODES) - 1;
            let each = quotient(amount, Decimal::from(further_places));
            BreakEven { place: index, nodes: place.nodes, amount, further_places, each }
        })
        .collect()
}
