//! Reads a form's fields and notes every broken rule at its field.

use rust_decimal::Decimal;

use super::number::{parse, plain_text};
use super::{Currency, Fields};
use crate::errors::{FieldError, Rule};

/// Longest name of an account or Region, in characters.
pub const MAX_LABEL_LENGTH: u32 = 64;
/// Most accounts and Regions in one estimate.
pub const MAX_PLACES: u32 = 50;
/// Most nodes in one account and Region: far above AWS's guidance for a fleet.
pub(super) const MAX_NODES: u32 = 1_000_000;
/// Highest price, in US dollars.
const MAX_PRICE: u32 = 1_000;
/// Decimal places of a price.
const PRICE_PLACES: u32 = 8;
/// Highest rate: units of a currency for one US dollar.
const MAX_RATE: u32 = 1_000_000;
/// Decimal places of a rate.
const RATE_PLACES: u32 = 6;

/// Reads fields and gathers what is wrong with them.
#[derive(Default)]
pub(super) struct Reader {
    errors: Vec<FieldError>,
}

impl Reader {
    pub(super) fn fail(&mut self, field: impl Into<String>, rule: Rule) {
        let field = field.into();
        // One sentence a field: the first rule that it breaks.
        if !self.errors.iter().any(|error| error.field == field) {
            self.errors.push(FieldError { field, rule });
        }
    }

    /// Notes a figure that needs more digits than there are.
    pub(super) fn fits(&mut self, field: &str, fits: bool) {
        if !fits {
            self.fail(field, Rule::TooLarge);
        }
    }

    /// A whole number within a range.
    pub(super) fn whole(&mut self, field: &str, text: &str, min: u32, max: u32) -> u32 {
        if text.trim().is_empty() {
            self.fail(field, Rule::Required);
            return min;
        }
        let value = parse(text).filter(|value| value.scale() == 0);
        let value = value.and_then(|value| u32::try_from(value.mantissa()).ok());
        value.filter(|value| (min..=max).contains(value)).unwrap_or_else(|| {
            self.fail(field, Rule::Range { min, max });
            min
        })
    }

    /// A number from 0 (or, with `above_zero`, above it) to `max`, of so many decimal places.
    pub(super) fn decimal(
        &mut self,
        field: &str,
        text: &str,
        max: u32,
        places: u32,
        above_zero: bool,
    ) -> Decimal {
        if text.trim().is_empty() {
            self.fail(field, Rule::Required);
            return Decimal::ZERO;
        }
        let smallest = if above_zero { Decimal::new(1, places) } else { Decimal::ZERO };
        let allowed =
            |value: &Decimal| value.scale() <= places && *value >= smallest && *value <= Decimal::from(max);
        parse(text).filter(allowed).unwrap_or_else(|| {
            self.fail(field, Rule::Decimal { min: plain_text(smallest), max, places });
            Decimal::ZERO
        })
    }

    /// A price in US dollars.
    pub(super) fn price(&mut self, field: &str, text: &str) -> Decimal {
        self.decimal(field, text, MAX_PRICE, PRICE_PLACES, false)
    }

    /// A line of text that may be empty.
    pub(super) fn label(&mut self, field: &str, text: &str, max: u32) -> String {
        let text = text.trim();
        if text.chars().count() > max as usize {
            self.fail(field, Rule::MaxLength { max });
        }
        text.to_owned()
    }

    /// A currency and its rate: both or neither.
    pub(super) fn currency(&mut self, code: &str, rate: &str) -> Option<Currency> {
        let code = code.trim().to_ascii_uppercase();
        if code.is_empty() && rate.trim().is_empty() {
            return None;
        }
        if code.is_empty() {
            self.fail("currency", Rule::Required);
        } else if !Currency::is_code(&code) {
            self.fail("currency", Rule::CurrencyCode);
        }
        let rate = self.decimal("rate", rate, MAX_RATE, RATE_PLACES, true);
        Some(Currency { code, rate })
    }

