//! The nodes that a version covers and does not cover, filtered and in pages:
//! `?version=2&show=not-covered&platform=Ubuntu&q=web&page=2`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::coverage::{Answer, Counts, Coverage, Machine};
use super::manifest::Manifest;
use crate::errors::ApiError;
use crate::filter::MAX_VALUE;
use crate::nodes::{ManagedNode, NodeSnapshot};
use crate::url_query;

/// Nodes of a page.
pub const PAGE_SIZE: usize = 50;

/// What comes of a version on a node, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Its agent gives an error.
    NotCovered,
    /// It depends on the architecture, which SSM does not tell of hybrid nodes.
    Depends,
    /// What its agent calls the platform is not known.
    Unknown,
    /// It gets a file.
    Covered,
}

impl Verdict {
    /// Every verdict, what needs somebody's attention first.
    pub const ALL: [Self; 4] = [Self::NotCovered, Self::Depends, Self::Unknown, Self::Covered];

    /// Its name in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotCovered => "not-covered",
            Self::Depends => "depends",
            Self::Unknown => "unknown",
            Self::Covered => "covered",
        }
    }

    /// The verdict with this name in addresses.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }

    /// The word for an answer.
    #[must_use]
    pub const fn of(answer: &Answer) -> Self {
        match answer {
            Answer::NotCovered { .. } => Self::NotCovered,
            Answer::Depends { .. } => Self::Depends,
            Answer::Unknown => Self::Unknown,
            Answer::Covered { .. } => Self::Covered,
        }
    }

    /// How many nodes have it.
    #[must_use]
    pub const fn count(self, counts: Counts) -> usize {
        match self {
            Self::NotCovered => counts.not_covered,
            Self::Depends => counts.depends,
            Self::Unknown => counts.unknown,
            Self::Covered => counts.covered,
        }
    }
}

/// Filters and page. What an address should not say counts as not said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageQuery {
    /// Which version; the default one when `None`.
    pub version: Option<u64>,
    /// Only nodes with this verdict.
    pub show: Option<Verdict>,
    /// Only nodes with this platform name, as they report it.
    pub platform: Option<String>,
    /// Words that must all be found in the node's id, name or computer name.
    pub text: String,
    /// Counts from 1; beyond the last page means the last.
    pub page: usize,
}

impl Default for CoverageQuery {
    fn default() -> Self {
        Self { version: None, show: None, platform: None, text: String::new(), page: 1 }
    }
}

impl CoverageQuery {
    /// Reads an address's query.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let mut parsed = Self::default();
        for (name, value) in url_query::parse(query) {
            match name.as_str() {
                "version" => parsed.version = value.parse().ok(),
                "show" => parsed.show = Verdict::from_name(&value),
                "platform" => parsed.platform = Some(value).filter(|value| !value.is_empty()),
                "q" => parsed.text = value.chars().take(MAX_VALUE).collect::<String>().trim().to_owned(),
                "page" => parsed.page = value.parse().unwrap_or(1).max(1),
                _ => {}
            }
        }
        parsed
    }

    /// The query of the address that leads back here, with its `?`; nothing for all nodes and the default version.
    #[must_use]
    pub fn to_query(&self) -> String {
        let parameters = self.parameters();
        url_query::format(parameters.iter().map(|(name, value)| (*name, value.as_str())))
    }

    /// The query's parameters.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut parameters = Vec::new();
        parameters.extend(self.version.map(|version| ("version", version.to_string())));
        parameters.extend(self.show.map(|show| ("show", show.name().to_owned())));
        parameters.extend(self.platform.iter().map(|platform| ("platform", platform.clone())));
        if !self.text.is_empty() {
            parameters.push(("q", self.text.clone()));
        }
        if self.page > 1 {
            parameters.push(("page", self.page.to_string()));
        }
        parameters
    }

    /// Whether some nodes may be left out.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.show.is_some() || self.platform.is_some() || !self.text.is_empty()
    }

    /// Nodes with another verdict, or with any.
    #[must_use]
    pub fn showing(&self, show: Option<Verdict>) -> Self {
        Self { show, page: 1, ..self.clone() }
    }

    /// Another page.
    #[must_use]
    pub fn at_page(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// Every node, of the same version.
    #[must_use]
    pub fn cleared(&self) -> Self {
        Self { version: self.version, ..Self::default() }
    }

    fn fits(&self, node: &ManagedNode, answer: &Answer) -> bool {
        self.show.is_none_or(|show| show == Verdict::of(answer))
            && self.platform.as_ref().is_none_or(|platform| node.platform_name.as_ref() == Some(platform))
            && has_words(node, &self.text)
    }
}

fn has_words(node: &ManagedNode, words: &str) -> bool {
    if words.is_empty() {
        return true;
    }
    let parts = [Some(&node.id), node.name.as_ref(), node.computer_name.as_ref()];
    let text = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ").to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// A node and what comes of the version on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoveredNode {
    /// The node's id.
    pub id: String,
    /// Its name, or its computer name.
    pub name: Option<String>,
    /// The platform's name, as the node reports it.
    pub platform_name: Option<String>,
    /// The platform's version.
    pub platform_version: Option<String>,
    /// What the agent would do.
    pub answer: Answer,
}

/// A page of nodes, and how many there are of each verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoveragePage {
    /// The page's nodes.
    pub nodes: Vec<CoveredNode>,
    /// Of all nodes.
    pub counts: Counts,
    /// Nodes that fit.
    pub matched: usize,
    /// Nodes at all.
    pub total: usize,
    /// This page, from 1.
    pub number: usize,
    /// Pages, at least 1.
    pub pages: usize,
    /// The platforms that nodes report, each with the number of nodes.
    pub platforms: Vec<(String, usize)>,
    /// When SSM told of the nodes; `None` before it first did.
    #[serde(with = "time::serde::timestamp::option")]
    pub fetched_at: Option<OffsetDateTime>,
    /// Why SSM was not heard of them since.
    pub failure: Option<ApiError>,
}

