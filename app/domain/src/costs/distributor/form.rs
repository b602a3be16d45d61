//! The form of the Distributor calculator, as it is typed.

use std::collections::BTreeSet;

use super::{DistributorEstimate, MEGABYTES_PER_GIGABYTE, PackagePlace};
use crate::costs::bill::{Bill, Place};
use crate::costs::prices::{STORAGE_GB_MONTH, THOUSAND_CALLS, TRANSFER_GB};
use crate::costs::read::{MAX_LABEL_LENGTH, MAX_NODES, Reader, row_numbers, text_or};
use crate::costs::saved::MAX_ESTIMATE_NAME_LENGTH;
use crate::costs::{CostStart, Fields, plain_text};
use crate::errors::{FieldError, Rule};

/// Longest estimate: ten years.
const MAX_MONTHS: u32 = 120;
/// Days of a month, as the AWS seminars reckon.
const MONTH_DAYS: u32 = 30;
/// Days of the longest month.
const MAX_MONTH_DAYS: u32 = 31;
/// Most packages on a node.
const MAX_PACKAGES: u32 = 1_000;
/// Largest package, in megabytes: twenty attachments of the size that Distributor takes.
const MAX_SIZE: u32 = 20_480;
/// Decimal places of a size.
const SIZE_PLACES: u32 = 3;
/// Most updates a month.
const MAX_UPDATES: u32 = 1_000;
/// Most checks a day: one a minute.
const MAX_CHECKS: u32 = 1_440;
/// The fields of a row.
const ROW: [&str; 9] = [
    "account",
    "region",
    "aws_nodes",
    "outside_nodes",
    "aws_packages",
    "own_packages",
    "size",
    "updates",
    "checks",
];

/// The form as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistributorForm {
    /// What the estimate is called.
    pub name: String,
    /// How many months.
    pub months: String,
    /// Days a month.
    pub month_days: String,
    /// Megabytes in a gigabyte.
    pub gigabyte: String,
    /// US dollars a gigabyte and month.
    pub storage_price: String,
    /// US dollars a thousand calls.
    pub calls_price: String,
    /// US dollars a gigabyte sent.
    pub transfer_price: String,
    /// Another currency's code.
    pub currency: String,
    /// Units of that currency for one US dollar.
    pub rate: String,
    /// Accounts and Regions.
    pub rows: Vec<PackageRow>,
}

/// An account and Region as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageRow {
    /// The row's number in the names of its fields.
    pub number: u32,
    /// Whatever names the account.
    pub account: String,
    /// The Region.
    pub region: String,
    /// Nodes in the Region.
    pub aws_nodes: String,
    /// Nodes on premises or outside of the Region.
    pub outside_nodes: String,
    /// Packages of AWS and of third parties.
    pub aws_packages: String,
    /// Packages of one's own.
    pub own_packages: String,
    /// Megabytes of each of one's own.
    pub size: String,
    /// Updates a month.
    pub updates: String,
    /// Checks a day.
    pub checks: String,
}

impl PackageRow {
    /// A row of which only what is usual is filled in.
    #[must_use]
    pub fn empty(number: u32) -> Self {
        Self {
            number,
            aws_nodes: "0".to_owned(),
            outside_nodes: "0".to_owned(),
            aws_packages: "0".to_owned(),
            own_packages: "1".to_owned(),
            size: "100".to_owned(),
            updates: "1".to_owned(),
            checks: "2".to_owned(),
            ..Self::default()
        }
    }

    fn from_fields(fields: &Fields, number: u32) -> Self {
        let usual = Self::empty(number);
        let text = |name: &str, otherwise: &str| text_or(fields, &format!("{name}.{number}"), otherwise);
        Self {
            number,
            account: text("account", ""),
            region: text("region", ""),
            aws_nodes: text("aws_nodes", &usual.aws_nodes),
            outside_nodes: text("outside_nodes", &usual.outside_nodes),
            aws_packages: text("aws_packages", &usual.aws_packages),
            own_packages: text("own_packages", &usual.own_packages),
            size: text("size", &usual.size),
            updates: text("updates", &usual.updates),
            checks: text("checks", &usual.checks),
        }
    }

    fn values(&self) -> [&str; 9] {
        [
            &self.account,
            &self.region,
            &self.aws_nodes,
            &self.outside_nodes,
            &self.aws_packages,
            &self.own_packages,
            &self.size,
            &self.updates,
            &self.checks,
        ]
    }

    /// `known` are the accounts and Regions above: each stands once.
    fn read(&self, reader: &mut Reader, known: &mut BTreeSet<(String, String)>) -> PackagePlace {
        let field = |name: &str| format!("{name}.{}", self.number);
        let account = reader.label(&field("account"), &self.account, MAX_LABEL_LENGTH);
        let region = reader.label(&field("region"), &self.region, MAX_LABEL_LENGTH);
        if !account.is_empty() && !known.insert((account.to_lowercase(), region.to_lowercase())) {
            reader.fail(field("account"), Rule::DuplicatePlace);
        }
        PackagePlace {
            place: Place { account, region },
            aws_nodes: reader.whole(&field("aws_nodes"), &self.aws_nodes, 0, MAX_NODES),
            outside_nodes: reader.whole(&field("outside_nodes"), &self.outside_nodes, 0, MAX_NODES),
            aws_packages: reader.whole(&field("aws_packages"), &self.aws_packages, 0, MAX_PACKAGES),
            own_packages: reader.whole(&field("own_packages"), &self.own_packages, 0, MAX_PACKAGES),
            size: reader.decimal(&field("size"), &self.size, MAX_SIZE, SIZE_PLACES, false),
            updates: reader.whole(&field("updates"), &self.updates, 0, MAX_UPDATES),
            checks: reader.whole(&field("checks"), &self.checks, 0, MAX_CHECKS),
        }
    }
}

