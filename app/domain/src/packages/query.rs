//! What somebody wants to see of the packages, and how an address says it:
//! `?owner=self&view=table&q=agent&platform=Linux&tag=team=web&sort=name&desc=1&page=2&size=50`.

use super::address::short_name;
use super::catalogue::{Ownership, Package};
use crate::filter::MAX_VALUE;
use crate::url_query;

/// Packages of a page unless the query says otherwise.
pub const PAGE_SIZE: usize = 20;
/// Most packages of a page.
pub const MAX_PAGE_SIZE: usize = 100;

/// How packages are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PackageView {
    /// As cards, as in Distributor.
    #[default]
    Cards,
    /// As the rows of a table.
    Table,
}

/// What packages can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// The name, without regard to case.
    Name,
    /// The owner.
    Owner,
    /// The default version's name.
    Version,
    /// When it was created.
    Created,
    /// The default version's status.
    Status,
}

impl SortBy {
    /// Everything that packages can be sorted by.
    pub const ALL: [Self; 5] = [Self::Name, Self::Owner, Self::Version, Self::Created, Self::Status];

    /// Its name in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Owner => "owner_name",
            Self::Version => "version",
            Self::Created => "created",
            Self::Status => "status",
        }
    }

    /// What has this name in addresses.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.name() == name)
    }
}

/// Sorted by what, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackageSort {
    /// By what.
    pub by: SortBy,
    /// Largest first.
    pub descending: bool,
}

/// The order of packages that nobody has chosen.
pub const NATURAL_ORDER: PackageSort = PackageSort { by: SortBy::Name, descending: false };

/// Tab, filters, order and page. What an address should not say counts as not said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageQuery {
    /// Whose packages; everybody's when `None`.
    pub owner: Option<Ownership>,
    /// As cards or as a table.
    pub view: PackageView,
    /// Words that must all be found in the name, the owner or the tags.
    pub text: String,
    /// A platform type, such as `Linux`.
    pub platform: Option<String>,
    /// A tag as `key=value`, or a key alone.
    pub tag: Option<String>,
    /// [`NATURAL_ORDER`] when `None`.
    pub sort: Option<PackageSort>,
    /// Counts from 1; beyond the last page means the last.
    pub page: usize,
    /// Packages of a page, 1 to [`MAX_PAGE_SIZE`]; [`PAGE_SIZE`] when `None`.
    pub size: Option<usize>,
}

impl Default for PackageQuery {
    fn default() -> Self {
        Self {
            owner: Some(Ownership::Own),
            view: PackageView::Cards,
            text: String::new(),
            platform: None,
            tag: None,
            sort: None,
            page: 1,
            size: None,
        }
    }
}

