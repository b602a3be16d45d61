//! Filters by property, as the AWS console has them: a property, an operator and a value; all or any of them.

mod moment;
mod version;

pub use moment::moment;
pub use version::{compare_versions, is_version};

use std::cmp::Ordering;

use time::OffsetDateTime;

/// Whether all filters must fit or one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Join {
    /// All of them.
    #[default]
    And,
    /// At least one.
    Or,
}

/// How a property's value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operator {
    /// The same, without regard to case. An empty value asks for what has none.
    Equals,
    /// Not the same.
    NotEquals,
    /// Has it somewhere.
    Contains,
    /// Has it nowhere.
    NotContains,
    /// Begins with it.
    StartsWith,
    /// Less, or earlier.
    Less,
    /// Less or the same.
    AtMost,
    /// Greater, or later.
    Greater,
    /// Greater or the same.
    AtLeast,
}

impl Operator {
    /// Every operator, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::Equals,
        Self::NotEquals,
        Self::Contains,
        Self::NotContains,
        Self::StartsWith,
        Self::Less,
        Self::AtMost,
        Self::Greater,
        Self::AtLeast,
    ];

    /// Its sign, as Cloudscape's property filter has it.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Equals => "=",
            Self::NotEquals => "!=",
            Self::Contains => ":",
            Self::NotContains => "!:",
            Self::StartsWith => "^",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }

    /// The operator with that sign.
    #[must_use]
    pub fn from_symbol(symbol: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.symbol() == symbol)
    }

    /// The operator at a text's beginning, the longest that fits, and what follows it.
    #[must_use]
    pub fn split(text: &str) -> Option<(Self, &str)> {
        let found = Self::ALL.into_iter().filter(|operator| text.starts_with(operator.symbol()));
        let operator = found.max_by_key(|operator| operator.symbol().len())?;
        Some((operator, &text[operator.symbol().len()..]))
    }
}

/// What kind of values a property has, and so how they compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Free text.
    Text,
    /// One of a few values.
    Choice,
    /// Numbers with dots between: 3.10 is later than 3.9.
    Version,
    /// A point in time.
    Time,
}

impl Kind {
    /// The operators that make sense.
    #[must_use]
    pub const fn operators(self) -> &'static [Operator] {
        use Operator::{
            AtLeast, AtMost, Contains, Equals, Greater, Less, NotContains, NotEquals, StartsWith,
        };
        match self {
            Self::Text => &[Equals, NotEquals, Contains, NotContains, StartsWith],
            Self::Choice => &[Equals, NotEquals],
            Self::Version => {
                &[Equals, NotEquals, Contains, NotContains, StartsWith, Less, AtMost, Greater, AtLeast]
            }
            Self::Time => &[Less, AtMost, Greater, AtLeast],
        }
    }
}

/// Why an operator and a value are no filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterProblem {
    /// The operator does not fit the property.
    Operator,
    /// A value must be given.
    ValueMissing,
    /// The value is longer than [`MAX_VALUE`].
    ValueTooLong,
    /// Not a version, such as `3.3.987.0`.
    NotVersion,
    /// Not a time, such as `2026-11-22`, `2026-11-22T10:05+09:00` or `7d`.
    NotTime,
    /// Not one of the property's values.
    NotChoice,
}

/// Longest value, in characters: none of the properties has longer ones.
pub const MAX_VALUE: usize = 256;

/// Whether an operator and a value can be used with a property of this kind.
///
/// # Errors
/// What stands in the way.
pub fn check(kind: Kind, operator: Operator, value: &str) -> Result<(), FilterProblem> {
    if !kind.operators().contains(&operator) {
        return Err(FilterProblem::Operator);
    }
    if value.chars().count() > MAX_VALUE {
        return Err(FilterProblem::ValueTooLong);
    }
    let ordered =
        matches!(operator, Operator::Less | Operator::AtMost | Operator::Greater | Operator::AtLeast);
    match (kind, operator) {
        (_, Operator::Equals | Operator::NotEquals) => Ok(()),
        _ if value.is_empty() => Err(FilterProblem::ValueMissing),
        (Kind::Version, _) if ordered && !is_version(value) => Err(FilterProblem::NotVersion),
        // Any time will do: whether a text is a time does not depend on now.
        (Kind::Time, _) if moment(value, OffsetDateTime::UNIX_EPOCH).is_none() => Err(FilterProblem::NotTime),
        _ => Ok(()),
    }
}

/// Whether a text fits; what is not there (`None`) is empty, and neither greater nor less than anything.
#[must_use]
pub fn text_fits(operator: Operator, text: Option<&str>, wanted: &str) -> bool {
    let text = text.unwrap_or_default();
    match operator {
        Operator::Equals => same(text, wanted),
        Operator::NotEquals => !same(text, wanted),
        Operator::Contains => contains(text, wanted),
        Operator::NotContains => !contains(text, wanted),
        Operator::StartsWith => starts_with(text, wanted),
        _ if text.is_empty() => false,
        ordered => order_fits(ordered, compare_versions(text, wanted)),
    }
}

/// Whether an order is what an operator asks for.
#[must_use]
pub const fn order_fits(operator: Operator, order: Ordering) -> bool {
    match operator {
        Operator::Less => order.is_lt(),
        Operator::AtMost => order.is_le(),
        Operator::Greater => order.is_gt(),
        Operator::AtLeast => order.is_ge(),
        _ => false,
    }
}

fn same(text: &str, wanted: &str) -> bool {
    text.eq_ignore_ascii_case(wanted) || (!both_ascii(text, wanted) && lower(text) == lower(wanted))
}

fn starts_with(text: &str, wanted: &str) -> bool {
    match text.get(..wanted.len()) {
        Some(start) if both_ascii(start, wanted) => start.eq_ignore_ascii_case(wanted),
        _ => lower(text).starts_with(&lower(wanted)),
    }
}

fn contains(text: &str, wanted: &str) -> bool {
    if !both_ascii(text, wanted) {
        return lower(text).contains(&lower(wanted));
    }
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    wanted.is_empty() || text.windows(wanted.len()).any(|part| part.eq_ignore_ascii_case(wanted))
}

fn both_ascii(a: &str, b: &str) -> bool {
    a.is_ascii() && b.is_ascii()
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

#[cfg(test)]
mod tests;
