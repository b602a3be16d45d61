//! All nodes, prepared for being asked: each one's text in lower case, and orders that are made once.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use time::OffsetDateTime;

use super::property::{Filter, Property};
use super::query::{NodeQuery, NodeSort, PAGE_SIZE};
use super::{ManagedNode, PingStatus};
use crate::filter::{Join, Kind};

/// The nodes in their natural order: newest registration first, those without a registration date last.
#[derive(Clone, Default)]
pub struct NodeIndex {
    entries: Vec<Arc<Entry>>,
    /// Two for each property: upwards and downwards.
    orders: [OnceLock<Box<[u32]>>; 2 * Property::ALL.len()],
}

struct Entry {
    node: ManagedNode,
    /// What SSM tells of the node but its times, in SSM's words and in lower case: what a text is looked for in.
    text: String,
}

/// A page of the nodes that a query asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches<'a> {
    /// The page's nodes.
    pub nodes: Vec<&'a ManagedNode>,
    /// Nodes that fit.
    pub matched: usize,
    /// This page, from 1.
    pub number: usize,
    /// Pages, at least 1.
    pub pages: usize,
}

impl NodeIndex {
    /// These nodes, with those of `changed` in the place of the ones with their ids.
    #[must_use]
    pub fn with(&self, changed: impl IntoIterator<Item = ManagedNode>) -> Self {
        let mut by_id: HashMap<&str, Arc<Entry>> =
            self.entries.iter().map(|entry| (entry.node.id.as_str(), Arc::clone(entry))).collect();
        let changed: Vec<Arc<Entry>> = changed.into_iter().map(|node| Arc::new(Entry::new(node))).collect();
        by_id.extend(changed.iter().map(|entry| (entry.node.id.as_str(), Arc::clone(entry))));
        let mut entries: Vec<_> = by_id.into_values().collect();
        // `None` is less than any date, so that reversed it comes last.
        let key = |node: &ManagedNode| Reverse(node.registered);
        entries
            .sort_unstable_by(|a, b| key(&a.node).cmp(&key(&b.node)).then_with(|| a.node.id.cmp(&b.node.id)));
        Self { entries, orders: Default::default() }
    }

    /// Every node, in its natural order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &ManagedNode> + Clone {
        self.entries.iter().map(|entry| &entry.node)
    }

    /// The node with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&ManagedNode> {
        self.iter().find(|node| node.id == id)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The page that a query asks for.
    #[must_use]
    pub fn page(&self, query: &NodeQuery, now: OffsetDateTime) -> Matches<'_> {
        let order = query.sort.map(|sort| self.order(sort));
        let fitting = query.is_filtered().then(|| self.places(query, now));
        let matched = fitting.as_ref().map_or(self.len(), Vec::len);
        let size = query.size.unwrap_or(PAGE_SIZE).max(1);
        let pages = matched.div_ceil(size).max(1);
        let number = query.page.clamp(1, pages);
        let positions = ((number - 1) * size)..(number * size).min(matched);
        let place = |position: usize| match (&fitting, order) {
            (Some(fitting), _) => fitting[position] as usize,
            (None, Some(order)) => order[position] as usize,
            (None, None) => position,
        };
        let nodes = positions.map(|position| &self.entries[place(position)].node).collect();
        Matches { nodes, matched, number, pages }
    }

    /// The places of every node that fits, in order.
    #[must_use]
    pub fn places(&self, query: &NodeQuery, now: OffsetDateTime) -> Vec<u32> {
        let conditions = Conditions::new(query, now);
        let fits = |place: &u32| conditions.fit(&self.entries[*place as usize]);
        match query.sort {
            None => (0..self.count()).filter(fits).collect(),
            Some(sort) => self.order(sort).iter().copied().filter(fits).collect(),
        }
    }

    /// The node at a place.
    #[must_use]
    pub fn at(&self, place: u32) -> Option<&ManagedNode> {
        self.entries.get(place as usize).map(|entry| &entry.node)
    }

    /// The values that nodes have of a property and that contain a text, most frequent first, at most `limit`.
    #[must_use]
    pub fn values(&self, property: Property, typed: &str, limit: usize) -> Vec<String> {
        if property.kind() == Kind::Time {
            return Vec::new();
        }
        let mut counts: HashMap<_, usize> = HashMap::new();
        for value in self.iter().filter_map(|node| property.text(node)) {
            *counts.entry(value).or_default() += 1;
        }
        let typed = typed.to_lowercase();
        let mut found: Vec<_> =
            counts.into_iter().filter(|(value, _)| value.to_lowercase().contains(&typed)).collect();
        found.sort_unstable_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
        found.into_iter().take(limit).map(|(value, _)| value.into_owned()).collect()
    }

    /// Places are short numbers: there are no four thousand million nodes.
    fn count(&self) -> u32 {
        u32::try_from(self.len()).unwrap_or(u32::MAX)
    }

    /// Places in the order of a property; equal nodes stay in their natural order, those without the value come last.
    fn order(&self, sort: NodeSort) -> &[u32] {
        let slot = 2 * (sort.property as usize) + usize::from(sort.descending);
        self.orders[slot].get_or_init(|| {
            let mut order: Vec<u32> = (0..self.count()).collect();
            let node = |place: &u32| &self.entries[*place as usize].node;
            order.sort_by(|a, b| {
                let (a, b) = (node(a), node(b));
                let both = sort.property.is_given(a) && sort.property.is_given(b);
                let (a, b) = if sort.descending && both { (b, a) } else { (a, b) };
                sort.property.compare(a, b)
            });
            order.into()
        })
    }
}

