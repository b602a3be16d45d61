//! A bill: every line of the arithmetic, and their sum.

use rust_decimal::Decimal;

use super::Currency;
use super::number::{minus, plus, quotient, times};

/// An account and Region; a name may be missing while one only plans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Whatever names the account.
    pub account: String,
    /// Such as `ap-northeast-1`.
    pub region: String,
}

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// Nodes on the standard tier.
    StandardTier,
    /// Nodes on the advanced tier.
    AdvancedTier,
    /// Packages of AWS and of third parties.
    AwsPackages,
    /// Packages of one's own, kept.
    Storage,
    /// Asking for packages of one's own.
    Calls,
    /// Packages of one's own, sent out of the Region or to on-premises machines.
    Transfer,
}

impl Item {
    /// In forms, CSV and the page's markup.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::StandardTier => "standard-tier",
            Self::AdvancedTier => "advanced-tier",
            Self::AwsPackages => "aws-packages",
            Self::Storage => "storage",
            Self::Calls => "calls",
            Self::Transfer => "transfer",
        }
    }
}

/// What a factor counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nodes.
    Nodes,
    /// Nodes outside of the Region or on premises.
    OutsideNodes,
    /// Packages.
    Packages,
    /// Packages of AWS or a third party.
    AwsPackages,
    /// Megabytes.
    Megabytes,
    /// Megabytes in a gigabyte.
    MegabytesPerGigabyte,
    /// Updates a month.
    UpdatesPerMonth,
    /// Checks a day.
    ChecksPerDay,
    /// Calls that a price is for.
    CallsPerPrice,
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// Hours a day.
    HoursPerDay,
    /// Months.
    Months,
    /// Hours a month.
    HoursPerMonth,
    /// Days a month.
    DaysPerMonth,
    /// US dollars a node and hour.
    UsdPerNodeHour,
    /// US dollars a package and node.
    UsdPerPackage,
    /// US dollars a gigabyte and month.
    UsdPerGigabyteMonth,
    /// US dollars a gigabyte.
    UsdPerGigabyte,
    /// US dollars a thousand calls.
    UsdPerThousandCalls,
}

/// How a factor joins those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Multiplied by.
    Times,
    /// Divided by.
    DividedBy,
}

/// A number of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factor {
    /// How it joins those before it.
    pub operation: Operation,
    /// The number.
    pub value: Decimal,
    /// What it counts.
    pub unit: Unit,
}

impl Factor {
    pub(super) fn times(value: impl Into<Decimal>, unit: Unit) -> Self {
        Self { operation: Operation::Times, value: value.into(), unit }
    }

    pub(super) fn divided_by(value: impl Into<Decimal>, unit: Unit) -> Self {
        Self { operation: Operation::DividedBy, value: value.into(), unit }
    }

    /// What to multiply by. Only divisors whose reciprocal has an end occur, such as 1,000 and 1,024.
    fn multiplier(&self) -> Option<Decimal> {
        match self.operation {
            Operation::Times => Some(self.value),
            Operation::DividedBy => {
                let reciprocal = quotient(Decimal::ONE, self.value)?;
                (times(reciprocal, self.value) == Some(Decimal::ONE)).then_some(reciprocal)
            }
        }
    }
}

/// One line of the arithmetic: its factors make its amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which of the bill's places.
    pub place: usize,
    /// What it is for.
    pub item: Item,
    /// From left to right.
    pub factors: Vec<Factor>,
    /// US dollars, exactly.
    pub amount: Decimal,
}

impl Line {
    /// The line of these factors; `None` where the amount has more digits than there are.
    pub(super) fn new(place: usize, item: Item, factors: Vec<Factor>) -> Option<Self> {
        let amount =
            factors.iter().try_fold(Decimal::ONE, |product, factor| times(product, factor.multiplier()?))?;
        Some(Self { place, item, factors, amount })
    }
}

/// A total in another currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// The currency and its rate.
    pub currency: Currency,
    /// The total in it, exactly.
    pub total: Decimal,
}

/// Every line, and their sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// The accounts and Regions, in the estimate's order.
    pub places: Vec<Place>,
    /// By place.
    pub lines: Vec<Line>,
    /// US dollars, exactly.
    pub total: Decimal,
    /// Nodes in all places together.
    pub nodes: u64,
    /// The total in another currency, where one is asked for.
    pub conversion: Option<Conversion>,
}

