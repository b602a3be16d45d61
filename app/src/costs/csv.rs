//! An estimate as a file for spreadsheets.

use domain::costs::{Bill, Calculator, Fields, plain_text, rounded_text};
use domain::csv::{BYTE_ORDER_MARK, push_line};
use domain::errors::FieldError;
use domain::language::Language;

use super::words::{NODE_PLACES, TOTAL_PLACES, arithmetic, calculator_name, item_name};
use crate::text::costs as text;

/// Every line of the arithmetic, the total with every digit and rounded, and what a node costs. Amounts are written
/// without thousands separators.
///
/// # Errors
/// Every broken rule at its field.
pub fn estimate_csv(
    language: Language,
    calculator: Calculator,
    fields: &Fields,
) -> Result<String, Vec<FieldError>> {
    let (fields, bill) = calculator.calculate(fields)?;
    let name = fields.get("name").unwrap_or_default();
    let mut csv = BYTE_ORDER_MARK.to_owned();
    push_line(
        &mut csv,
        [
            text::csv_estimate(language),
            text::csv_calculator(language),
            text::account(language),
            text::region(language),
            text::item(language),
            text::calculation(language),
            text::csv_amount(language),
            text::csv_currency(language),
        ],
    );
    let calculator = calculator_name(language, calculator);
    for line in &bill.lines {
        let place = bill.places.get(line.place);
        push_line(
            &mut csv,
            [
                name,
                calculator,
                place.map_or("", |place| &place.account),
                place.map_or("", |place| &place.region),
                item_name(language, line.item),
                &arithmetic(language, line),
                &plain_text(line.amount),
                "USD",
            ],
        );
    }
    for (label, amount, currency) in totals(language, &bill) {
        push_line(&mut csv, [name, calculator, "", "", label, "", &amount, &currency]);
    }
    Ok(csv)
}

fn totals(language: Language, bill: &Bill) -> Vec<(&'static str, String, String)> {
    let usd = |label, amount| (label, amount, "USD".to_owned());
    let mut totals = vec![
        usd(text::total_exact(language), plain_text(bill.total)),
        usd(text::total(language), rounded(bill, TOTAL_PLACES)),
    ];
    if let Some(each) = bill.per_node() {
        totals.push(usd(text::per_node(language), rounded_text(each, NODE_PLACES).replace(',', "")));
    }
    if let Some(conversion) = &bill.conversion {
        let amount = rounded_text(conversion.total, conversion.currency.places()).replace(',', "");
        totals.push((text::total(language), amount, conversion.currency.code.clone()));
    }
    totals
}

fn rounded(bill: &Bill, places: u32) -> String {
    rounded_text(bill.total, places).replace(',', "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::costs::distributor::DistributorForm;
    use domain::costs::hybrid_activations::HybridForm;

    #[test]
    fn the_seminars_example_as_a_file() {
        let fields = DistributorForm::example().fields();
        let csv = estimate_csv(Language::En, Calculator::Distributor, &fields).unwrap();
        assert!(
            csv.starts_with(
                "\u{feff}Estimate,Calculator,Account,Region,Item,Calculation,Amount,Currency\r\n"
            )
        );
        let ends: Vec<_> = csv.lines().skip(1).filter_map(|line| line.rsplit(',').nth(1)).collect();
        assert_eq!(ends, ["0", "0.0092", "0.375", "4.5", "4.8842", "4.88", "0.0391"]);
    }

    #[test]
    fn names_are_no_formulas_and_yen_have_no_decimals() {
        let query = format!(
            "{}&name=%3DHYPERLINK(1)&account.1=a,b&currency=JPY&rate=150.255",
            HybridForm::example().fields().to_query()
        );
        let csv =
            estimate_csv(Language::Ja, Calculator::HybridActivations, &Fields::from_query(&query)).unwrap();
        assert!(csv.contains("\"'=HYPERLINK(1)\""), "{csv}");
        assert!(csv.contains("\"a,b\""), "{csv}");
        assert!(csv.ends_with(",375938,JPY\r\n"), "{csv}");
    }

    #[test]
    fn nonsense_makes_no_file() {
        let fields = Fields::from_query("nodes.1=-1");
        let errors = estimate_csv(Language::En, Calculator::HybridActivations, &fields).unwrap_err();
        assert_eq!(errors[0].field, "nodes.1");
    }
}