impl PackageQuery {
    /// Reads an address's query.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let mut parsed = Self::default();
        let mut descending = false;
        for (name, value) in url_query::parse(query) {
            let given =
                || Some(value.clone()).filter(|value| !value.is_empty() && value.len() <= MAX_VALUE * 4);
            match name.as_str() {
                "owner" if value == "all" => parsed.owner = None,
                "owner" => parsed.owner = Ownership::from_name(&value).or(parsed.owner),
                "view" if value == "table" => parsed.view = PackageView::Table,
                "q" => parsed.text = given().map(|text| text.trim().to_owned()).unwrap_or_default(),
                "platform" => parsed.platform = given(),
                "tag" => parsed.tag = given(),
                "sort" => {
                    let sort = |by| PackageSort { by, descending: false };
                    parsed.sort = SortBy::from_name(&value).map(sort);
                }
                "desc" => descending = value == "1",
                "page" => parsed.page = value.parse().unwrap_or(1).max(1),
                "size" => parsed.size = value.parse().ok().filter(|size| (1..=MAX_PAGE_SIZE).contains(size)),
                _ => {}
            }
        }
        if let Some(sort) = &mut parsed.sort {
            sort.descending = descending;
        }
        parsed
    }

    /// The query of the address that leads back here, with its `?`; nothing for the first tab as it opens.
    #[must_use]
    pub fn to_query(&self) -> String {
        let parameters = self.parameters();
        url_query::format(parameters.iter().map(|(name, value)| (*name, value.as_str())))
    }

    /// The query's parameters; those of the plain list are left out.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut parameters = Vec::new();
        if self.owner != Some(Ownership::Own) {
            parameters.push(("owner", self.owner_name().to_owned()));
        }
        if self.view == PackageView::Table {
            parameters.push(("view", "table".to_owned()));
        }
        if !self.text.is_empty() {
            parameters.push(("q", self.text.clone()));
        }
        parameters.extend(self.platform.iter().map(|platform| ("platform", platform.clone())));
        parameters.extend(self.tag.iter().map(|tag| ("tag", tag.clone())));
        if let Some(sort) = self.sort {
            parameters.push(("sort", sort.by.name().to_owned()));
            if sort.descending {
                parameters.push(("desc", "1".to_owned()));
            }
        }
        if self.page > 1 {
            parameters.push(("page", self.page.to_string()));
        }
        parameters.extend(self.size.map(|size| ("size", size.to_string())));
        parameters
    }

    /// The tab's name in addresses.
    #[must_use]
    pub fn owner_name(&self) -> &'static str {
        self.owner.map_or("all", Ownership::name)
    }

    /// Packages of a page.
    #[must_use]
    pub fn page_size(&self) -> usize {
        self.size.unwrap_or(PAGE_SIZE).max(1)
    }

    /// Whether some of the tab's packages may be left out.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        !self.text.is_empty() || self.platform.is_some() || self.tag.is_some()
    }

    /// Another tab. Filters stay; what one tab has another may lack, but the words may be what somebody looks for.
    #[must_use]
    pub fn of_owner(&self, owner: Option<Ownership>) -> Self {
        Self { owner, platform: None, tag: None, page: 1, ..self.clone() }
    }

    /// Laid out otherwise.
    #[must_use]
    pub fn viewed_as(&self, view: PackageView) -> Self {
        Self { view, ..self.clone() }
    }

    /// In pages of this size where the address names none. A page further on has other packages in pages of another size: it
    /// stays that of whoever has given the address.
    #[must_use]
    pub fn preferring(self, size: usize) -> Self {
        let preferred = Some(size).filter(|size| *size != PAGE_SIZE && self.page <= 1);
        Self { size: self.size.or(preferred), ..self }
    }

    /// Which way it is sorted: `Some(true)` is descending.
    #[must_use]
    pub fn direction(&self, by: SortBy) -> Option<bool> {
        let sort = self.sort.unwrap_or(NATURAL_ORDER);
        (sort.by == by).then_some(sort.descending)
    }

    /// Sorted upwards, or downwards where it was upwards.
    #[must_use]
    pub fn sorted_by(&self, by: SortBy) -> Self {
        let descending = self.direction(by) == Some(false);
        Self { sort: Some(PackageSort { by, descending }), page: 1, ..self.clone() }
    }

    /// Another page.
    #[must_use]
    pub fn at_page(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// Every package of the tab, in the same order.
    #[must_use]
    pub fn cleared(&self) -> Self {
        Self { text: String::new(), platform: None, tag: None, page: 1, ..self.clone() }
    }

    /// Whether a package fits the words, the platform and the tag.
    #[must_use]
    pub fn fits(&self, package: &Package) -> bool {
        self.platform.as_ref().is_none_or(|platform| package.platforms.contains(platform))
            && self.tag.as_ref().is_none_or(|tag| has_tag(package, tag))
            && has_words(package, &self.text)
    }
}

fn has_tag(package: &Package, wanted: &str) -> bool {
    // A key may hold `=` itself: the tags tell where it ends.
    package.tags.iter().any(|tag| tag.key == wanted || format!("{}={}", tag.key, tag.value) == wanted)
}

fn has_words(package: &Package, words: &str) -> bool {
    if words.is_empty() {
        return true;
    }
    let mut text = format!("{} {}", short_name(&package.name), package.owner.as_deref().unwrap_or_default());
    for tag in &package.tags {
        text.push_str(&format!(" {}={}", tag.key, tag.value));
    }
    let text = text.to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_comes_back_as_it_was() {
        for query in [
            "",
            "?owner=amazon",
            "?owner=all&view=table&q=agent%20x&platform=Linux&tag=team=web&sort=created&desc=1&page=3&size=50",
        ] {
            assert_eq!(PackageQuery::parse(query).to_query(), query);
        }
    }

    #[test]
    fn what_an_address_should_not_say_counts_as_not_said() {
        let odd = PackageQuery::parse("?owner=nobody&view=tree&sort=colour&page=-1&size=9999&platform=");
        assert_eq!(odd, PackageQuery::default());
    }

    #[test]
    fn the_natural_order_is_turned_round_first() {
        let by_name = PackageQuery::default();
        assert_eq!(by_name.direction(SortBy::Name), Some(false));
        assert_eq!(by_name.sorted_by(SortBy::Name).direction(SortBy::Name), Some(true));
    }

    #[test]
    fn a_preferred_size_changes_no_address_of_somebody_elses() {
        let size = |query: &str| PackageQuery::parse(query).preferring(50).size;
        assert_eq!([size(""), size("?size=10"), size("?page=2")], [Some(50), Some(10), None]);
        assert_eq!(PackageQuery::default().preferring(PAGE_SIZE).size, None);
    }

    #[test]
    fn another_tab_keeps_the_words_only() {
        let query = PackageQuery::parse("?q=agent&platform=Linux&tag=a&page=2&view=table");
        assert_eq!(query.of_owner(None).to_query(), "?owner=all&view=table&q=agent");
        assert_eq!(query.cleared().to_query(), "?view=table");
    }
}
