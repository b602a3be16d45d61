//! Hybrid Activations: accounts × tier × nodes × hours.

mod break_even;
mod form;
mod tier_chart;

pub use break_even::{BreakEven, break_evens};
pub use form::{HybridForm, MAX_MONTH_HOURS, TierRow};
pub use tier_chart::{CHART_SIZE, ChartPoint, TierChart};

use rust_decimal::Decimal;

use super::bill::{Bill, Change, Factor, Item, Line, Place, Unit, WhatIf};
use super::number::times;
use super::prices::STANDARD_TIER_NODES;
use super::{Currency, Fields, plain_text};
use crate::tier::Tier;

/// The tier that so many nodes need.
const fn tier_for(nodes: u32) -> Tier {
    if nodes > STANDARD_TIER_NODES { Tier::Advanced } else { Tier::Standard }
}

/// What a period is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PeriodUnit {
    /// Hours.
    Hours,
    /// Days of 24 hours.
    Days,
    /// Months, of the hours that the estimate says.
    #[default]
    Months,
}

impl PeriodUnit {
    /// From the longest to the shortest.
    pub const ALL: [Self; 3] = [Self::Months, Self::Days, Self::Hours];

    /// In forms and links.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Months => "months",
        }
    }

    /// The unit with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.name() == name)
    }

    /// The longest period in this unit: ten years.
    #[must_use]
    pub const fn max(self) -> u32 {
        match self {
            Self::Hours => 87_840,
            Self::Days => 3_660,
            Self::Months => 120,
        }
    }
}

/// An account and Region with its tier and nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierPlace {
    /// Which account and Region.
    pub place: Place,
    /// Its tier.
    pub tier: Tier,
    /// Its hybrid nodes.
    pub nodes: u32,
}

/// What is to be calculated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HybridEstimate {
    /// What it is called; may be empty.
    pub name: String,
    /// How long, in `unit`.
    pub period: u32,
    /// What the period is counted in.
    pub unit: PeriodUnit,
    /// Hours a month.
    pub month_hours: u32,
    /// US dollars a node and hour on the advanced tier.
    pub price: Decimal,
    /// Another currency to show the total in.
    pub currency: Option<Currency>,
    /// At least one.
    pub places: Vec<TierPlace>,
}

impl HybridEstimate {
    /// The bill; `None` where a figure has more digits than there are.
    #[must_use]
    pub fn bill(&self) -> Option<Bill> {
        let lines = self.places.iter().enumerate();
        let lines = lines.map(|(index, place)| self.line(index, place)).collect::<Option<_>>()?;
        let nodes = self.places.iter().map(|place| u64::from(place.nodes)).sum();
        let places = self.places.iter().map(|place| place.place.clone()).collect();
        Bill::new(places, lines, nodes)?.converted(self.currency.as_ref())
    }

    fn line(&self, index: usize, place: &TierPlace) -> Option<Line> {
        let (item, price) = match place.tier {
            Tier::Standard => (Item::StandardTier, Decimal::ZERO),
            Tier::Advanced => (Item::AdvancedTier, self.price),
        };
        let mut factors =
            vec![Factor::times(place.nodes, Unit::Nodes), Factor::times(price, Unit::UsdPerNodeHour)];
        factors.extend(self.hours());
        Line::new(index, item, factors)
    }

    /// The factors that make the period's hours.
    fn hours(&self) -> Vec<Factor> {
        match self.unit {
            PeriodUnit::Hours => vec![Factor::times(self.period, Unit::Hours)],
            PeriodUnit::Days => {
                vec![Factor::times(self.period, Unit::Days), Factor::times(24, Unit::HoursPerDay)]
            }
            PeriodUnit::Months => {
                vec![
                    Factor::times(self.period, Unit::Months),
                    Factor::times(self.month_hours, Unit::HoursPerMonth),
                ]
            }
        }
    }

    /// The period in hours.
    #[must_use]
    pub fn total_hours(&self) -> u32 {
        match self.unit {
            PeriodUnit::Hours => self.period,
            PeriodUnit::Days => self.period * 24,
            PeriodUnit::Months => self.period * self.month_hours,
        }
    }

    /// What one node costs in the period on the advanced tier.
    pub(super) fn advanced_node(&self) -> Option<Decimal> {
        times(self.price, Decimal::from(self.total_hours()))
    }

    /// What would be if one thing were otherwise. What changes nothing is left out.
    #[must_use]
    pub fn what_ifs(&self) -> Vec<WhatIf> {
        let Some(total) = self.bill().map(|bill| bill.total) else { return Vec::new() };
        let with = |change, estimate: Self| WhatIf::new(change, total, estimate.bill()?.total);
        let longer =
            Self { period: self.total_hours() + self.month_hours, unit: PeriodUnit::Hours, ..self.clone() };
        let advanced = self.with_tiers(|_| Tier::Advanced);
        let standard = self.with_tiers(tier_for);
        [
            with(Change::OneMoreMonth, longer),
            self.above_standard_tier(),
            (advanced != *self).then(|| with(Change::AllAdvanced, advanced)).flatten(),
            (standard != *self).then(|| with(Change::AllStandard, standard)).flatten(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn with_tiers(&self, tier: impl Fn(u32) -> Tier) -> Self {
        let mut other = self.clone();
        for place in &mut other.places {
            place.tier = tier(place.nodes);
        }
        other
    }

    fn above_standard_tier(&self) -> Option<WhatIf> {
        let after = times(self.advanced_node()?, Decimal::from(STANDARD_TIER_NODES + 1))?;
        WhatIf::new(Change::AboveStandardTier, Decimal::ZERO, after)
    }

    /// The fields that lead back to this estimate, every default and price among them: it stays as it is when those
    /// change.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        fields.push("name", &*self.name);
        fields.push("period", self.period.to_string());
        fields.push("unit", self.unit.name());
        fields.push("month_hours", self.month_hours.to_string());
        fields.push("price", plain_text(self.price));
        if let Some(currency) = &self.currency {
            fields.push("currency", &*currency.code);
            fields.push("rate", plain_text(currency.rate));
        }
        for (number, place) in (1..).zip(&self.places) {
            fields.push(format!("account.{number}"), &*place.place.account);
            fields.push(format!("region.{number}"), &*place.place.region);
            fields.push(format!("tier.{number}"), place.tier.name());
            fields.push(format!("nodes.{number}"), place.nodes.to_string());
        }
        fields
    }
}

#[cfg(test)]
mod tests;
