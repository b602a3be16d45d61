//! How many versions a package has room for, and how they are told apart.

use crate::errors::Rule;

use super::limits::MAX_VERSIONS;

/// How many versions a package has, of those that it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// That there are, failed ones included.
    pub count: usize,
    /// That there may be.
    pub max: usize,
}

impl Used {
    /// With this many versions.
    #[must_use]
    pub const fn of(count: usize) -> Self {
        Self { count, max: MAX_VERSIONS }
    }

    /// How many more there may be; with none left, one must be deleted first.
    #[must_use]
    pub const fn left(self) -> usize {
        self.max.saturating_sub(self.count)
    }
}

/// The number of a version, which counts from 1 (SSM API: `DocumentVersionNumber`).
#[must_use]
pub fn version_number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    digits.then(|| text.parse().ok()).flatten()
}

/// The rule that the name of another version breaks, if any: nothing is fine, and no name stands twice (SSM API:
/// `DuplicateDocumentVersionName`).
pub fn new_version_rule<'a>(name: &str, taken: impl IntoIterator<Item = &'a str>) -> Option<Rule> {
    if name.is_empty() {
        return None;
    }
    super::name::version_rule(name)
        .or_else(|| taken.into_iter().any(|taken| taken == name).then_some(Rule::NameTaken))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_for_25() {
        assert_eq!((Used::of(19).left(), Used::of(19).max), (6, 25));
        assert_eq!(Used::of(25).left(), 0);
        assert_eq!(Used::of(26).left(), 0);
    }

    #[test]
    fn numbers_count_from_one() {
        assert_eq!(version_number("1"), Some(1));
        assert_eq!(version_number("25"), Some(25));
        for text in ["", "0", "01", "-1", "+1", "1.0", "$LATEST", "99999999999999999999"] {
            assert_eq!(version_number(text), None, "{text}");
        }
    }

    #[test]
    fn a_versions_name_stands_once() {
        let taken = ["1.0.0", "1.0.1"];
        assert_eq!(new_version_rule("", taken), None);
        assert_eq!(new_version_rule("1.0.2", taken), None);
        assert_eq!(new_version_rule("1.0.1", taken), Some(Rule::NameTaken));
        assert_eq!(new_version_rule("1 0", taken), Some(Rule::Identifier { min: 1, max: 128 }));
    }
}
