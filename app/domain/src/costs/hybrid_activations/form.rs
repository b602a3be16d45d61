//! The form of the Hybrid Activations calculator, as it is typed.

use std::collections::BTreeSet;

use super::{HybridEstimate, PeriodUnit, TierPlace, tier_for};
use crate::costs::bill::{Bill, Place};
use crate::costs::prices::{ADVANCED_NODE_HOUR, STANDARD_TIER_NODES};
use crate::costs::read::{MAX_LABEL_LENGTH, MAX_NODES, Reader, row_numbers, text_or};
use crate::costs::saved::MAX_ESTIMATE_NAME_LENGTH;
use crate::costs::{CostStart, Fields, plain_text};
use crate::errors::{FieldError, Rule};
use crate::tier::Tier;

/// Hours of the longest month.
pub const MAX_MONTH_HOURS: u32 = 31 * 24;
/// Hours of a month of 30 days, as the AWS seminars reckon.
const MONTH_HOURS: u32 = 30 * 24;
/// The fields of a row.
const ROW: [&str; 4] = ["account", "region", "tier", "nodes"];

/// The form as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HybridForm {
    /// What the estimate is called.
    pub name: String,
    /// How long.
    pub period: String,
    /// What the period is counted in.
    pub unit: String,
    /// Hours a month.
    pub month_hours: String,
    /// US dollars a node and hour.
    pub price: String,
    /// Another currency's code.
    pub currency: String,
    /// Units of that currency for one US dollar.
    pub rate: String,
    /// Accounts and Regions.
    pub rows: Vec<TierRow>,
}

/// An account and Region as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TierRow {
    /// The row's number in the names of its fields.
    pub number: u32,
    /// Whatever names the account.
    pub account: String,
    /// The Region.
    pub region: String,
    /// The tier's name.
    pub tier: String,
    /// How many nodes.
    pub nodes: String,
}

impl TierRow {
    /// A row without nodes.
    #[must_use]
    pub fn empty(number: u32) -> Self {
        Self { number, tier: Tier::Standard.name().to_owned(), nodes: "0".to_owned(), ..Self::default() }
    }
}

impl HybridForm {
    /// Reads the fields; what is missing is as in an empty form.
    #[must_use]
    pub fn from_fields(fields: &Fields) -> Self {
        let row = |number: u32| {
            let usual = TierRow::empty(number);
            let text = |name: &str, otherwise: &str| text_or(fields, &format!("{name}.{number}"), otherwise);
            TierRow {
                number,
                account: text("account", &usual.account),
                region: text("region", &usual.region),
                tier: text("tier", &usual.tier),
                nodes: text("nodes", &usual.nodes),
            }
        };
        Self {
            name: text_or(fields, "name", ""),
            period: text_or(fields, "period", "1"),
            unit: text_or(fields, "unit", PeriodUnit::Months.name()),
            month_hours: text_or(fields, "month_hours", &MONTH_HOURS.to_string()),
            price: text_or(fields, "price", &plain_text(ADVANCED_NODE_HOUR.amount)),
            currency: text_or(fields, "currency", ""),
            rate: text_or(fields, "rate", ""),
            rows: row_numbers(fields, &ROW).into_iter().map(row).collect(),
        }
    }

    /// The form for the live fleet for a month, on the tier in force; above the standard tier, on the advanced one.
    #[must_use]
    pub fn of_fleet(start: &CostStart) -> Self {
        let nodes = start.known_fleet().hybrid;
        let tier = if start.tier == Some(Tier::Advanced) { Tier::Advanced } else { tier_for(nodes) };
        let row = TierRow {
            number: 1,
            account: start.account.clone(),
            region: start.region.clone(),
            tier: tier.name().to_owned(),
            nodes: nodes.to_string(),
        };
        Self { rows: vec![row], ..Self::from_fields(&Fields::default()) }
    }

