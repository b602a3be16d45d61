//! The tags that several nodes have: what they share, and where they differ.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::tags::Tag;

/// A key that some of the nodes have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyInUse {
    /// The tag's key.
    pub key: String,
    /// Each value with the number of nodes that have it, the most frequent first.
    pub values: Vec<(String, usize)>,
    /// How many nodes have the key.
    pub nodes: usize,
}

impl KeyInUse {
    /// Whether only AWS may set and remove it (AWS tagging: keys that begin with `aws:`).
    #[must_use]
    pub fn reserved(&self) -> bool {
        self.key.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:"))
    }
}

/// The keys of all of these nodes, in their order.
#[must_use]
pub fn keys_in_use<'a>(tags_of_nodes: impl IntoIterator<Item = &'a [Tag]>) -> Vec<KeyInUse> {
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for tag in tags_of_nodes.into_iter().flatten() {
        *counts.entry(&tag.key).or_default().entry(&tag.value).or_default() += 1;
    }
    let key_in_use = |(key, values): (&str, BTreeMap<&str, usize>)| {
        let mut values: Vec<(String, usize)> =
            values.into_iter().map(|(value, nodes)| (value.to_owned(), nodes)).collect();
        values.sort_by_key(|(_, nodes)| std::cmp::Reverse(*nodes));
        KeyInUse { key: key.to_owned(), nodes: values.iter().map(|(_, nodes)| nodes).sum(), values }
    };
    counts.into_iter().map(key_in_use).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(pairs: &[(&str, &str)]) -> Vec<Tag> {
        let tag = |(key, value): &(&str, &str)| Tag { key: (*key).to_owned(), value: (*value).to_owned() };
        pairs.iter().map(tag).collect()
    }

    #[test]
    fn common_and_differing_keys_are_counted() {
        let nodes = [
            tags(&[("Site", "osaka"), ("stage", "prod")]),
            tags(&[("Site", "tokyo"), ("stage", "prod")]),
            tags(&[("Site", "tokyo"), ("aws:x", "")]),
            tags(&[]),
        ];
        let keys = keys_in_use(nodes.iter().map(Vec::as_slice));
        let found: Vec<_> = keys.iter().map(|key| (key.key.as_str(), key.nodes, key.reserved())).collect();
        assert_eq!(found, [("Site", 3, false), ("aws:x", 1, true), ("stage", 2, false)]);
        assert_eq!(keys[0].values, [("tokyo".to_owned(), 2), ("osaka".to_owned(), 1)]);
    }
}
