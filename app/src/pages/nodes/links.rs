//! Addresses of the node list that show just some nodes.

use domain::nodes::PingStatus;

/// Those with this ping status.
#[must_use]
pub fn ping(status: PingStatus) -> String {
    format!("/nodes?ping={}", status.name())
}

/// Those of this platform; those that have told none where it is empty.
#[must_use]
pub fn platform(platform: &str) -> String {
    format!("/nodes?platform={platform}")
}

/// Those with this version of the SSM Agent; those that have told none where it is empty.
#[must_use]
pub fn agent(version: &str) -> String {
    format!("/nodes?agent={version}")
}

/// Those with a version of the SSM Agent, but none of these.
#[must_use]
pub fn other_agents<'a>(named: impl IntoIterator<Item = &'a str>) -> String {
    let others = named.into_iter().map(|version| format!("&agent=!%3D{version}"));
    format!("/nodes?agent=!%3D{}", others.collect::<String>())
}

/// The hybrid nodes.
#[must_use]
pub fn hybrid() -> String {
    "/nodes?id=%5Emi-".to_owned()
}

/// One node's page.
#[must_use]
pub fn node(id: &str) -> String {
    format!("/nodes/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::nodes::ManagedNode;
    use domain::nodes::index::NodeIndex;
    use domain::nodes::query::NodeQuery;
    use time::OffsetDateTime;

    fn fleet() -> NodeIndex {
        let node = |id: &str, agent: Option<&str>, status| ManagedNode {
            id: id.to_owned(),
            agent_version: agent.map(str::to_owned),
            ping_status: Some(status),
            platform_type: Some("Linux".to_owned()),
            ..ManagedNode::default()
        };
        let nodes = [
            node("mi-0123456789abcdef0", Some("3.3.987.0"), PingStatus::Online),
            node("mi-0123456789abcdef1", Some("3.2.815.0"), PingStatus::ConnectionLost),
            node("mi-0123456789abcdef2", Some("3.1.1.0"), PingStatus::Online),
            node("i-04970a7f373ac630b", None, PingStatus::Online),
        ];
        nodes.into_iter().collect()
    }

    /// The last digit of each node that an address shows, in order.
    fn shown(address: &str) -> String {
        let (_, query) = address.split_once('?').unwrap();
        let fleet = fleet();
        let page = fleet.page(&NodeQuery::parse(query), OffsetDateTime::UNIX_EPOCH);
        let mut digits: Vec<_> = page.nodes.iter().filter_map(|node| node.id.chars().last()).collect();
        digits.sort_unstable();
        digits.into_iter().collect()
    }

    #[test]
    fn each_address_shows_just_what_it_says() {
        assert_eq!(shown(&ping(PingStatus::ConnectionLost)), "1");
        assert_eq!(shown(&platform("Linux")), "012b");
        assert_eq!(shown(&platform("Windows")), "");
        assert_eq!(shown(&platform("")), "");
        assert_eq!(shown(&agent("3.3.987.0")), "0");
        assert_eq!(shown(&agent("")), "b");
        assert_eq!(shown(&hybrid()), "012");
        assert_eq!(
            shown(&other_agents(["3.3.987.0", "3.2.815.0"])),
            "2",
            "one without an agent is none of them"
        );
    }
}
