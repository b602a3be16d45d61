//! The seminar's example to the last digit, the rules at their fields, and what holds for every estimate.

use proptest::prelude::*;

use super::*;
use crate::costs::testing::{broken, number, set};
use crate::costs::{CostStart, FleetSize, exact_text, rounded_text};
use crate::errors::Rule;

fn from(query: &str) -> DistributorForm {
    DistributorForm::from_fields(&Fields::from_query(query))
}

fn calculated(form: &DistributorForm) -> (DistributorEstimate, Bill) {
    form.calculate().unwrap()
}

/// The seminar's example with one field otherwise.
fn example(name: &str, value: &str) -> DistributorForm {
    DistributorForm::from_fields(&set(&DistributorForm::example().fields(), name, value))
}

#[test]
fn the_seminars_example_to_the_last_digit() {
    let (_, bill) = calculated(&DistributorForm::example());
    let lines: Vec<_> = bill.lines.iter().map(|line| (line.item, exact_text(line.amount, 2))).collect();
    let expected = [
        (Item::AwsPackages, "0.00"),
        (Item::Storage, "0.0092"),
        (Item::Calls, "0.375"),
        (Item::Transfer, "4.50"),
    ];
    assert_eq!(lines, expected.map(|(item, amount)| (item, amount.to_owned())));
    assert_eq!(exact_text(bill.total, 2), "4.8842");
    assert_eq!(rounded_text(bill.total, 2), "4.88");
    assert_eq!(bill.nodes, 125);
    assert_eq!(bill.per_node().map(plain_text).as_deref(), Some("0.0390736"));
    // From the rounded total it would be 0.0390.
    assert_eq!(bill.per_node().map(|each| rounded_text(each, 4)).as_deref(), Some("0.0391"));
}

#[test]
fn calls_are_those_for_packages_of_ones_own() {
    let (_, bill) = calculated(&DistributorForm::example());
    let calls: Vec<_> = bill.lines[2].factors.iter().map(|factor| plain_text(factor.value)).collect();
    assert_eq!(calls, ["125", "2", "2", "30", "1", "1000", "0.025"]);
    let (_, more) = calculated(&example("aws_packages.1", "30"));
    assert_eq!(more.total, bill.total);
}

#[test]
fn a_gigabyte_of_1024_megabytes_gives_other_figures() {
    let (_, bill) = calculated(&example("gigabyte", "1024"));
    let amounts: Vec<_> = bill.lines.iter().map(|line| plain_text(line.amount)).collect();
    assert_eq!(amounts, ["0", "0.008984375", "0.375", "4.39453125"]);
    assert_eq!(plain_text(bill.total), "4.778515625");
}

#[test]
fn nonsense_is_told_at_its_field() {
    let size = Rule::Decimal { min: "0".to_owned(), max: 20_480, places: 3 };
    let range = |min, max| Rule::Range { min, max };
    for (field, value, rule) in [
        ("aws_nodes.1", "", Rule::Required),
        ("outside_nodes.1", "-25", range(0, 1_000_000)),
        ("own_packages.1", "two", range(0, 1_000)),
        ("size.1", "100MB", size.clone()),
        ("size.1", "0.0001", size.clone()),
        ("size.1", "20480.1", size),
        ("updates.1", "1001", range(0, 1_000)),
        ("checks.1", "1441", range(0, 1_440)),
        ("months", "0", range(1, 120)),
        ("month_days", "32", range(1, 31)),
        ("gigabyte", "1001", Rule::Choice),
        ("calls_price", "1e-3", Rule::Decimal { min: "0".to_owned(), max: 1_000, places: 8 }),
        ("rate", "150", Rule::Required),
    ] {
        let told_at = if field == "rate" { "currency" } else { field };
        assert_eq!(example(field, value).calculate().unwrap_err(), broken(told_at, rule), "{field}={value}");
    }
}

#[test]
fn an_amount_that_cannot_be_exact_is_refused() {
    let query = "gigabyte=1024&months=119&transfer_price=999.99999999&aws_nodes.1=0&outside_nodes.1=999999\
                 &own_packages.1=999&size.1=20479.999&updates.1=999";
    assert_eq!(from(query).calculate().unwrap_err(), broken("size.1", Rule::TooLarge));
    let query =
        query.replace("transfer_price=999.99999999", "transfer_price=0.9").replace("months=119", "months=1");
    assert!(from(&query).calculate().is_ok());
    let errors = from(&format!("{query}&currency=JPY&rate=999999.999999")).calculate().unwrap_err();
    assert_eq!(errors, broken("rate", Rule::TooLarge));
}