    /// Every broken rule, or that there is none.
    pub(super) fn finish(self) -> Result<(), Vec<FieldError>> {
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }
}

/// A field's text, or what it is when the form has not got it.
pub(super) fn text_or(fields: &Fields, name: &str, otherwise: &str) -> String {
    fields.get(name).unwrap_or(otherwise).to_owned()
}

/// The form's rows by number: those that the fields have, less the one to be removed, with the one to be added.
/// Without script both are the names of buttons.
pub(super) fn row_numbers(fields: &Fields, names: &[&str]) -> Vec<u32> {
    let mut rows = fields.rows(names);
    if let Some(removed) = fields.get("remove").and_then(|row| row.parse().ok()) {
        rows.remove(&removed);
    }
    let mut rows: Vec<u32> = rows.into_iter().take(MAX_PLACES as usize).collect();
    if rows.is_empty() || (fields.get("add").is_some() && rows.len() < MAX_PLACES as usize) {
        rows.push(rows.last().map_or(1, |last| last.saturating_add(1)));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(read: impl FnOnce(&mut Reader)) -> Vec<Rule> {
        let mut reader = Reader::default();
        read(&mut reader);
        reader.finish().err().unwrap_or_default().into_iter().map(|error| error.rule).collect()
    }

    #[test]
    fn whole_numbers_keep_to_their_range() {
        let broken = |text: &str| {
            errors(|reader| {
                reader.whole("nodes", text, 1, 1_000);
            })
        };
        assert_eq!(broken("1,000"), []);
        assert_eq!(broken("１"), []);
        assert_eq!(broken(" "), [Rule::Required]);
        for text in ["0", "1001", "1.5", "-1", "many", "99999999999999999999"] {
            assert_eq!(broken(text), [Rule::Range { min: 1, max: 1_000 }], "{text}");
        }
    }

    #[test]
    fn decimals_keep_to_their_places() {
        let broken = |text: &str, above_zero| {
            errors(|reader| {
                reader.decimal("rate", text, 10, 2, above_zero);
            })
        };
        assert_eq!(broken("9.99", true), []);
        assert_eq!(broken("0", false), []);
        assert_eq!(broken("1.500", false), [], "zeros at the end are no digits");
        let rule = |min: &str| Rule::Decimal { min: min.to_owned(), max: 10, places: 2 };
        assert_eq!(broken("0", true), [rule("0.01")]);
        for text in ["10.01", "0.001", "-1", "a"] {
            assert_eq!(broken(text, false), [rule("0")], "{text}");
        }
    }

    #[test]
    fn a_currency_needs_its_rate_and_a_rate_its_currency() {
        let read = |code: &str, rate: &str| {
            errors(|reader| {
                reader.currency(code, rate);
            })
        };
        assert_eq!(read("", ""), []);
        assert_eq!(read("jpy", "150.25"), []);
        assert_eq!(read("JPY", ""), [Rule::Required]);
        assert_eq!(read("", "150"), [Rule::Required]);
        assert_eq!(read("yen!", "150"), [Rule::CurrencyCode]);
    }

    #[test]
    fn rows_come_and_go_by_buttons() {
        let rows = |query: &str| row_numbers(&Fields::from_query(query), &["nodes"]);
        assert_eq!(rows(""), [1]);
        assert_eq!(rows("nodes.2=1&nodes.4=2"), [2, 4]);
        assert_eq!(rows("nodes.2=1&nodes.4=2&add=1"), [2, 4, 5]);
        assert_eq!(rows("nodes.2=1&nodes.4=2&remove=2"), [4]);
        assert_eq!(rows("nodes.2=1&remove=2"), [1]);
        let many: String = (1..=80).map(|row| format!("nodes.{row}=1&")).collect();
        assert_eq!(rows(&format!("{many}add=1")).len(), MAX_PLACES as usize);
    }
}
