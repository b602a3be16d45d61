//! The prices: data, each with its date and its source.

use rust_decimal::Decimal;
use time::Date;
use time::macros::date;

/// A price that AWS has published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// US dollars, before tax.
    pub amount: Decimal,
    /// The day at which the source had it.
    pub as_of: Date,
    /// Where it stands.
    pub source: Source,
}

/// Where a price stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// AWS Black Belt Online Seminar, "AWS Systems Manager Hybrid Activations".
    HybridActivationsDeck,
    /// AWS Black Belt Online Seminar, "AWS Systems Manager Distributor".
    DistributorDeck,
}

/// AWS's own page, where prices may have changed since.
pub const PRICING_PAGE: &str = "https://aws.amazon.com/systems-manager/pricing/";

const HYBRID_ACTIVATIONS: Date = date!(2023 - 05 - 01);
const DISTRIBUTOR: Date = date!(2023 - 09 - 01);

/// A node on the advanced tier, an hour. There is no free tier.
pub const ADVANCED_NODE_HOUR: Price = Price {
    amount: Decimal::from_parts(695, 0, 0, false, 5),
    as_of: HYBRID_ACTIVATIONS,
    source: Source::HybridActivationsDeck,
};
/// A package of one's own in storage, a GB and month.
pub const STORAGE_GB_MONTH: Price = distributor(46, 3);
/// A thousand Get or Describe calls for packages of one's own.
pub const THOUSAND_CALLS: Price = distributor(25, 3);
/// Packages of one's own transferred out of the Region or to on-premises machines, a GB.
pub const TRANSFER_GB: Price = distributor(9, 1);

const fn distributor(mantissa: u32, scale: u32) -> Price {
    Price {
        amount: Decimal::from_parts(mantissa, 0, 0, false, scale),
        as_of: DISTRIBUTOR,
        source: Source::DistributorDeck,
    }
}

/// Most nodes on the standard tier in one account and Region; they cost nothing.
pub const STANDARD_TIER_NODES: u32 = 1_000;

#[cfg(test)]
mod tests {
    use super::super::plain_text;
    use super::*;

    #[test]
    fn prices_are_those_of_the_sources() {
        assert_eq!(plain_text(ADVANCED_NODE_HOUR.amount), "0.00695");
        assert_eq!(plain_text(STORAGE_GB_MONTH.amount), "0.046");
        assert_eq!(plain_text(THOUSAND_CALLS.amount), "0.025");
        assert_eq!(plain_text(TRANSFER_GB.amount), "0.9");
    }
}
