use super::*;
use proptest::prelude::*;

fn round(query: &str) -> String {
    NodeQuery::parse(query).to_query()
}

#[test]
fn a_query_and_its_address_mean_the_same() {
    let address =
        "?q=web%201&ping=Online&agent=%3C3.3&agent=%3E=3.1&name=!=&join=or&sort=agent&desc=1&page=2&size=50";
    let query = NodeQuery::parse(address);
    assert_eq!(query.texts, ["web 1"]);
    assert_eq!(query.filters().len(), 4);
    assert_eq!(query.join, Join::Or);
    assert_eq!(query.direction(Property::Agent), Some(true));
    assert_eq!((query.page, query.size), (2, Some(50)));
    assert_eq!(query.to_query(), address);
}

#[test]
fn the_plain_list_has_no_query() {
    for plain in ["", "?", "?page=1", "?q=++", "?join=and", "?desc=1", "?join=xor"] {
        assert_eq!(round(plain), "", "{plain}");
    }
}

#[test]
fn what_an_address_should_not_say_is_ignored() {
    let odd =
        "?colour=red&ping=cheerful&agent=%3Cnew&sort=beauty&page=-4&size=1000000&registered=yesterday&tab=x";
    assert_eq!(round(odd), "");
}

#[test]
fn filters_of_one_property_stand_together() {
    assert_eq!(round("?ip=:10.&name=web&ip=!:10.9"), "?ip=:10.&ip=!:10.9&name=web");
    assert_eq!(round("?ip=:10.&ip=:10.&q=a&q=a"), "?q=a&ip=:10.");
}

#[test]
fn a_form_adds_a_filter() {
    assert_eq!(round("?q=web&property=agent&operator=%3C&value=3.3"), "?q=web&agent=%3C3.3");
    assert_eq!(round("?property=&operator=%3C&value=3.3"), "");
    let wrong = NodeQuery::parse("?q=web&property=ping&operator=%3C&value=Online");
    let draft = wrong.draft.clone().unwrap();
    assert_eq!((draft.property, draft.operator), (Property::Ping, Operator::Less));
    assert_eq!((draft.value.as_str(), draft.problem), ("Online", FilterProblem::Operator));
    assert_eq!(wrong.to_query(), "?q=web");
    assert_eq!(wrong.with_text("db").draft, None);
}

#[test]
fn a_form_may_call_values_as_the_screen_does() {
    let value_of = |property: Property, typed: &str| match (property, typed) {
        (Property::Ping, "Connection lost") => "ConnectionLost".to_owned(),
        (Property::State, "実行中") => "running".to_owned(),
        _ => typed.to_owned(),
    };
    let parsed = |query: &str| NodeQuery::parse_named(query, value_of).to_query();
    let form = |property: &str, value: &str| format!("?q=web&property={property}&operator=%3D&value={value}");
    assert_eq!(parsed(&form("ping", "+Connection+lost+")), "?q=web&ping=ConnectionLost");
    assert_eq!(parsed(&form("state", "%E5%AE%9F%E8%A1%8C%E4%B8%AD")), "?q=web&state=running");
    assert_eq!(parsed("?ping=Connection+lost"), "", "addresses have AWS's words");
    let wrong = NodeQuery::parse_named(&form("ping", "Lost"), value_of).draft.unwrap();
    assert_eq!((wrong.value.as_str(), wrong.problem), ("Lost", FilterProblem::NotChoice));
}

#[test]
fn a_preferred_size_holds_for_the_first_page_of_an_address_without_one() {
    let size = |query: &str, preferred| NodeQuery::parse(query).preferring(preferred).size;
    assert_eq!((size("", 50), size("?q=web&page=1", 50), size("", PAGE_SIZE)), (Some(50), Some(50), None));
    assert_eq!(
        (size("?page=2", 50), size("?page=2&size=10", 50), size("?size=10", 50)),
        (None, Some(10), Some(10))
    );
}

#[test]
fn a_text_that_is_too_long_is_none() {
    let (most, more) = ("x".repeat(256), "x".repeat(257));
    assert_eq!(searched(&format!("  {most} \n")), Ok(most.clone()));
    assert_eq!(searched(&more), Err(FilterProblem::ValueTooLong));
    assert_eq!(NodeQuery::parse("").with_text(&most).texts, [most]);
    assert_eq!(NodeQuery::parse("").with_text(&more).texts, [""; 0]);
}

#[test]
fn tokens_come_and_go() {
    let query = NodeQuery::parse("?q=web&q=db&ping=Online&page=3&sort=id");
    assert_eq!(query.without(Token::Text(0)).to_query(), "?q=db&ping=Online&sort=id");
    assert_eq!(query.without(Token::Filter(0)).to_query(), "?q=web&q=db&sort=id");
    assert_eq!(query.without(Token::Filter(7)).to_query(), "?q=web&q=db&ping=Online&sort=id");
    assert_eq!(query.joined_by(Join::Or).to_query(), "?q=web&q=db&ping=Online&join=or&sort=id");
    assert_eq!(query.cleared().to_query(), "?sort=id");
    assert_eq!(query.at_page(2).page, 2);
    let agent = Filter::new(Property::Agent, Operator::Less, "3.3").unwrap();
    assert_eq!(query.with_filter(agent).page, 1);
}

#[test]
fn sorting_again_turns_the_order_round() {
    let up = NodeQuery::parse("?page=3").sorted_by(Property::Agent);
    assert_eq!((up.direction(Property::Agent), up.page), (Some(false), 1));
    assert_eq!(up.sorted_by(Property::Agent).direction(Property::Agent), Some(true));
    assert_eq!(up.sorted_by(Property::Name).direction(Property::Agent), None);
}

#[test]
fn the_natural_order_is_turned_round_first() {
    let newest_first = NodeQuery::parse("");
    assert_eq!(newest_first.direction(Property::Registered), Some(true));
    assert_eq!(newest_first.sorted_by(Property::Registered).direction(Property::Registered), Some(false));
}

#[test]
fn there_are_not_endlessly_many_tokens() {
    let long: String = (0..200).map(|n| format!("q=w{n}&name=:n{n}&")).collect();
    assert_eq!(NodeQuery::parse(&long).tokens(), MAX_TOKENS);
}

proptest! {
    #[test]
    fn every_address_settles(query in "[a-z_=&%:!<>^0-9 +]{0,80}") {
        let once = NodeQuery::parse(&query);
        let settled = NodeQuery::parse(&once.to_query());
        prop_assert_eq!(NodeQuery { draft: None, ..once }, settled);
    }

    #[test]
    fn every_filter_survives_its_address(
        property in proptest::sample::select(Property::ALL.to_vec()),
        operator in proptest::sample::select(Operator::ALL.to_vec()),
        value in ".{0,20}",
    ) {
        if let Ok(filter) = Filter::new(property, operator, &value) {
            let query = NodeQuery::parse("").with_filter(filter);
            prop_assert_eq!(NodeQuery::parse(&query.to_query()), query);
        }
    }
}
