//! What somebody wants to see of the nodes, and how an address says it:
//! `?q=web&ping=Online&agent=<3.3&join=or&sort=agent&desc=1&page=2&size=50`.

use super::property::{Filter, Property};
use crate::filter::{FilterProblem, Join, MAX_VALUE, Operator};
use crate::url_query;

/// Most filters and texts: beyond that no person wrote the address.
pub const MAX_TOKENS: usize = 50;
/// Rows of a page unless the query says otherwise.
pub const PAGE_SIZE: usize = 20;
/// Most rows of a page.
pub const MAX_PAGE_SIZE: usize = 100;

/// Sorted by what, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeSort {
    /// By what.
    pub property: Property,
    /// Largest first.
    pub descending: bool,
}

/// The order of nodes that nobody has chosen: newest registration first.
pub const NATURAL_ORDER: NodeSort = NodeSort { property: Property::Registered, descending: true };

/// A part of the query that can be taken away or replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// The text of this number.
    Text(usize),
    /// The filter of this number.
    Filter(usize),
}

/// What a form asked to add, and why that is not possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// As chosen.
    pub property: Property,
    /// As chosen.
    pub operator: Operator,
    /// As typed.
    pub value: String,
    /// Why not.
    pub problem: FilterProblem,
}

/// Filters, order and page. What an address should not say counts as not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeQuery {
    /// Texts to be found anywhere in what SSM tells of a node but its times; of each, every word. What a screen calls
    /// otherwise is found by SSM's word only: `ConnectionLost`, not "Connection lost".
    pub texts: Vec<String>,
    /// Those of one property stand together.
    filters: Vec<Filter>,
    /// Whether all texts and filters must fit, or one of them.
    pub join: Join,
    /// [`NATURAL_ORDER`] when `None`.
    pub sort: Option<NodeSort>,
    /// Counts from 1; beyond the last page means the last. 0 is as good as 1.
    pub page: usize,
    /// Rows of a page, 1 to [`MAX_PAGE_SIZE`]; [`PAGE_SIZE`] when `None`.
    pub size: Option<usize>,
    /// A filter that a form without script could not add.
    pub draft: Option<Draft>,
}

