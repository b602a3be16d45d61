//! Estimates that were given a name and kept.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::Fields;
use super::bill::Bill;
use super::distributor::DistributorForm;
use super::hybrid_activations::HybridForm;
use crate::errors::{FieldError, Rule};

/// Longest name of an estimate, in characters.
pub const MAX_ESTIMATE_NAME_LENGTH: u32 = 128;

/// One of the two calculators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Calculator {
    /// Hybrid Activations.
    HybridActivations,
    /// Distributor.
    Distributor,
}

impl Calculator {
    /// Both.
    pub const ALL: [Self; 2] = [Self::HybridActivations, Self::Distributor];

    /// In addresses and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HybridActivations => "hybrid-activations",
            Self::Distributor => "distributor",
        }
    }

    /// The calculator with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|calculator| calculator.name() == name)
    }

    /// The calculator's page.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::HybridActivations => "/costs/hybrid-activations",
            Self::Distributor => "/costs/distributor",
        }
    }

    /// The bill of an estimate, and the fields that lead back to it, complete.
    ///
    /// # Errors
    /// Every broken rule at its field.
    pub fn calculate(self, fields: &Fields) -> Result<(Fields, Bill), Vec<FieldError>> {
        match self {
            Self::HybridActivations => {
                HybridForm::from_fields(fields).calculate().map(|(estimate, bill)| (estimate.fields(), bill))
            }
            Self::Distributor => DistributorForm::from_fields(fields)
                .calculate()
                .map(|(estimate, bill)| (estimate.fields(), bill)),
        }
    }
}

/// An estimate that is to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEstimate {
    /// Its name; no two estimates have the same, whatever their case.
    pub name: String,
    /// Which calculator it is of.
    pub calculator: Calculator,
    /// The query that leads back to it, every default and price among it.
    pub query: String,
}

impl NewEstimate {
    /// The estimate of a form that was filled in.
    ///
    /// # Errors
    /// Every broken rule at its field, a missing name among them.
    pub fn of(calculator: Calculator, fields: &Fields) -> Result<Self, Vec<FieldError>> {
        let name = fields.get("name").map(estimate_name).unwrap_or_default();
        let nameless = FieldError { field: "name".to_owned(), rule: Rule::Required };
        match calculator.calculate(fields) {
            Ok(_) if name.is_empty() => Err(vec![nameless]),
            Ok((fields, _)) => Ok(Self { name, calculator, query: fields.to_query() }),
            Err(errors) if name.is_empty() => Err([nameless].into_iter().chain(errors).collect()),
            Err(errors) => Err(errors),
        }
    }
}

/// A name without what surrounds it.
#[must_use]
pub fn estimate_name(text: &str) -> String {
    text.trim().to_owned()
}

/// An estimate that was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedEstimate {
    /// A UUID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which calculator it is of.
    pub calculator: Calculator,
    /// The query that leads back to it.
    pub query: String,
    /// Who saved it last.
    pub saved_by: String,
    /// When.
    #[serde(with = "time::serde::timestamp")]
    pub saved_at: OffsetDateTime,
}

impl SavedEstimate {
    /// The page that shows it.
    #[must_use]
    pub fn href(&self) -> String {
        format!("{}?{}", self.calculator.path(), self.query)
    }

    /// Its bill; `None` when an earlier version of Sekisho has allowed what this one does not.
    #[must_use]
    pub fn bill(&self) -> Option<Bill> {
        self.calculator.calculate(&Fields::from_query(&self.query)).ok().map(|(_, bill)| bill)
    }
}

#[cfg(test)]
mod tests {
    use super::super::MAX_PLACES;
    use super::super::testing::{broken, set};
    use super::*;

    #[test]
    fn a_saved_estimate_keeps_its_prices() {
        let fields = set(&HybridForm::example().fields(), "name", " Osaka ");
        let saved = NewEstimate::of(Calculator::HybridActivations, &fields).unwrap();
        assert_eq!(saved.name, "Osaka");
        for part in ["name=Osaka", "price=0.00695", "month_hours=720", "unit=days", "nodes.2=1500"] {
            assert!(saved.query.contains(part), "{part}: {}", saved.query);
        }
    }

    #[test]
    fn what_is_saved_has_a_name_and_is_right() {
        let fields = DistributorForm::example().fields();
        let nameless = NewEstimate::of(Calculator::Distributor, &set(&fields, "name", "  "));
        assert_eq!(nameless.unwrap_err(), broken("name", Rule::Required));
        let long = NewEstimate::of(Calculator::Distributor, &set(&fields, "name", &"x".repeat(129)));
        assert_eq!(long.unwrap_err(), broken("name", Rule::MaxLength { max: 128 }));
        let wrong = NewEstimate::of(Calculator::Distributor, &set(&fields, "months", "0")).unwrap_err();
        let fields: Vec<_> = wrong.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["name", "months"]);
    }

    #[test]
    fn what_was_emptied_is_refused_and_not_saved_as_usual() {
        let fields = set(&set(&HybridForm::example().fields(), "name", "Osaka"), "month_hours", "");
        let sent = Fields::from_query(&fields.to_query());
        let refused = NewEstimate::of(Calculator::HybridActivations, &sent).unwrap_err();
        assert_eq!(refused, broken("month_hours", Rule::Required));
    }

    #[test]
    fn the_longest_estimate_is_read_back() {
        // An address has twelve letters for this one.
        let long = |number: u32, length: usize| format!("{number:02}{}", "𠮷".repeat(length - 2));
        let rows = (1..=MAX_PLACES).flat_map(|row| {
            [("account", long(row, 64)), ("region", long(row, 64))]
                .map(|(name, value)| (format!("{name}.{row}"), value))
        });
        let fields = Fields::new(rows.chain([("name".to_owned(), long(0, 128))]));
        let saved = NewEstimate::of(Calculator::Distributor, &fields).unwrap();
        let (read, bill) = Calculator::Distributor.calculate(&Fields::from_query(&saved.query)).unwrap();
        assert_eq!((read.to_query(), bill.places.len()), (saved.query, MAX_PLACES as usize));
    }

    #[test]
    fn names_lead_back_to_their_calculator() {
        for calculator in Calculator::ALL {
            assert_eq!(Calculator::from_name(calculator.name()), Some(calculator));
            assert!(calculator.path().ends_with(calculator.name()));
            let json = serde_json::to_string(&calculator).unwrap();
            assert_eq!(json, format!("{:?}", calculator.name()));
        }
        assert_eq!(Calculator::from_name("abacus"), None);
    }
}
