//! Exact decimals: read from what people type, multiplied and added without rounding, rounded when shown.

use rust_decimal::{Decimal, RoundingStrategy};

/// The product; `None` where it has more digits than a [`Decimal`] holds.
pub(super) fn times(a: Decimal, b: Decimal) -> Option<Decimal> {
    if a.is_zero() || b.is_zero() {
        return Some(Decimal::ZERO);
    }
    let (a, b) = (a.normalize(), b.normalize());
    let product = a.checked_mul(b)?;
    // A product that does not fit is rounded, and then has fewer decimal places.
    (product.scale() == a.scale() + b.scale()).then(|| product.normalize())
}

/// The sum; `None` where it has more digits than a [`Decimal`] holds.
pub(super) fn plus(a: Decimal, b: Decimal) -> Option<Decimal> {
    if a.is_zero() || b.is_zero() {
        return Some(if a.is_zero() { b } else { a });
    }
    let (a, b) = (a.normalize(), b.normalize());
    let sum = a.checked_add(b)?;
    (sum.is_zero() || sum.scale() == a.scale().max(b.scale())).then(|| sum.normalize())
}

/// The difference; `None` where it has more digits than a [`Decimal`] holds.
pub(super) fn minus(a: Decimal, b: Decimal) -> Option<Decimal> {
    plus(a, -b)
}

/// A quotient to 28 digits, for what is only shown; `None` for a division by zero.
#[must_use]
pub fn quotient(a: Decimal, b: Decimal) -> Option<Decimal> {
    a.checked_div(b).map(|quotient| quotient.normalize())
}

/// What somebody typed, as a number: digits (also full-width ones), at most one point, commas only between groups of
/// three. `None` for anything else, signs among it.
pub(super) fn parse(text: &str) -> Option<Decimal> {
    let text: String = text.trim().chars().map(half_width).collect();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = ungrouped(whole)?;
    if !digits(&whole) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    // Longer ones are out of every field's range.
    if whole.len() > 15 || fraction.len() > 12 {
        return None;
    }
    let mantissa: i128 = format!("0{whole}{fraction}").parse().ok()?;
    let scale = u32::try_from(fraction.len()).ok()?;
    Decimal::try_from_i128_with_scale(mantissa, scale).ok().map(|value| value.normalize())
}

/// Without its thousands separators; `None` where commas stand elsewhere.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<_> = groups.collect();
    let grouped = rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|g| g.len() == 3));
    grouped.then(|| format!("{first}{}", rest.concat()))
}

/// Digits, point and comma as Japanese input methods may give them, in their usual form.
fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '．' => '.',
        '，' => ',',
        c => c,
    }
}

/// A number as forms, links and CSV have it: `0.00695`, `1500`.
#[must_use]
pub fn plain_text(value: Decimal) -> String {
    let value = value.normalize();
    digits(value, value.scale(), false)
}

/// Every digit of a number, thousands grouped, with at least so many decimal places: `2,502.00`, `4.8842`.
#[must_use]
pub fn exact_text(value: Decimal, min_places: u32) -> String {
    let value = value.normalize();
    digits(value, value.scale().max(min_places), true)
}

/// A number rounded half up to so many decimal places, thousands grouped: `4.88`.
#[must_use]
pub fn rounded_text(value: Decimal, places: u32) -> String {
    digits(value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero), places, true)
}

/// A whole number, thousands grouped: `1,500`.
#[must_use]
pub fn grouped_whole(value: u64) -> String {
    grouped(&value.to_string())
}

