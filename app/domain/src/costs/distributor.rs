//! Distributor: what packages of one's own cost to keep, to ask for and to send.

mod form;

pub use form::{DistributorForm, PackageRow};

use rust_decimal::Decimal;

use super::bill::{Bill, Change, Factor, Item, Line, Place, Unit, WhatIf};
use super::{Currency, Fields, plain_text};

/// Calls that the price of calls is for.
const CALLS_PER_PRICE: u32 = 1_000;

/// The two sizes of a gigabyte, in megabytes. The AWS seminars reckon with the first.
pub const MEGABYTES_PER_GIGABYTE: [u32; 2] = [1_000, 1_024];

/// An account and Region with its nodes and packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackagePlace {
    /// Which account and Region.
    pub place: Place,
    /// Nodes in the packages' Region.
    pub aws_nodes: u32,
    /// Nodes on premises or outside of the Region: what they receive is charged for.
    pub outside_nodes: u32,
    /// Packages of AWS and of third parties on each node.
    pub aws_packages: u32,
    /// Packages of one's own on each node.
    pub own_packages: u32,
    /// Megabytes of each of one's own packages.
    pub size: Decimal,
    /// Updates of each of one's own packages a month.
    pub updates: u32,
    /// Checks for each of one's own packages on each node a day; each is one call.
    pub checks: u32,
}

impl PackagePlace {
    fn nodes(&self) -> u32 {
        self.aws_nodes + self.outside_nodes
    }
}

/// What is to be calculated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistributorEstimate {
    /// What it is called; may be empty.
    pub name: String,
    /// How many months.
    pub months: u32,
    /// Days a month.
    pub month_days: u32,
    /// Megabytes in a gigabyte, one of [`MEGABYTES_PER_GIGABYTE`].
    pub gigabyte: u32,
    /// US dollars a gigabyte and month.
    pub storage_price: Decimal,
    /// US dollars a thousand calls.
    pub calls_price: Decimal,
    /// US dollars a gigabyte sent out of the Region or to on-premises machines.
    pub transfer_price: Decimal,
    /// Another currency to show the total in.
    pub currency: Option<Currency>,
    /// At least one.
    pub places: Vec<PackagePlace>,
}

impl DistributorEstimate {
    /// The bill; `None` where a figure has more digits than there are.
    #[must_use]
    pub fn bill(&self) -> Option<Bill> {
        let mut lines = Vec::new();
        for (index, place) in self.places.iter().enumerate() {
            lines.extend(self.lines(index, place)?);
        }
        let nodes = self.places.iter().map(|place| u64::from(place.nodes())).sum();
        let places = self.places.iter().map(|place| place.place.clone()).collect();
        Bill::new(places, lines, nodes)?.converted(self.currency.as_ref())
    }

    /// The lines of one place: AWS's packages where there are any, storage, calls, transfer.
    fn lines(&self, index: usize, place: &PackagePlace) -> Option<Vec<Line>> {
        let mut lines = Vec::new();
        if place.aws_packages > 0 {
            lines.push(Line::new(index, Item::AwsPackages, aws_packages(place))?);
        }
        lines.push(Line::new(index, Item::Storage, self.storage(place))?);
        lines.push(Line::new(index, Item::Calls, self.calls(place))?);
        lines.push(Line::new(index, Item::Transfer, self.transfer(place))?);
        Some(lines)
    }

    fn storage(&self, place: &PackagePlace) -> Vec<Factor> {
        vec![
            Factor::times(place.own_packages, Unit::Packages),
            Factor::times(place.size, Unit::Megabytes),
            Factor::divided_by(self.gigabyte, Unit::MegabytesPerGigabyte),
            Factor::times(self.storage_price, Unit::UsdPerGigabyteMonth),
            Factor::times(self.months, Unit::Months),
        ]
    }

    fn calls(&self, place: &PackagePlace) -> Vec<Factor> {
        vec![
            Factor::times(place.nodes(), Unit::Nodes),
            Factor::times(place.own_packages, Unit::Packages),
            Factor::times(place.checks, Unit::ChecksPerDay),
            Factor::times(self.month_days, Unit::DaysPerMonth),
            Factor::times(self.months, Unit::Months),
            Factor::divided_by(CALLS_PER_PRICE, Unit::CallsPerPrice),
            Factor::times(self.calls_price, Unit::UsdPerThousandCalls),
        ]
    }

    fn transfer(&self, place: &PackagePlace) -> Vec<Factor> {
        vec![
            Factor::times(place.outside_nodes, Unit::OutsideNodes),
            Factor::times(place.own_packages, Unit::Packages),
            Factor::times(place.size, Unit::Megabytes),
            Factor::times(place.updates, Unit::UpdatesPerMonth),
            Factor::times(self.months, Unit::Months),
            Factor::divided_by(self.gigabyte, Unit::MegabytesPerGigabyte),
            Factor::times(self.transfer_price, Unit::UsdPerGigabyte),
        ]
    }

    /// What would be if one thing were otherwise.
    #[must_use]
    pub fn what_ifs(&self) -> Vec<WhatIf> {
        let Some(total) = self.bill().map(|bill| bill.total) else { return Vec::new() };
        let with = |change, estimate: Self| WhatIf::new(change, total, estimate.bill()?.total);
        let every = |other: fn(&mut PackagePlace)| {
            let mut estimate = self.clone();
            estimate.places.iter_mut().for_each(other);
            estimate
        };
        [
            with(Change::OneMoreMonth, Self { months: self.months + 1, ..self.clone() }),
            with(Change::PackagesTwiceAsLarge, every(|place| place.size *= Decimal::TWO)),
            with(Change::CheckEveryHour, every(|place| place.checks = 24)),
            with(Change::OneMoreUpdate, every(|place| place.updates += 1)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The fields that lead back to this estimate, every default and price among them: it stays as it is when those
    /// change.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        fields.push("name", &*self.name);
        fields.push("months", self.months.to_string());
        fields.push("month_days", self.month_days.to_string());
        fields.push("gigabyte", self.gigabyte.to_string());
        fields.push("storage_price", plain_text(self.storage_price));
        fields.push("calls_price", plain_text(self.calls_price));
        fields.push("transfer_price", plain_text(self.transfer_price));
        if let Some(currency) = &self.currency {
            fields.push("currency", &*currency.code);
            fields.push("rate", plain_text(currency.rate));
        }
        for (number, place) in (1..).zip(&self.places) {
            fields.push(format!("account.{number}"), &*place.place.account);
            fields.push(format!("region.{number}"), &*place.place.region);
            fields.push(format!("aws_nodes.{number}"), place.aws_nodes.to_string());
            fields.push(format!("outside_nodes.{number}"), place.outside_nodes.to_string());
            fields.push(format!("aws_packages.{number}"), place.aws_packages.to_string());
            fields.push(format!("own_packages.{number}"), place.own_packages.to_string());
            fields.push(format!("size.{number}"), plain_text(place.size));
            fields.push(format!("updates.{number}"), place.updates.to_string());
            fields.push(format!("checks.{number}"), place.checks.to_string());
        }
        fields
    }
}

/// AWS's packages cost nothing: the line says so.
fn aws_packages(place: &PackagePlace) -> Vec<Factor> {
    vec![
        Factor::times(place.nodes(), Unit::Nodes),
        Factor::times(place.aws_packages, Unit::AwsPackages),
        Factor::times(0, Unit::UsdPerPackage),
    ]
}

#[cfg(test)]
mod tests;
