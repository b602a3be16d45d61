use super::*;
use crate::nodes::testing::{NOW, node};
use proptest::prelude::*;
use time::Duration;

fn fleet() -> NodeIndex {
    let mut nodes: Vec<_> = (1..=6).map(node).collect();
    nodes[1].ping_status = Some(PingStatus::ConnectionLost);
    nodes[2].agent_version = Some("3.10.1.0".to_owned());
    nodes[3].agent_version = None;
    nodes[4].platform_type = Some("Windows".to_owned());
    nodes[4].platform_name = Some("Microsoft Windows Server 2022".to_owned());
    nodes[5].ip_address = Some("192.0.2.10".to_owned());
    nodes.into()
}

fn all<'a>(index: &'a NodeIndex, query: &NodeQuery) -> Vec<&'a ManagedNode> {
    index.places(query, NOW).into_iter().filter_map(|place| index.at(place)).collect()
}

fn hosts(query: &str) -> Vec<String> {
    let index = fleet();
    let matches = index.page(&NodeQuery::parse(query), NOW);
    assert_eq!(matches.matched, matches.nodes.len());
    let number = |node: &&ManagedNode| node.computer_name.clone().unwrap_or_default().replace("host-", "");
    matches.nodes.iter().map(number).collect()
}

#[test]
fn all_filters_or_one_of_them() {
    assert_eq!(hosts("?ping=ConnectionLost&platform=Windows"), [""; 0]);
    assert_eq!(hosts("?ping=ConnectionLost&platform=Windows&join=or"), ["2", "5"]);
    assert_eq!(hosts("?q=windows&q=host-2&join=or"), ["2", "5"]);
    assert_eq!(hosts("?q=windows&ping=Online"), ["5"]);
}

#[test]
fn a_text_is_looked_for_everywhere() {
    assert_eq!(hosts("?q=UBUNTU+host-3"), ["3"]);
    assert_eq!(hosts("?q=connectionlost"), ["2"]);
    assert_eq!(hosts("?q=nothing"), [""; 0]);
}

#[test]
fn the_newest_registration_comes_first() {
    assert_eq!(hosts(""), ["1", "2", "3", "4", "5", "6"]);
    let newest = ManagedNode { registered: Some(NOW + Duration::days(1)), ..node(3) };
    let never = ManagedNode { registered: None, ..node(1) };
    let index = fleet().with([newest, never]);
    let ids: Vec<_> = index.iter().map(|node| node.id.chars().last().unwrap_or_default()).collect();
    assert_eq!(ids, ['3', '2', '4', '5', '6', '1']);
    assert_eq!(index.len(), 6);
}

#[test]
fn orders_go_by_kind_and_leave_the_unknown_last() {
    assert_eq!(hosts("?sort=agent"), ["1", "2", "5", "6", "3", "4"]);
    assert_eq!(hosts("?sort=agent&desc=1"), ["3", "1", "2", "5", "6", "4"]);
    assert_eq!(hosts("?sort=ip"), ["1", "2", "3", "4", "5", "6"]);
    assert_eq!(hosts("?sort=ip&desc=1"), ["6", "1", "2", "3", "4", "5"]);
    assert_eq!(hosts("?sort=registered"), ["6", "5", "4", "3", "2", "1"]);
    assert_eq!(hosts("?sort=ping&desc=1"), ["2", "1", "3", "4", "5", "6"]);
}

#[test]
fn pages_end_where_the_nodes_do() {
    let index = fleet();
    let page = |query: &str| {
        let query = NodeQuery::parse(query);
        let matches = index.page(&query.with_size(Some(4)).at_page(query.page), NOW);
        (matches.nodes.len(), matches.matched, matches.number, matches.pages)
    };
    assert_eq!(page(""), (4, 6, 1, 2));
    assert_eq!(page("?page=2"), (2, 6, 2, 2));
    assert_eq!(page("?page=99"), (2, 6, 2, 2));
    assert_eq!(page("?q=nothing&page=2"), (0, 0, 1, 1));
    assert_eq!(NodeIndex::default().page(&NodeQuery::default(), NOW).pages, 1);
}

#[test]
fn values_are_offered_by_how_often_they_occur() {
    assert_eq!(fleet().values(Property::Agent, "", 9), ["3.3.987.0", "3.10.1.0"]);
    assert_eq!(fleet().values(Property::Agent, "10", 9), ["3.10.1.0"]);
    assert_eq!(fleet().values(Property::Computer, "HOST", 2), ["host-1", "host-2"]);
    assert_eq!(fleet().values(Property::Registered, "", 9), [""; 0]);
}

proptest! {
    #[test]
    fn pages_together_are_what_fits(
        size in 1_usize..5,
        property in proptest::sample::select(Property::ALL.to_vec()),
        filter in proptest::sample::select(vec!["", "?ping=Online", "?agent=%3C3.10", "?q=ubuntu", "?name=!:x"]),
    ) {
        let index = fleet();
        for query in [NodeQuery::parse(filter), NodeQuery::parse(filter).sorted_by(property)] {
            let whole = all(&index, &query);
            let small = query.with_size(Some(size));
            let pages = (1..=index.page(&small, NOW).pages)
                .flat_map(|page| index.page(&small.at_page(page), NOW).nodes);
            prop_assert_eq!(pages.collect::<Vec<_>>(), whole.clone());
            let fits = |node: &&ManagedNode| query.filters().iter().all(|filter| filter.fits(node, NOW));
            if query.texts.is_empty() {
                prop_assert_eq!(index.iter().filter(fits).count(), whole.len());
            }
        }
    }

    #[test]
    fn both_ways_hold_the_same_nodes(property in proptest::sample::select(Property::ALL.to_vec())) {
        let index = fleet();
        let up = NodeQuery::parse("").sorted_by(property);
        let ids = |query: &NodeQuery| {
            let mut ids: Vec<_> = all(&index, query).iter().map(|node| node.id.clone()).collect();
            ids.sort_unstable();
            ids
        };
        prop_assert_eq!(ids(&up), ids(&up.sorted_by(property)));
    }
}
