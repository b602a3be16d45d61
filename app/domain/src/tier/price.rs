//! What the advanced tier costs.

use crate::costs::Decimal;
use crate::costs::prices::ADVANCED_NODE_HOUR;

/// Hours in a month: 365 days of 24 hours, by twelve.
pub const HOURS_A_MONTH: u32 = 730;

/// What so many hybrid nodes cost in the advanced tier in so many hours: US dollars, exact, before tax.
#[must_use]
pub fn advanced_tier_price(nodes: usize, hours: u32) -> Decimal {
    Decimal::from(nodes) * Decimal::from(hours) * ADVANCED_NODE_HOUR.amount
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::costs::{exact_text, rounded_text};
    use proptest::prelude::*;

    #[test]
    fn the_decks_example_comes_out() {
        assert_eq!(exact_text(advanced_tier_price(1500, 10 * 24), 2), "2,502.00");
    }

    #[test]
    fn nothing_is_rounded_before_it_is_shown() {
        assert_eq!(exact_text(advanced_tier_price(1, 1), 2), "0.00695");
        assert_eq!(exact_text(advanced_tier_price(1, HOURS_A_MONTH), 2), "5.0735");
        assert_eq!(rounded_text(advanced_tier_price(17, HOURS_A_MONTH), 2), "86.25");
        assert_eq!(rounded_text(advanced_tier_price(0, HOURS_A_MONTH), 2), "0.00");
    }

    proptest! {
        #[test]
        fn more_nodes_or_hours_cost_more(nodes in 0_usize..100_000, hours in 1_u32..10_000) {
            prop_assert!(advanced_tier_price(nodes + 1, hours) > advanced_tier_price(nodes, hours));
            prop_assert!(advanced_tier_price(nodes + 1, hours + 1) > advanced_tier_price(nodes + 1, hours));
        }
    }
}
