//! Figures in words: items, factors and amounts as pages and CSV have them.

use domain::costs::{
    Calculator, Change, Conversion, Decimal, Factor, Item, Line, Operation, Place, Unit, exact_text,
    rounded_text,
};
use domain::language::Language;
use domain::tier::Tier;

use crate::text::costs as text;

/// Decimal places of what a node costs.
pub const NODE_PLACES: u32 = 4;
/// Decimal places of a total in US dollars.
pub const TOTAL_PLACES: u32 = 2;

/// US dollars with every digit: `4.8842 USD`.
#[must_use]
pub fn exact_usd(amount: Decimal) -> String {
    money(&exact_text(amount, TOTAL_PLACES), "USD")
}

/// US dollars rounded half up: `4.88 USD`.
#[must_use]
pub fn rounded_usd(amount: Decimal, places: u32) -> String {
    money(&rounded_text(amount, places), "USD")
}

/// A difference in US dollars with its sign: `+4.8842 USD`.
#[must_use]
pub fn difference_usd(amount: Decimal) -> String {
    let sign = if amount.is_sign_negative() || amount.is_zero() { "" } else { "+" };
    format!("{sign}{}", exact_usd(amount))
}

/// A total in another currency, rounded half up to its smallest coin.
#[must_use]
pub fn converted(conversion: &Conversion) -> String {
    money(&rounded_text(conversion.total, conversion.currency.places()), &conversion.currency.code)
}

fn money(amount: &str, code: &str) -> String {
    format!("{amount} {code}")
}

/// A calculator's name.
#[must_use]
pub fn calculator_name(language: Language, calculator: Calculator) -> &'static str {
    match calculator {
        Calculator::HybridActivations => text::hybrid_activations(language),
        Calculator::Distributor => text::distributor(language),
    }
}

/// A tier's name.
#[must_use]
pub fn tier_name(language: Language, tier: Tier) -> &'static str {
    match tier {
        Tier::Standard => text::tier_standard(language),
        Tier::Advanced => text::tier_advanced(language),
    }
}

/// What a line is for.
#[must_use]
pub fn item_name(language: Language, item: Item) -> &'static str {
    match item {
        Item::StandardTier => text::tier_standard(language),
        Item::AdvancedTier => text::tier_advanced(language),
        Item::AwsPackages => text::item_aws_packages(language),
        Item::Storage => text::item_storage(language),
        Item::Calls => text::item_calls(language),
        Item::Transfer => text::item_transfer(language),
    }
}

/// An account and Region; by its number, counted from 0, where it has no name.
#[must_use]
pub fn place_name(language: Language, place: &Place, number: usize) -> String {
    match (place.account.as_str(), place.region.as_str()) {
        ("", "") => text::place_number(language, number + 1),
        ("", name) | (name, "") => name.to_owned(),
        (account, region) => text::place_named(language, account, region),
    }
}

/// A line's arithmetic without its amount: `1,500 (nodes) × 0.00695 USD (per node and hour) × …`.
#[must_use]
pub fn arithmetic(language: Language, line: &Line) -> String {
    let mut words = String::new();
    for (index, factor) in line.factors.iter().enumerate() {
        if index > 0 {
            words.push_str(if factor.operation == Operation::Times { " × " } else { " ÷ " });
        }
        words.push_str(&factor_words(language, factor));
    }
    words
}

fn factor_words(language: Language, factor: &Factor) -> String {
    let value = exact_text(factor.value, 0);
    match factor.unit {
        Unit::Nodes => text::unit_nodes(language, value),
        Unit::OutsideNodes => text::unit_outside_nodes(language, value),
        Unit::Packages => text::unit_packages(language, value),
        Unit::AwsPackages => text::unit_aws_packages(language, value),
        Unit::Megabytes => text::unit_megabytes(language, value),
        Unit::MegabytesPerGigabyte => text::unit_megabytes_per_gigabyte(language, value),
        Unit::UpdatesPerMonth => text::unit_updates(language, value),
        Unit::ChecksPerDay => text::unit_checks(language, value),
        Unit::CallsPerPrice => text::unit_calls(language, value),
        Unit::Hours => text::unit_hours(language, value),
        Unit::Days => text::unit_days(language, value),
        Unit::HoursPerDay => text::unit_hours_per_day(language, value),
        Unit::Months => text::unit_months(language, value),
        Unit::HoursPerMonth => text::unit_hours_per_month(language, value),
        Unit::DaysPerMonth => text::unit_days_per_month(language, value),
        Unit::UsdPerNodeHour => text::unit_node_hour(language, money(&value, "USD")),
        Unit::UsdPerPackage => text::unit_package(language, money(&value, "USD")),
        Unit::UsdPerGigabyteMonth => text::unit_gigabyte_month(language, money(&value, "USD")),
        Unit::UsdPerGigabyte => text::unit_gigabyte(language, money(&value, "USD")),
        Unit::UsdPerThousandCalls => text::unit_thousand_calls(language, money(&value, "USD")),
    }
}

/// What is otherwise.
#[must_use]
pub fn change_name(language: Language, change: Change) -> &'static str {
    match change {
        Change::OneMoreMonth => text::change_month(language),
        Change::AboveStandardTier => text::change_above_standard(language),
        Change::AllAdvanced => text::change_all_advanced(language),
        Change::AllStandard => text::change_all_standard(language),
        Change::PackagesTwiceAsLarge => text::change_twice(language),
        Change::CheckEveryHour => text::change_checks(language),
        Change::OneMoreUpdate => text::change_update(language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::costs::distributor::DistributorForm;
    use domain::costs::hybrid_activations::HybridForm;

    #[test]
    fn the_seminars_arithmetic_reads_as_on_its_slide() {
        let (_, bill) = HybridForm::example().calculate().unwrap();
        let words = |language| arithmetic(language, &bill.lines[1]);
        assert_eq!(
            words(Language::En),
            "1,500 (nodes) × 0.00695 USD (per node and hour) × 10 (days) × 24 (hours a day)"
        );
        assert_eq!(words(Language::Ja), "1,500 (台) × 0.00695 USD (/台・時間) × 10 (日) × 24 (時間/日)");
        assert_eq!(exact_usd(bill.total), "2,502.00 USD");
    }

    #[test]
    fn packages_are_reckoned_in_both_languages() {
        let (_, bill) = DistributorForm::example().calculate().unwrap();
        let transfer = |language| arithmetic(language, &bill.lines[3]);
        assert_eq!(
            transfer(Language::En),
            "25 (nodes outside) × 2 (own packages) × 100 MB × 1 (updates a month) × 1 (months) \
             ÷ 1,000 (MB per GB) × 0.9 USD (per GB)"
        );
        assert_eq!(
            transfer(Language::Ja),
            "25 (台・リージョン外) × 2 (独自パッケージ) × 100 MB × 1 (更新/月) × 1 (か月) \
             ÷ 1,000 (MB/GB) × 0.9 USD (/GB)"
        );
    }

    #[test]
    fn differences_have_a_sign() {
        assert_eq!(difference_usd(Decimal::new(48842, 4)), "+4.8842 USD");
        assert_eq!(difference_usd(Decimal::new(-5004, 2)), "-50.04 USD");
        assert_eq!(difference_usd(Decimal::ZERO), "0.00 USD");
    }
}
