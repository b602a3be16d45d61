//! Nodes that are likely one machine: the same name or address, as after a machine has registered anew.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{ManagedNode, PingStatus};

/// Most that are named. More than these would be a list of their own: an image that was copied without its name being changed.
const NAMED: usize = 20;

/// The nodes that look like another one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimilarNodes {
    /// The first 20.
    pub named: Vec<SimilarNode>,
    /// How many there are beside those.
    pub others: usize,
}

/// A node that looks like another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimilarNode {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Whether its agent answers.
    pub ping_status: Option<PingStatus>,
    /// When its agent last reported.
    #[serde(with = "time::serde::timestamp::option")]
    pub last_ping: Option<OffsetDateTime>,
    /// Whether it has the same computer name.
    pub same_computer_name: bool,
    /// Whether it has the same IP address.
    pub same_ip_address: bool,
}

/// The nodes among `all` that look like `node`, those that share both name and address first, each group in the order of
/// `all`.
#[must_use]
pub fn similar_to<'a>(node: &ManagedNode, all: impl IntoIterator<Item = &'a ManagedNode>) -> SimilarNodes {
    let computer_name = node.computer_name.as_deref().map(str::trim).filter(|name| telling_name(name));
    let ip_address = node.ip_address.as_deref().filter(|address| telling_address(address));
    let in_common = |other: &ManagedNode| {
        let same_computer_name = computer_name.is_some_and(|name| {
            other.computer_name.as_deref().is_some_and(|other| other.trim().eq_ignore_ascii_case(name))
        });
        (same_computer_name, ip_address.is_some() && other.ip_address.as_deref() == ip_address)
    };
    let others = all.into_iter().filter(|other| other.id != node.id);
    let mut similar: Vec<_> = others
        .map(|other| (other, in_common(other)))
        .filter(|(_, (name, address))| *name || *address)
        .collect();
    similar.sort_by_key(|(_, (name, address))| !(*name && *address));
    let named = |(other, (same_computer_name, same_ip_address)): &(&ManagedNode, (bool, bool))| SimilarNode {
        id: other.id.clone(),
        name: other.name.clone(),
        ping_status: other.ping_status,
        last_ping: other.last_ping,
        same_computer_name: *same_computer_name,
        same_ip_address: *same_ip_address,
    };
    SimilarNodes {
        named: similar.iter().take(NAMED).map(named).collect(),
        others: similar.len().saturating_sub(NAMED),
    }
}

/// Images come with names that tell nothing.
fn telling_name(name: &str) -> bool {
    !name.is_empty()
        && !["localhost", "localhost.localdomain"].iter().any(|plain| name.eq_ignore_ascii_case(plain))
}

/// Every machine has a loopback address.
fn telling_address(address: &str) -> bool {
    address.parse::<IpAddr>().is_ok_and(|address| !address.is_loopback() && !address.is_unspecified())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: &str, computer_name: &str, ip_address: &str) -> ManagedNode {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        ManagedNode {
            id: id.to_owned(),
            computer_name: given(computer_name),
            ip_address: given(ip_address),
            ..ManagedNode::default()
        }
    }

    fn similar(node: &ManagedNode, all: &[ManagedNode]) -> Vec<(String, bool, bool)> {
        let similar = similar_to(node, all).named.into_iter();
        similar.map(|other| (other.id, other.same_computer_name, other.same_ip_address)).collect()
    }

    #[test]
    fn the_same_name_or_address_is_told_both_first() {
        let all = [
            node("me", "raspberrypi", "192.0.2.50"),
            node("name", "RaspberryPi", "192.0.2.51"),
            node("address", "printer", "192.0.2.50"),
            node("both", "raspberrypi", "192.0.2.50"),
            node("neither", "printer", "192.0.2.52"),
        ];
        assert_eq!(
            similar(&all[0], &all),
            [
                ("both".to_owned(), true, true),
                ("name".to_owned(), true, false),
                ("address".to_owned(), false, true)
            ]
        );
    }

    #[test]
    fn of_very_many_the_first_are_named_and_the_others_counted() {
        let mut all: Vec<_> = (0..10_000).map(|n| node(&n.to_string(), "copied", "")).collect();
        all[9_999].ip_address = Some("192.0.2.50".to_owned());
        let me = node("me", "copied", "192.0.2.50");
        let similar = similar_to(&me, &all);
        assert_eq!((similar.named.len(), similar.others), (20, 9_980));
        assert_eq!((similar.named[0].id.as_str(), similar.named[1].id.as_str()), ("9999", "0"));
    }

    #[test]
    fn what_every_machine_has_tells_nothing() {
        for (name, address) in [("", ""), ("localhost", "127.0.0.1"), ("LOCALHOST", "::1"), ("", "0.0.0.0")] {
            let all = [node("me", name, address), node("other", name, address)];
            assert_eq!(similar(&all[0], &all), [], "{name} {address}");
        }
    }
}
