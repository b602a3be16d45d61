use super::*;
use crate::nodes::testing::{NOW, node};
use time::Duration;

fn fits(filter: (&str, &str), node: &ManagedNode) -> bool {
    let (name, parameter) = filter;
    let filter = Filter::from_parameter(name, parameter);
    filter.unwrap_or_else(|| panic!("{name}={parameter} is no filter")).fits(node, NOW)
}

#[test]
fn every_property_has_a_name_of_its_own() {
    for property in Property::ALL {
        assert_eq!(Property::from_id(property.id()), Some(property));
    }
    for reserved in ["q", "join", "sort", "desc", "page", "size", "property", "operator", "value"] {
        assert_eq!(Property::from_id(reserved), None);
    }
}

#[test]
fn every_property_can_be_filtered_by() {
    let ours = node(1);
    for (name, yes, no) in [
        ("id", "^mi-0", "^i-"),
        ("state", "", "running"),
        ("name", ":UBUNTU", "!:ubuntu"),
        ("platform", "linux", "Windows"),
        ("os", "Ubuntu 22.04", "^22"),
        ("source", "AWS::SSM::ManagedInstance", "!=AWS::SSM::ManagedInstance"),
        ("source_id", ":00001", ":zz"),
        ("ping", "Online", "!=Online"),
        ("agent", "<3.10", ">=3.10"),
        ("computer", "host-1", "host-10"),
        ("ip", "^192.0.2.", "192.0.2.70"),
        ("last_ping", ">=2026-11-22T03:00Z", "<1h"),
        ("registered", "<2026-11-23", ">2026-11-23"),
        ("role", ":hybrid", ":nothing"),
        ("activation", "255996e5-f42d-44c8-8fb8-eb17f76696bc", "^3"),
    ] {
        assert!(fits((name, yes), &ours), "{name}={yes}");
        assert!(!fits((name, no), &ours), "{name}={no}");
    }
}

#[test]
fn times_before_now_move_with_it() {
    let silent = ManagedNode { last_ping: Some(NOW - Duration::days(8)), ..node(1) };
    assert!(fits(("last_ping", "<7d"), &silent) && !fits(("last_ping", "<7d"), &node(1)));
    let never = ManagedNode { last_ping: None, ..node(1) };
    assert!(!fits(("last_ping", "<7d"), &never) && !fits(("last_ping", ">7d"), &never));
}

#[test]
fn a_filter_and_its_parameter_mean_the_same() {
    for (operator, value, parameter) in [
        (Operator::Equals, "web", "web"),
        (Operator::Equals, "=web", "==web"),
        (Operator::Equals, "", ""),
        (Operator::NotEquals, "", "!="),
        (Operator::Contains, ":", "::"),
        (Operator::StartsWith, "web", "^web"),
    ] {
        let filter = Filter::new(Property::Name, operator, value).unwrap();
        assert_eq!(filter.parameter(), parameter);
        assert_eq!(Filter::from_parameter("name", parameter), Some(filter));
    }
}

#[test]
fn values_that_aws_has_fixed_are_checked() {
    assert_eq!(Filter::new(Property::Ping, Operator::Equals, "cheerful"), Err(FilterProblem::NotChoice));
    let lost = Filter::new(Property::Ping, Operator::Equals, " connectionlost ").unwrap();
    assert_eq!(lost.value(), "ConnectionLost");
    assert!(Filter::new(Property::Ping, Operator::NotEquals, "").is_ok());
    assert_eq!(Filter::from_parameter("agent", "<new"), None);
    assert_eq!(Filter::from_parameter("colour", "red"), None);
}