impl FromIterator<ManagedNode> for NodeIndex {
    fn from_iter<I: IntoIterator<Item = ManagedNode>>(nodes: I) -> Self {
        Self::default().with(nodes)
    }
}

impl From<Vec<ManagedNode>> for NodeIndex {
    fn from(nodes: Vec<ManagedNode>) -> Self {
        nodes.into_iter().collect()
    }
}

impl std::fmt::Debug for NodeIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl PartialEq for NodeIndex {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for NodeIndex {}

impl Entry {
    fn new(node: ManagedNode) -> Self {
        let parts = [
            Some(node.id.as_str()),
            node.state.as_deref(),
            node.name.as_deref(),
            node.platform_type.as_deref(),
            node.platform_name.as_deref(),
            node.platform_version.as_deref(),
            node.source_type.as_deref(),
            node.source_id.as_deref().filter(|id| *id != node.id),
            node.ping_status.map(PingStatus::name),
            node.agent_version.as_deref(),
            node.image_id.as_deref(),
            node.computer_name.as_deref(),
            node.ip_address.as_deref(),
            node.iam_role.as_deref(),
            node.activation_id.as_deref(),
        ];
        let text = parts.into_iter().flatten().collect::<Vec<_>>().join("\n").to_lowercase();
        Self { node, text }
    }
}

/// A query's texts and filters, made ready for many nodes.
struct Conditions<'a> {
    texts: Vec<Vec<String>>,
    filters: Vec<(&'a Filter, OffsetDateTime)>,
    join: Join,
}

impl<'a> Conditions<'a> {
    fn new(query: &'a NodeQuery, now: OffsetDateTime) -> Self {
        let words = |text: &String| text.split_whitespace().map(str::to_lowercase).collect();
        Self {
            texts: query.texts.iter().map(words).collect(),
            filters: query.filters().iter().map(|filter| (filter, filter.moment(now))).collect(),
            join: query.join,
        }
    }

    fn fit(&self, entry: &Entry) -> bool {
        let mut filters = self.filters.iter().map(|(filter, moment)| {
            filter.property().fits(&entry.node, filter.operator(), filter.value(), *moment)
        });
        let mut texts =
            self.texts.iter().map(|words| words.iter().all(|word| entry.text.contains(word.as_str())));
        match self.join {
            _ if self.filters.is_empty() && self.texts.is_empty() => true,
            Join::And => filters.all(|fits| fits) && texts.all(|fits| fits),
            Join::Or => filters.any(|fits| fits) || texts.any(|fits| fits),
        }
    }
}

#[cfg(test)]
mod tests;