impl DistributorForm {
    /// Reads the fields; what is missing is as in an empty form.
    #[must_use]
    pub fn from_fields(fields: &Fields) -> Self {
        let rows = row_numbers(fields, &ROW);
        Self {
            name: text_or(fields, "name", ""),
            months: text_or(fields, "months", "1"),
            month_days: text_or(fields, "month_days", &MONTH_DAYS.to_string()),
            gigabyte: text_or(fields, "gigabyte", &MEGABYTES_PER_GIGABYTE[0].to_string()),
            storage_price: text_or(fields, "storage_price", &plain_text(STORAGE_GB_MONTH.amount)),
            calls_price: text_or(fields, "calls_price", &plain_text(THOUSAND_CALLS.amount)),
            transfer_price: text_or(fields, "transfer_price", &plain_text(TRANSFER_GB.amount)),
            currency: text_or(fields, "currency", ""),
            rate: text_or(fields, "rate", ""),
            rows: rows.into_iter().map(|number| PackageRow::from_fields(fields, number)).collect(),
        }
    }

    /// The form for the live fleet; what its packages are is for the person to say.
    #[must_use]
    pub fn of_fleet(start: &CostStart) -> Self {
        let fleet = start.known_fleet();
        let row = PackageRow {
            account: start.account.clone(),
            region: start.region.clone(),
            aws_nodes: fleet.ec2.to_string(),
            outside_nodes: fleet.hybrid.to_string(),
            ..PackageRow::empty(1)
        };
        Self { rows: vec![row], ..Self::from_fields(&Fields::default()) }
    }

    /// The example of the AWS seminar: 100 EC2 instances and 25 machines on premises, three packages of AWS and two of
    /// one's own of 100 MB, updated once a month and checked for twice a day.
    #[must_use]
    pub fn example() -> Self {
        let row = PackageRow {
            aws_nodes: "100".to_owned(),
            outside_nodes: "25".to_owned(),
            aws_packages: "3".to_owned(),
            own_packages: "2".to_owned(),
            ..PackageRow::empty(1)
        };
        Self { rows: vec![row], ..Self::from_fields(&Fields::default()) }
    }

    /// The fields as they are typed.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        for (name, value) in [
            ("name", &self.name),
            ("months", &self.months),
            ("month_days", &self.month_days),
            ("gigabyte", &self.gigabyte),
            ("storage_price", &self.storage_price),
            ("calls_price", &self.calls_price),
            ("transfer_price", &self.transfer_price),
            ("currency", &self.currency),
            ("rate", &self.rate),
        ] {
            fields.push(name, value.as_str());
        }
        for row in &self.rows {
            for (name, value) in ROW.into_iter().zip(row.values()) {
                fields.push(format!("{name}.{}", row.number), value);
            }
        }
        fields
    }

    /// What is to be calculated, and its bill.
    ///
    /// # Errors
    /// Every broken rule at its field.
    pub fn calculate(&self) -> Result<(DistributorEstimate, Bill), Vec<FieldError>> {
        let mut reader = Reader::default();
        let estimate = self.read(&mut reader);
        // An amount that does not fit stands at the size that makes it so.
        for (index, (place, row)) in estimate.places.iter().zip(&self.rows).enumerate() {
            reader.fits(&format!("size.{}", row.number), estimate.lines(index, place).is_some());
        }
        reader.finish()?;
        match estimate.bill() {
            Some(bill) => Ok((estimate, bill)),
            None => {
                let whole = DistributorEstimate { currency: None, ..estimate };
                let field = if whole.bill().is_some() { "rate" } else { "transfer_price" };
                Err(vec![FieldError { field: field.to_owned(), rule: Rule::TooLarge }])
            }
        }
    }

    fn read(&self, reader: &mut Reader) -> DistributorEstimate {
        let gigabyte = MEGABYTES_PER_GIGABYTE.into_iter().find(|size| size.to_string() == self.gigabyte);
        let mut known = BTreeSet::new();
        DistributorEstimate {
            name: reader.label("name", &self.name, MAX_ESTIMATE_NAME_LENGTH),
            months: reader.whole("months", &self.months, 1, MAX_MONTHS),
            places: self.rows.iter().map(|row| row.read(reader, &mut known)).collect(),
            month_days: reader.whole("month_days", &self.month_days, 1, MAX_MONTH_DAYS),
            gigabyte: gigabyte.unwrap_or_else(|| {
                reader.fail("gigabyte", Rule::Choice);
                MEGABYTES_PER_GIGABYTE[0]
            }),
            storage_price: reader.price("storage_price", &self.storage_price),
            calls_price: reader.price("calls_price", &self.calls_price),
            transfer_price: reader.price("transfer_price", &self.transfer_price),
            currency: reader.currency(&self.currency, &self.rate),
        }
    }
}