impl Bill {
    /// The bill of these lines; `None` where the total has more digits than there are.
    pub(super) fn new(places: Vec<Place>, lines: Vec<Line>, nodes: u64) -> Option<Self> {
        let total = lines.iter().try_fold(Decimal::ZERO, |sum, line| plus(sum, line.amount))?;
        Some(Self { places, lines, total, nodes, conversion: None })
    }

    /// The same bill, with its total in another currency as well.
    pub(super) fn converted(mut self, currency: Option<&Currency>) -> Option<Self> {
        if let Some(currency) = currency {
            let total = times(self.total, currency.rate)?;
            self.conversion = Some(Conversion { currency: currency.clone(), total });
        }
        Some(self)
    }

    /// US dollars a node, from the total before any rounding; `None` without nodes.
    #[must_use]
    pub fn per_node(&self) -> Option<Decimal> {
        quotient(self.total, Decimal::from(self.nodes))
    }

    /// What it is more than another total; `None` where that has more digits than there are.
    #[must_use]
    pub fn difference_to(&self, other: Decimal) -> Option<Decimal> {
        minus(self.total, other)
    }

    /// What one place costs.
    #[must_use]
    pub fn of_place(&self, place: usize) -> Decimal {
        self.sum(|line| line.place == place)
    }

    /// What one kind of item costs; `None` where the bill has none of it.
    #[must_use]
    pub fn of_item(&self, item: Item) -> Option<Decimal> {
        self.lines.iter().any(|line| line.item == item).then(|| self.sum(|line| line.item == item))
    }

    /// The items of this bill, each once.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        let mut items: Vec<_> = self.lines.iter().map(|line| line.item).collect();
        items.sort_unstable();
        items.dedup();
        items
    }

    /// A part of the total is never more than the total, which has fitted.
    fn sum(&self, counts: impl Fn(&Line) -> bool) -> Decimal {
        let lines = self.lines.iter().filter(|line| counts(line));
        lines.fold(Decimal::ZERO, |sum, line| plus(sum, line.amount).unwrap_or(sum))
    }
}

/// Something that could be otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It lasts a month longer.
    OneMoreMonth,
    /// One account and Region has 1,001 nodes, on the advanced tier, and not 1,000 on the standard tier.
    AboveStandardTier,
    /// Every account and Region is on the advanced tier.
    AllAdvanced,
    /// Every account and Region that may be is on the standard tier.
    AllStandard,
    /// Every package is twice as large.
    PackagesTwiceAsLarge,
    /// Every node checks once an hour.
    CheckEveryHour,
    /// Every package is updated once more a month.
    OneMoreUpdate,
}

/// What a change costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhatIf {
    /// What is otherwise.
    pub change: Change,
    /// US dollars as it is.
    pub before: Decimal,
    /// US dollars as it would be.
    pub after: Decimal,
    /// What it costs more; below zero what it saves.
    pub difference: Decimal,
}

impl WhatIf {
    pub(super) fn new(change: Change, before: Decimal, after: Decimal) -> Option<Self> {
        Some(Self { change, before, after, difference: minus(after, before)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gigabytes_of_either_kind_divide_exactly() {
        let line = |divisor: u32| {
            let factors = vec![
                Factor::times(100, Unit::Megabytes),
                Factor::divided_by(divisor, Unit::MegabytesPerGigabyte),
            ];
            Line::new(0, Item::Storage, factors).map(|line| line.amount.to_string())
        };
        assert_eq!(line(1_000).as_deref(), Some("0.1"));
        assert_eq!(line(1_024).as_deref(), Some("0.09765625"));
        assert_eq!(line(3), None, "no end, no exact amount");
    }

    #[test]
    fn a_total_is_converted_before_rounding() {
        let line = Line::new(0, Item::Calls, vec![Factor::times(Decimal::new(5, 3), Unit::Nodes)]).unwrap();
        let bill = Bill::new(vec![Place::default()], vec![line], 3).unwrap();
        let currency = Currency { code: "JPY".to_owned(), rate: Decimal::from(150) };
        let bill = bill.converted(Some(&currency)).unwrap();
        assert_eq!(bill.conversion.map(|conversion| conversion.total), Some(Decimal::new(75, 2)));
    }
}
