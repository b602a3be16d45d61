use super::*;
use proptest::prelude::*;

fn fits(operator: &str, text: &str, wanted: &str) -> bool {
    text_fits(Operator::from_symbol(operator).unwrap(), Some(text), wanted)
}

#[test]
fn the_longest_operator_counts() {
    let split = |text| Operator::split(text).map(|(operator, rest)| (operator.symbol(), rest));
    assert_eq!(split("<=3.3"), Some(("<=", "3.3")));
    assert_eq!(split("<3.3"), Some(("<", "3.3")));
    assert_eq!(split("!:web"), Some(("!:", "web")));
    assert_eq!(split("==x"), Some(("=", "=x")));
    assert_eq!(split("web"), None);
    assert_eq!(split("!web"), None);
}

#[test]
fn texts_compare_without_regard_to_case() {
    assert!(fits("=", "Web-1", "web-1") && !fits("=", "web-10", "web-1"));
    assert!(fits("!=", "web-10", "web-1") && !fits("!=", "WEB-1", "web-1"));
    assert!(fits(":", "prod-Web-1", "web") && !fits(":", "db", "web"));
    assert!(fits("!:", "db", "web") && !fits("!:", "prod-Web-1", "web"));
    assert!(fits("^", "Ubuntu 22.04", "ubuntu") && !fits("^", "Kubuntu", "ubuntu"));
    assert!(fits(":", "ÜBER", "über") && fits("^", "Äpfel", "ä") && fits("=", "サーバ", "サーバ"));
}

#[test]
fn versions_are_ordered() {
    assert!(fits("<", "3.2.815.0", "3.10") && !fits("<", "3.10", "3.10"));
    assert!(fits("<=", "3.10", "3.10") && !fits("<=", "3.10.1", "3.10"));
    assert!(fits(">", "3.10.1", "3.10") && fits(">=", "3.10", "3.10"));
}

#[test]
fn what_is_not_there_is_empty_and_has_no_order() {
    assert!(text_fits(Operator::Equals, None, "") && !text_fits(Operator::Equals, Some("web"), ""));
    assert!(text_fits(Operator::NotEquals, None, "web") && text_fits(Operator::NotContains, None, "web"));
    assert!(!text_fits(Operator::Less, None, "9") && !text_fits(Operator::Greater, None, "0"));
}

#[test]
fn each_kind_has_its_operators_and_values() {
    assert_eq!(check(Kind::Choice, Operator::Contains, "x"), Err(FilterProblem::Operator));
    assert_eq!(check(Kind::Text, Operator::Less, "x"), Err(FilterProblem::Operator));
    assert_eq!(check(Kind::Text, Operator::Contains, ""), Err(FilterProblem::ValueMissing));
    assert_eq!(check(Kind::Text, Operator::Equals, ""), Ok(()));
    assert_eq!(check(Kind::Text, Operator::Equals, &"x".repeat(257)), Err(FilterProblem::ValueTooLong));
    assert_eq!(check(Kind::Version, Operator::Less, "new"), Err(FilterProblem::NotVersion));
    assert_eq!(check(Kind::Version, Operator::StartsWith, "3."), Ok(()));
    assert_eq!(check(Kind::Time, Operator::Less, "yesterday"), Err(FilterProblem::NotTime));
    assert_eq!(check(Kind::Time, Operator::Less, "7d"), Ok(()));
    assert_eq!(check(Kind::Time, Operator::Equals, "7d"), Err(FilterProblem::Operator));
}

proptest! {
    #[test]
    fn an_operator_and_its_opposite_share_everything(text in ".{0,10}", wanted in ".{0,4}") {
        for (one, other) in [("=", "!="), (":", "!:")] {
            prop_assert_ne!(fits(one, &text, &wanted), fits(other, &text, &wanted));
        }
        prop_assert!(!fits("^", &text, &wanted) || fits(":", &text, &wanted));
        prop_assert!(!fits("=", &text, &wanted) || fits("^", &text, &wanted));
    }
}
