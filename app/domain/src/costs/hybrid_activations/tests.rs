//! The seminar's example to the last digit, the rules at their fields, and what holds for every estimate.

use proptest::prelude::*;

use super::*;
use crate::costs::testing::{broken, set};
use crate::costs::{CostStart, FleetSize, exact_text, rounded_text};
use crate::errors::Rule;

fn calculated(form: &HybridForm) -> (HybridEstimate, Bill) {
    form.calculate().unwrap()
}

fn from(query: &str) -> HybridForm {
    HybridForm::from_fields(&Fields::from_query(query))
}

#[test]
fn the_seminars_example_to_the_last_digit() {
    let (_, bill) = calculated(&HybridForm::example());
    assert_eq!(exact_text(bill.total, 2), "2,502.00");
    assert_eq!(bill.lines.len(), 2);
    assert_eq!((bill.lines[0].item, bill.lines[0].amount), (Item::StandardTier, Decimal::ZERO));
    let factors: Vec<_> =
        bill.lines[1].factors.iter().map(|factor| (plain_text(factor.value), factor.unit)).collect();
    let expected = [
        ("1500".to_owned(), Unit::Nodes),
        ("0.00695".to_owned(), Unit::UsdPerNodeHour),
        ("10".to_owned(), Unit::Days),
        ("24".to_owned(), Unit::HoursPerDay),
    ];
    assert_eq!(factors, expected);
    assert_eq!(bill.per_node().map(|each| rounded_text(each, 4)).as_deref(), Some("1.2510"));
}

#[test]
fn a_node_costs_by_the_hours_of_its_month() {
    for (hours, total) in [("720", "5.004"), ("730", "5.0735"), ("744", "5.1708")] {
        let form = from(&format!("month_hours={hours}&tier.1=advanced&nodes.1=1"));
        assert_eq!(plain_text(calculated(&form).1.total), total);
    }
    let known = from("month_hours=730&tier.1=advanced&nodes.1=100");
    assert_eq!(exact_text(calculated(&known).1.total, 2), "507.35");
}

#[test]
fn the_standard_tier_ends_at_a_thousand_nodes() {
    assert_eq!(calculated(&from("nodes.1=1000")).1.total, Decimal::ZERO);
    let errors = from("nodes.1=1001").calculate().unwrap_err();
    assert_eq!(errors, broken("nodes.1", Rule::StandardTier { max: 1_000 }));
    assert_eq!(plain_text(calculated(&from("nodes.1=1001&tier.1=advanced")).1.total), "5009.004");
}

#[test]
fn nonsense_is_told_at_its_field() {
    let range = |min, max| Rule::Range { min, max };
    let price = Rule::Decimal { min: "0".to_owned(), max: 1_000, places: 8 };
    for (query, field, rule) in [
        ("nodes.1=", "nodes.1", Rule::Required),
        ("nodes.1=-1", "nodes.1", range(0, 1_000_000)),
        ("nodes.1=1.5", "nodes.1", range(0, 1_000_000)),
        ("nodes.1=many", "nodes.1", range(0, 1_000_000)),
        ("nodes.1=1&tier.1=gold", "tier.1", Rule::Choice),
        ("nodes.1=1&period=0", "period", range(1, 120)),
        ("nodes.1=1&period=121", "period", range(1, 120)),
        ("nodes.1=1&period=3661&unit=days", "period", range(1, 3_660)),
        ("nodes.1=1&unit=weeks", "unit", Rule::Choice),
        ("nodes.1=1&month_hours=745", "month_hours", range(1, 744)),
        ("nodes.1=1&price=free", "price", price.clone()),
        ("nodes.1=1&price=-0.1", "price", price),
        ("nodes.1=1&currency=YEN%21&rate=150", "currency", Rule::CurrencyCode),
        ("nodes.1=1&currency=JPY", "rate", Rule::Required),
        ("nodes.3=1&account.3=A&nodes.7=2&account.7=a", "account.7", Rule::DuplicatePlace),
    ] {
        assert_eq!(from(query).calculate().unwrap_err(), broken(field, rule), "{query}");
    }
    let long = format!("nodes.1=1&account.1={}", "a".repeat(65));
    assert_eq!(from(&long).calculate().unwrap_err(), broken("account.1", Rule::MaxLength { max: 64 }));
}