#[test]
fn what_would_be_otherwise() {
    let (estimate, _) = calculated(&DistributorForm::example());
    let told: Vec<_> = estimate
        .what_ifs()
        .iter()
        .map(|w| (w.change, plain_text(w.after), plain_text(w.difference)))
        .collect();
    let expected = [
        (Change::OneMoreMonth, "9.7684", "4.8842"),
        (Change::PackagesTwiceAsLarge, "9.3934", "4.5092"),
        (Change::CheckEveryHour, "9.0092", "4.125"),
        (Change::OneMoreUpdate, "9.3842", "4.5"),
    ];
    assert_eq!(told, expected.map(|(change, after, more)| (change, after.to_owned(), more.to_owned())));
}

#[test]
fn the_live_fleet_fills_the_form() {
    let start = CostStart {
        account: "123456789012".to_owned(),
        region: "ap-northeast-1".to_owned(),
        tier: None,
        fleet: Ok(Some(FleetSize { hybrid: 16, ec2: 3 })),
    };
    let (estimate, bill) = calculated(&DistributorForm::of_fleet(&start));
    assert_eq!((estimate.places[0].aws_nodes, estimate.places[0].outside_nodes), (3, 16));
    assert_eq!(bill.nodes, 19);
}

/// Estimates of all kinds, as their fields.
fn any_query() -> impl Strategy<Value = String> {
    let row = (0_u32..1_000, 0_u32..1_000, 0_u32..9, 0_u32..9, 0_u32..99_999, 0_u32..9, 0_u32..48);
    let whole = (1_u32..36, 1_u32..=31, any::<bool>(), 0_u32..9_999, 0_u32..9_999, 0_u32..9_999);
    (prop::collection::vec(row, 1..5), whole).prop_map(|(rows, (months, days, binary, a, b, c))| {
        let price = |value: u32| plain_text(Decimal::new(value.into(), 4));
        let mut query = format!(
            "months={months}&month_days={days}&gigabyte={}&storage_price={}&calls_price={}&transfer_price={}",
            if binary { 1024 } else { 1000 },
            price(a),
            price(b),
            price(c)
        );
        for (number, (aws, outside, packages, own, size, updates, checks)) in (1..).zip(rows) {
            let size = plain_text(Decimal::new(size.into(), 2));
            query.push_str(&format!(
                "&aws_nodes.{number}={aws}&outside_nodes.{number}={outside}&aws_packages.{number}={packages}\
                 &own_packages.{number}={own}&size.{number}={size}&updates.{number}={updates}&checks.{number}={checks}"
            ));
        }
        query
    })
}

proptest! {
    #[test]
    fn sums_equal_their_lines(query in any_query()) {
        let (_, bill) = calculated(&from(&query));
        prop_assert_eq!(bill.lines.iter().map(|line| line.amount).sum::<Decimal>(), bill.total);
        for line in &bill.lines {
            let (over, under): (Vec<_>, Vec<_>) =
                line.factors.iter().partition(|factor| factor.operation == super::super::Operation::Times);
            let product = |factors: Vec<&Factor>| factors.iter().map(|factor| factor.value).product::<Decimal>();
            prop_assert_eq!(product(over), line.amount * product(under));
        }
        let items: Decimal = bill.items().into_iter().filter_map(|item| bill.of_item(item)).sum();
        prop_assert_eq!(items, bill.total);
        let places: Decimal = (0..bill.places.len()).map(|place| bill.of_place(place)).sum();
        prop_assert_eq!(places, bill.total);
    }

    #[test]
    fn more_of_anything_never_costs_less(query in any_query(), more in 1_u32..20) {
        let fields = Fields::from_query(&query);
        let (_, before) = calculated(&from(&query));
        for (name, value) in fields.pairs().iter().filter(|(name, _)| name != "gigabyte") {
            let raised = plain_text(number(value) + Decimal::from(more));
            // What goes beyond a range has no cost.
            if let Ok((_, after)) = DistributorForm::from_fields(&set(&fields, name, &raised)).calculate() {
                prop_assert!(after.total >= before.total, "{} {} -> {}", name, value, raised);
            }
        }
    }

    #[test]
    fn a_link_reproduces_its_estimate(query in any_query()) {
        let (estimate, bill) = calculated(&from(&query));
        prop_assert_eq!(calculated(&from(&estimate.fields().to_query())), (estimate, bill));
        let form = from(&query);
        prop_assert_eq!(DistributorForm::from_fields(&form.fields()), form);
    }
}
