//! Which of the chosen nodes something can be done to.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::nodes::{ManagedNode, PingStatus, is_hybrid_id};

/// A node that was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenNode {
    /// Its id, as it was given.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// The host name that its agent reports.
    pub computer_name: Option<String>,
    /// Whether its agent answers.
    pub ping_status: Option<PingStatus>,
    /// The role that it works under.
    pub iam_role: Option<String>,
    /// Why nothing can be done to it.
    pub obstacle: Option<Obstacle>,
}

/// Why nothing can be done to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Obstacle {
    /// An EC2 instance or a device of another service: that service looks after it.
    NotHybrid,
    /// Not among the nodes that SSM last told of.
    Unknown,
}

/// What is known of the nodes with these ids, each once, in the order given.
#[must_use]
pub fn choose<'a>(ids: &[String], nodes: impl IntoIterator<Item = &'a ManagedNode>) -> Vec<ChosenNode> {
    let wanted: HashSet<&str> = ids.iter().map(String::as_str).collect();
    let known: HashMap<&str, &ManagedNode> = nodes
        .into_iter()
        .map(|node| (node.id.as_str(), node))
        .filter(|(id, _)| wanted.contains(id))
        .collect();
    let mut seen = HashSet::new();
    let once = ids.iter().filter(|id| !id.is_empty() && seen.insert(id.as_str()));
    once.map(|id| {
        let node = known.get(id.as_str()).copied();
        ChosenNode {
            id: id.clone(),
            name: node.and_then(|node| node.name.clone()),
            computer_name: node.and_then(|node| node.computer_name.clone()),
            ping_status: node.and_then(|node| node.ping_status),
            iam_role: node.and_then(|node| node.iam_role.clone()),
            obstacle: match node {
                None => Some(Obstacle::Unknown),
                Some(_) if !is_hybrid_id(id) => Some(Obstacle::NotHybrid),
                Some(_) => None,
            },
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_node_is_chosen_once_and_told_what_stands_in_the_way() {
        let node = |id: &str| ManagedNode {
            id: id.to_owned(),
            name: Some("named".to_owned()),
            ..ManagedNode::default()
        };
        let (hybrid, instance) = ("mi-0123456789abcdef0", "i-0238e4ae9600e8fdd");
        let nodes = [node(instance), node("mi-0123456789abcdef1"), node(hybrid)];
        let ids = [hybrid, "mi-0123456789abcdef2", "", instance, hybrid].map(str::to_owned);
        let chosen = choose(&ids, &nodes);
        let found: Vec<_> = chosen.iter().map(|node| (node.id.as_str(), node.obstacle)).collect();
        assert_eq!(
            found,
            [
                (hybrid, None),
                ("mi-0123456789abcdef2", Some(Obstacle::Unknown)),
                (instance, Some(Obstacle::NotHybrid))
            ]
        );
        assert_eq!((chosen[0].name.as_deref(), chosen[1].name.as_deref()), (Some("named"), None));
    }
}