#[test]
fn every_broken_rule_is_told_at_once() {
    let errors = from("nodes.1=x&nodes.2=&price=&period=").calculate().unwrap_err();
    let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["period", "nodes.1", "nodes.2", "price"]);
}

#[test]
fn an_amount_that_cannot_be_exact_is_refused() {
    let form =
        from("nodes.1=1&tier.1=advanced&price=999.99999999&period=120&rate=999999.999999&currency=JPY");
    assert!(form.calculate().is_ok());
    let nodes: String = (1..=50).map(|row| format!("&tier.{row}=advanced&nodes.{row}=999999")).collect();
    let form = from(&format!("price=999.99999999&period=119&rate=999999.999999&currency=JPY{nodes}"));
    match form.calculate() {
        Ok((_, bill)) => assert!(bill.conversion.is_some()),
        Err(errors) => assert!(errors.iter().all(|error| error.rule == Rule::TooLarge), "{errors:?}"),
    }
}

#[test]
fn two_regions_of_an_account_are_two_places() {
    let form = from(
        "account.1=A&region.1=ap-northeast-1&nodes.1=1000&account.2=A&region.2=ap-northeast-3&nodes.2=1000",
    );
    assert_eq!(calculated(&form).1.nodes, 2_000);
    assert!(
        from("nodes.1=1&nodes.2=1").calculate().is_ok(),
        "places without names are told apart by their rows"
    );
}

#[test]
fn another_currency_is_shown_by_the_rate_that_was_typed() {
    let query = HybridForm::example().fields().to_query();
    let (_, bill) = calculated(&from(&format!("{query}&currency=jpy&rate=150.255")));
    let conversion = bill.conversion.unwrap();
    assert_eq!(conversion.currency.code, "JPY");
    assert_eq!(plain_text(conversion.total), "375938.01");
    assert_eq!(rounded_text(conversion.total, conversion.currency.places()), "375,938");
}

#[test]
fn what_would_be_otherwise() {
    let (estimate, bill) = calculated(&HybridForm::example());
    let what_ifs = estimate.what_ifs();
    let told: Vec<_> =
        what_ifs.iter().map(|w| (w.change, plain_text(w.after), plain_text(w.difference))).collect();
    let expected = [
        (Change::OneMoreMonth, "10008", "7506"),
        (Change::AboveStandardTier, "1669.668", "1669.668"),
        (Change::AllAdvanced, "3336", "834"),
    ];
    assert_eq!(told, expected.map(|(change, after, more)| (change, after.to_owned(), more.to_owned())));
    assert_eq!(what_ifs[0].before, bill.total);
    let (small, _) = calculated(&from("tier.1=advanced&nodes.1=10"));
    let cheaper = small.what_ifs().into_iter().find(|w| w.change == Change::AllStandard).unwrap();
    assert_eq!(
        (plain_text(cheaper.after), plain_text(cheaper.difference)),
        ("0".to_owned(), "-50.04".to_owned())
    );
}

#[test]
fn the_advanced_tier_breaks_even_with_further_accounts() {
    let (estimate, bill) = calculated(&HybridForm::example());
    let [b] = &break_evens(&estimate, &bill)[..] else { panic!("one place is advanced") };
    assert_eq!((b.place, b.nodes, b.further_places), (1, 1_500, 1));
    assert_eq!(b.each, Some(Decimal::from(2_502)));
    let (estimate, bill) = calculated(&from("tier.1=advanced&nodes.1=1000"));
    assert_eq!(break_evens(&estimate, &bill)[0].each, None);
}