    /// The example of the AWS seminar: 500 nodes on the standard tier and 1,500 on the advanced one, for ten days.
    #[must_use]
    pub fn example() -> Self {
        let row = |number, account: &str, tier: Tier, nodes: &str| TierRow {
            number,
            account: account.to_owned(),
            tier: tier.name().to_owned(),
            nodes: nodes.to_owned(),
            ..TierRow::default()
        };
        Self {
            period: "10".to_owned(),
            unit: PeriodUnit::Days.name().to_owned(),
            rows: vec![row(1, "A", Tier::Standard, "500"), row(2, "B", Tier::Advanced, "1500")],
            ..Self::from_fields(&Fields::default())
        }
    }

    /// The fields as they are typed.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        fields.push("name", &*self.name);
        fields.push("period", &*self.period);
        fields.push("unit", &*self.unit);
        fields.push("month_hours", &*self.month_hours);
        fields.push("price", &*self.price);
        fields.push("currency", &*self.currency);
        fields.push("rate", &*self.rate);
        for row in &self.rows {
            let values = [&row.account, &row.region, &row.tier, &row.nodes];
            for (name, value) in ROW.into_iter().zip(values) {
                fields.push(format!("{name}.{}", row.number), value.as_str());
            }
        }
        fields
    }

    /// What is to be calculated, and its bill.
    ///
    /// # Errors
    /// Every broken rule at its field.
    pub fn calculate(&self) -> Result<(HybridEstimate, Bill), Vec<FieldError>> {
        let mut reader = Reader::default();
        let estimate = self.read(&mut reader);
        // An amount that does not fit stands at the nodes that make it so.
        for (index, (place, row)) in estimate.places.iter().zip(&self.rows).enumerate() {
            reader.fits(&format!("nodes.{}", row.number), estimate.line(index, place).is_some());
        }
        reader.finish()?;
        match estimate.bill() {
            Some(bill) => Ok((estimate, bill)),
            None => {
                let whole = HybridEstimate { currency: None, ..estimate };
                let field = if whole.bill().is_some() { "rate" } else { "price" };
                Err(vec![FieldError { field: field.to_owned(), rule: Rule::TooLarge }])
            }
        }
    }

    fn read(&self, reader: &mut Reader) -> HybridEstimate {
        let unit = PeriodUnit::from_name(&self.unit).unwrap_or_else(|| {
            reader.fail("unit", Rule::Choice);
            PeriodUnit::default()
        });
        let mut known = BTreeSet::new();
        HybridEstimate {
            name: reader.label("name", &self.name, MAX_ESTIMATE_NAME_LENGTH),
            period: reader.whole("period", &self.period, 1, unit.max()),
            unit,
            month_hours: reader.whole("month_hours", &self.month_hours, 1, MAX_MONTH_HOURS),
            places: self.rows.iter().map(|row| row.read(reader, &mut known)).collect(),
            price: reader.price("price", &self.price),
            currency: reader.currency(&self.currency, &self.rate),
        }
    }
}

impl TierRow {
    /// `known` are the accounts and Regions above: each has one tier, and so stands once.
    fn read(&self, reader: &mut Reader, known: &mut BTreeSet<(String, String)>) -> TierPlace {
        let field = |name: &str| format!("{name}.{}", self.number);
        let account = reader.label(&field("account"), &self.account, MAX_LABEL_LENGTH);
        let region = reader.label(&field("region"), &self.region, MAX_LABEL_LENGTH);
        let named = !account.is_empty();
        if named && !known.insert((account.to_lowercase(), region.to_lowercase())) {
            reader.fail(field("account"), Rule::DuplicatePlace);
        }
        let tier = Tier::from_name(&self.tier).unwrap_or_else(|| {
            reader.fail(field("tier"), Rule::Choice);
            Tier::Standard
        });
        let nodes = reader.whole(&field("nodes"), &self.nodes, 0, MAX_NODES);
        if tier == Tier::Standard && nodes > STANDARD_TIER_NODES {
            reader.fail(field("nodes"), Rule::StandardTier { max: STANDARD_TIER_NODES });
        }
        TierPlace { place: Place { account, region }, tier, nodes }
    }
}