/// The page that a query asks for. Nodes that need somebody's attention come first.
#[must_use]
pub fn coverage_page(manifest: &Manifest, nodes: &NodeSnapshot, query: &CoverageQuery) -> CoveragePage {
    let coverage = Coverage::of(manifest, nodes.nodes.iter().map(Machine::from));
    let mut found: Vec<(&ManagedNode, &Answer)> = nodes
        .nodes
        .iter()
        .zip(coverage.answers())
        .filter(|(node, answer)| query.fits(node, answer))
        .collect();
    found.sort_by_key(|(_, answer)| Verdict::of(answer));
    let pages = found.len().div_ceil(PAGE_SIZE).max(1);
    let number = query.page.clamp(1, pages);
    let shown = found.iter().skip((number - 1) * PAGE_SIZE).take(PAGE_SIZE);
    let mut platforms = BTreeMap::new();
    for name in nodes.nodes.iter().filter_map(|node| node.platform_name.clone()) {
        *platforms.entry(name).or_insert(0) += 1;
    }
    CoveragePage {
        nodes: shown.map(|(node, answer)| covered(node, answer)).collect(),
        counts: coverage.counts(),
        matched: found.len(),
        total: nodes.nodes.len(),
        number,
        pages,
        platforms: platforms.into_iter().collect(),
        fetched_at: nodes.fetched_at,
        failure: nodes.failure.clone(),
    }
}

fn covered(node: &ManagedNode, answer: &Answer) -> CoveredNode {
    CoveredNode {
        id: node.id.clone(),
        name: node.name.clone().or_else(|| node.computer_name.clone()),
        platform_name: node.platform_name.clone(),
        platform_version: node.platform_version.clone(),
        answer: answer.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packages::manifest::read;
    use std::sync::Arc;

    fn node(number: u32, platform: &str, version: &str) -> ManagedNode {
        ManagedNode {
            id: format!("mi-{number:017x}"),
            name: Some(format!("web-{number}")),
            platform_name: Some(platform.to_owned()),
            platform_version: Some(version.to_owned()),
            ..ManagedNode::default()
        }
    }

    fn manifest() -> Manifest {
        let text = r#"{
            "schemaVersion": "2.0", "version": "1.0",
            "packages": {
                "ubuntu": { "22.04": { "_any": { "file": "deb.zip" } } },
                "amazon": { "_any": { "x86_64": { "file": "rpm.zip" } } }
            },
            "files": {
                "deb.zip": { "checksums": { "sha256": "" } }, "rpm.zip": { "checksums": { "sha256": "" } }
            }
        }"#;
        read(text).manifest.unwrap()
    }

    fn fleet() -> NodeSnapshot {
        let nodes = [
            node(1, "Ubuntu", "22.04"),
            node(2, "Ubuntu", "20.04"),
            node(3, "Amazon Linux", "2023"),
            node(4, "Windows Server 2022", "10.0.20348"),
            node(5, "Ubuntu", "22.04"),
        ];
        NodeSnapshot { nodes: Arc::new(nodes.into_iter().collect()), ..NodeSnapshot::default() }
    }

    fn shown(query: &str) -> String {
        let page = coverage_page(&manifest(), &fleet(), &CoverageQuery::parse(query));
        page.nodes.iter().filter_map(|node| node.id.chars().last()).collect()
    }

    #[test]
    fn what_needs_attention_comes_first() {
        assert_eq!(shown(""), "24315", "errors, then what depends, then what is covered");
        let page = coverage_page(&manifest(), &fleet(), &CoverageQuery::default());
        assert_eq!(page.counts, Counts { covered: 2, not_covered: 2, depends: 1, unknown: 0 });
        assert_eq!(page.platforms[1], ("Ubuntu".to_owned(), 3));
    }

    #[test]
    fn each_filter_leaves_what_it_says() {
        assert_eq!(shown("?show=not-covered"), "24");
        assert_eq!(shown("?show=covered"), "15");
        assert_eq!(shown("?platform=Ubuntu"), "215");
        assert_eq!(shown("?platform=Ubuntu&show=covered&q=WEB-5"), "5");
        assert_eq!(shown("?q=nothing"), "");
    }

    #[test]
    fn counts_are_of_all_nodes_whatever_is_shown() {
        let page = coverage_page(&manifest(), &fleet(), &CoverageQuery::parse("?show=covered&page=9"));
        assert_eq!((page.counts.not_covered, page.matched, page.total, page.number), (2, 2, 5, 1));
    }

    #[test]
    fn ten_thousand_nodes_are_shown_in_pages() {
        let nodes =
            (0..10_000).map(|number| node(number, "Ubuntu", if number % 2 == 0 { "22.04" } else { "18.04" }));
        let fleet = NodeSnapshot { nodes: Arc::new(nodes.collect()), ..NodeSnapshot::default() };
        let page = coverage_page(&manifest(), &fleet, &CoverageQuery::parse("?page=200"));
        assert_eq!((page.nodes.len(), page.pages, page.counts.covered), (PAGE_SIZE, 200, 5_000));
    }

    #[test]
    fn an_address_comes_back_as_it_was() {
        for query in ["", "?version=2&show=depends&platform=Amazon%20Linux&q=web&page=2"] {
            assert_eq!(CoverageQuery::parse(query).to_query(), query);
        }
        assert_eq!(CoverageQuery::parse("?show=some&version=x&page=0"), CoverageQuery::default());
    }
}