#[test]
fn the_live_fleet_fills_the_form() {
    let start = |hybrid| CostStart {
        account: "123456789012".to_owned(),
        region: "ap-northeast-1".to_owned(),
        tier: Some(Tier::Standard),
        fleet: Ok(Some(FleetSize { hybrid, ec2: 3 })),
    };
    let (estimate, _) = calculated(&HybridForm::of_fleet(&start(16)));
    assert_eq!((estimate.places[0].nodes, estimate.places[0].tier), (16, Tier::Standard));
    let (estimate, _) = calculated(&HybridForm::of_fleet(&start(1_001)));
    assert_eq!(estimate.places[0].tier, Tier::Advanced);
    let advanced = CostStart { tier: Some(Tier::Advanced), ..start(16) };
    assert_eq!(HybridForm::of_fleet(&advanced).rows[0].tier, "advanced");
    let unknown = CostStart { fleet: Err(crate::errors::ApiError::Internal), ..start(0) };
    assert_eq!(HybridForm::of_fleet(&unknown).rows[0].nodes, "0");
}

/// Estimates of all kinds, as their fields.
fn any_query() -> impl Strategy<Value = String> {
    let row = (any::<bool>(), 0_u32..1_000_000);
    let unit = prop::sample::select(PeriodUnit::ALL.to_vec());
    let price = (0_u32..1_000_000, 0_u32..6);
    (prop::collection::vec(row, 1..6), unit, 1_u32..120, 1_u32..=744, price).prop_map(
        |(rows, unit, period, hours, (price, scale))| {
            let price = plain_text(Decimal::new(price.into(), scale.max(3)));
            let mut query = format!("period={period}&unit={}&month_hours={hours}&price={price}", unit.name());
            for (number, (advanced, nodes)) in (1..).zip(rows) {
                let (tier, nodes) = if advanced { ("advanced", nodes) } else { ("standard", nodes % 1_001) };
                query.push_str(&format!("&tier.{number}={tier}&nodes.{number}={nodes}"));
            }
            query
        },
    )
}

proptest! {
    #[test]
    fn sums_equal_their_lines(query in any_query()) {
        let (estimate, bill) = calculated(&from(&query));
        prop_assert_eq!(bill.lines.iter().map(|line| line.amount).sum::<Decimal>(), bill.total);
        for (line, place) in bill.lines.iter().zip(&estimate.places) {
            let product: Decimal = line.factors.iter().map(|factor| factor.value).product();
            prop_assert_eq!(product, line.amount);
            let price = if place.tier == Tier::Advanced { estimate.price } else { Decimal::ZERO };
            let hours = Decimal::from(estimate.total_hours());
            prop_assert_eq!(Decimal::from(place.nodes) * price * hours, line.amount);
        }
        let places: Decimal = (0..bill.places.len()).map(|place| bill.of_place(place)).sum();
        prop_assert_eq!(places, bill.total);
    }

    #[test]
    fn more_of_anything_never_costs_less(query in any_query(), more in 1_u32..50) {
        let fields = Fields::from_query(&query);
        let (_, before) = calculated(&from(&query));
        for (name, value) in fields.pairs().iter().filter(|(_, value)| value.starts_with(|c: char| c.is_ascii_digit())) {
            let raised = plain_text(crate::costs::testing::number(value) + Decimal::from(more));
            // What goes beyond a range has no cost.
            if let Ok((_, after)) = HybridForm::from_fields(&set(&fields, name, &raised)).calculate() {
                prop_assert!(after.total >= before.total, "{} {} -> {}", name, value, raised);
            }
        }
        for row in fields.rows(&["tier"]) {
            let advanced = set(&fields, &format!("tier.{row}"), "advanced");
            prop_assert!(calculated(&HybridForm::from_fields(&advanced)).1.total >= before.total);
        }
    }

    #[test]
    fn a_link_reproduces_its_estimate(query in any_query()) {
        let (estimate, bill) = calculated(&from(&query));
        let again = calculated(&from(&estimate.fields().to_query()));
        prop_assert_eq!(again, (estimate, bill));
        let form = from(&query);
        prop_assert_eq!(HybridForm::from_fields(&form.fields()), form);
    }

    #[test]
    fn nothing_typed_breaks_the_form(name in "[a-z_.0-9]{1,12}", value in ".{0,20}") {
        let fields = set(&HybridForm::example().fields(), &name, &value);
        let _ = HybridForm::from_fields(&fields).calculate();
        for field in ["period", "unit", "month_hours", "price", "currency", "rate", "account.1", "tier.2", "nodes.2"] {
            let _ = HybridForm::from_fields(&set(&fields, field, &value)).calculate();
        }
    }
}