/// English and Japanese group thousands by commas and write a decimal point alike.
fn digits(value: Decimal, places: u32, group: bool) -> String {
    let (scale, places) = (value.scale() as usize, places as usize);
    let mut text = value.mantissa().unsigned_abs().to_string();
    text.extend(std::iter::repeat_n('0', places.saturating_sub(scale)));
    let places = places.max(scale);
    if text.len() <= places {
        text.insert_str(0, &"0".repeat(places + 1 - text.len()));
    }
    let fraction = text.split_off(text.len() - places);
    let whole = if group { grouped(&text) } else { text };
    let sign = if value.is_sign_negative() && !value.is_zero() { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

fn grouped(whole: &str) -> String {
    let mut text = String::with_capacity(whole.len() + whole.len() / 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> Decimal {
        parse(text).unwrap()
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, plain) in [
            ("1500", "1500"),
            (" 1,500 ", "1500"),
            ("１，５００", "1500"),
            ("0.00695", "0.00695"),
            (".5", "0.5"),
            ("5.", "5"),
            ("0．０４６０", "0.046"),
            ("12,345,678.9", "12345678.9"),
        ] {
            assert_eq!(parse(text).map(plain_text).as_deref(), Some(plain), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            " ",
            ".",
            ",",
            "1,50",
            "1,5000",
            ",500",
            "1.2.3",
            "-5",
            "+5",
            "1e3",
            "five",
            "１千",
            "0x10",
            "∞",
            "NaN",
            "1 500",
            "1.5,000",
            "1234567890123456",
            "0.1234567890123",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_shown_exactly_or_rounded_half_up() {
        assert_eq!(exact_text(number("2502"), 2), "2,502.00");
        assert_eq!(exact_text(number("4.8842"), 2), "4.8842");
        assert_eq!(exact_text(number("0.375"), 2), "0.375");
        assert_eq!(exact_text(number("1234567"), 0), "1,234,567");
        assert_eq!(rounded_text(number("4.8842"), 2), "4.88");
        assert_eq!(rounded_text(number("0.005"), 2), "0.01");
        assert_eq!(rounded_text(number("0.0049"), 2), "0.00");
        assert_eq!(rounded_text(number("2.5"), 0), "3");
        assert_eq!(rounded_text(-number("1234.565"), 2), "-1,234.57");
        assert_eq!(rounded_text(-number("0.001"), 2), "0.00");
        assert_eq!(grouped_whole(999), "999");
        assert_eq!(grouped_whole(1_000_000), "1,000,000");
    }

    #[test]
    fn what_cannot_be_exact_is_refused_rather_than_rounded() {
        let long = Decimal::MAX;
        assert_eq!(times(long, number("0.1")).map(|tenth| tenth.mantissa()), Some(long.mantissa()));
        assert_eq!(times(long, number("1.1")), None);
        assert_eq!(plus(long, number("0.1")), None);
        assert_eq!(
            times(Decimal::from_parts(1, 0, 0, false, 20), Decimal::from_parts(1, 0, 0, false, 9)),
            None
        );
        assert_eq!(plus(long, Decimal::ZERO), Some(long));
        assert_eq!(quotient(long, Decimal::ZERO), None);
    }

    proptest! {
        #[test]
        fn arithmetic_is_that_of_integers(a in 0_i64..1 << 40, b in 0_i64..1 << 40, s in 0_u32..10, t in 0_u32..10) {
            let (x, y) = (Decimal::new(a, s), Decimal::new(b, t));
            let product = Decimal::from_i128_with_scale(i128::from(a) * i128::from(b), s + t);
            prop_assert_eq!(times(x, y), Some(product));
            let raised = |value: i64, scale| i128::from(value) * 10_i128.pow(10 - scale);
            let sum = Decimal::from_i128_with_scale(raised(a, s) + raised(b, t), 10);
            prop_assert_eq!(plus(x, y), Some(sum));
            prop_assert_eq!(minus(sum, y), Some(x));
        }

        #[test]
        fn a_number_and_its_text_mean_the_same(mantissa in 0_i64..1 << 49, scale in 0_u32..9) {
            let value = Decimal::new(mantissa, scale);
            prop_assert_eq!(parse(&plain_text(value)), Some(value));
            prop_assert_eq!(parse(&exact_text(value, 2)), Some(value));
        }
    }
}