impl NodeQuery {
    /// Reads an address's query. Besides what [`NodeQuery::parameters`] writes, it takes `property`, `operator` and `value`, as
    /// a form without script sends them, for one filter more.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        Self::parse_named(query, |_, value| value.to_owned())
    }

    /// The same, of a form in which people type values as the screen calls them: `value_of` tells AWS's word for one.
    #[must_use]
    pub fn parse_named(query: &str, value_of: impl Fn(Property, &str) -> String) -> Self {
        let mut parsed = Self { page: 1, ..Self::default() };
        let (mut descending, mut added) = (false, Added::default());
        for (name, value) in url_query::parse(query) {
            match name.as_str() {
                "q" => parsed.add_text(&value),
                "join" => parsed.join = if value == "or" { Join::Or } else { Join::And },
                "sort" => {
                    let sort = |property| NodeSort { property, descending: false };
                    parsed.sort = Property::from_id(&value).map(sort);
                }
                "desc" => descending = value == "1",
                "page" => parsed.page = value.parse().unwrap_or(1).max(1),
                "size" => parsed.size = value.parse().ok().filter(|size| (1..=MAX_PAGE_SIZE).contains(size)),
                "property" => added.property = Property::from_id(&value),
                "operator" => added.operator = Operator::from_symbol(&value),
                "value" => added.value = value,
                name => {
                    if let Some(filter) = Filter::from_parameter(name, &value) {
                        parsed.add_filter(filter);
                    }
                }
            }
        }
        if let Some(sort) = &mut parsed.sort {
            sort.descending = descending;
        }
        added.to(&mut parsed, value_of);
        parsed
    }

    /// In pages of this size where the address names none. A page further on has other rows in pages of another size: it stays
    /// that of whoever has given the address.
    #[must_use]
    pub fn preferring(self, size: usize) -> Self {
        let preferred = Some(size).filter(|size| *size != PAGE_SIZE && self.page <= 1);
        Self { size: self.size.or(preferred), ..self }
    }

    /// The query of the address that leads back here, with its `?`; nothing for the plain list.
    #[must_use]
    pub fn to_query(&self) -> String {
        let parameters = self.parameters();
        url_query::format(parameters.iter().map(|(name, value)| (*name, value.as_str())))
    }

    /// The query's parameters; those of the plain list are left out.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut parameters: Vec<_> = self.texts.iter().map(|text| ("q", text.clone())).collect();
        parameters.extend(self.filters.iter().map(|filter| (filter.property().id(), filter.parameter())));
        if self.join == Join::Or {
            parameters.push(("join", "or".to_owned()));
        }
        if let Some(sort) = self.sort {
            parameters.push(("sort", sort.property.id().to_owned()));
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

    /// The filters, those of one property together.
    #[must_use]
    pub fn filters(&self) -> &[Filter] {
        &self.filters
    }

    /// Whether some nodes may be left out.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        !(self.texts.is_empty() && self.filters.is_empty())
    }

    /// How many texts and filters there are.
    #[must_use]
    pub fn tokens(&self) -> usize {
        self.texts.len() + self.filters.len()
    }

    /// Which way it is sorted by a property: `Some(true)` is descending.
    #[must_use]
    pub fn direction(&self, property: Property) -> Option<bool> {
        let sort = self.sort.unwrap_or(NATURAL_ORDER);
        (sort.property == property).then_some(sort.descending)
    }

    /// Sorted by a property: upwards, or downwards where it was upwards.
    #[must_use]
    pub fn sorted_by(&self, property: Property) -> Self {
        let descending = self.direction(property) == Some(false);
        Self { sort: Some(NodeSort { property, descending }), ..self.first_page() }
    }

    /// Another page.
    #[must_use]
    pub fn at_page(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// With pages of this size.
    #[must_use]
    pub fn with_size(&self, size: Option<usize>) -> Self {
        Self { size, ..self.first_page() }
    }

    /// With one text more; the same for a text of nothing, or one that [`searched`] does not take.
    #[must_use]
    pub fn with_text(&self, text: &str) -> Self {
        let mut query = self.first_page();
        query.add_text(text);
        query
    }

    /// With one filter more; the same with one that it has already.
    #[must_use]
    pub fn with_filter(&self, filter: Filter) -> Self {
        let mut query = self.first_page();
        query.add_filter(filter);
        query
    }

    /// Without a text or filter.
    #[must_use]
    pub fn without(&self, token: Token) -> Self {
        let mut query = self.first_page();
        match token {
            Token::Text(number) if number < query.texts.len() => drop(query.texts.remove(number)),
            Token::Filter(number) if number < query.filters.len() => drop(query.filters.remove(number)),
            _ => {}
        }
        query
    }

    /// With all or one of the filters to fit.
    #[must_use]
    pub fn joined_by(&self, join: Join) -> Self {
        Self { join, ..self.first_page() }
    }

    /// Every node, in the same order.
    #[must_use]
    pub fn cleared(&self) -> Self {
        Self { sort: self.sort, size: self.size, page: 1, ..Self::default() }
    }

    fn first_page(&self) -> Self {
        Self { page: 1, draft: None, ..self.clone() }
    }

    fn add_text(&mut self, text: &str) {
        let Ok(text) = searched(text) else { return };
        if !text.is_empty() && self.tokens() < MAX_TOKENS && !self.texts.contains(&text) {
            self.texts.push(text);
        }
    }

    /// Behind the last filter of the same property: that is the order in which addresses are read again.
    fn add_filter(&mut self, filter: Filter) {
        if self.tokens() >= MAX_TOKENS || self.filters.contains(&filter) {
            return;
        }
        let last = self.filters.iter().rposition(|known| known.property() == filter.property());
        self.filters.insert(last.map_or(self.filters.len(), |last| last + 1), filter);
    }
}

/// A text to look for: the words that were typed, with one space between.
///
/// # Errors
/// `ValueTooLong`.
pub fn searched(typed: &str) -> Result<String, FilterProblem> {
    let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > MAX_VALUE { Err(FilterProblem::ValueTooLong) } else { Ok(text) }
}

/// What a form without script wants to add.
#[derive(Default)]
struct Added {
    property: Option<Property>,
    operator: Option<Operator>,
    value: String,
}

impl Added {
    fn to(self, query: &mut NodeQuery, value_of: impl Fn(Property, &str) -> String) {
        let (Some(property), Some(operator)) = (self.property, self.operator) else { return };
        match Filter::new(property, operator, &value_of(property, self.value.trim())) {
            Ok(filter) => query.add_filter(filter),
            Err(problem) => query.draft = Some(Draft { property, operator, value: self.value, problem }),
        }
    }
}

#[cfg(test)]
mod tests;
