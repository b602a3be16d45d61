//! Versions: numbers with dots between.

use std::cmp::Ordering;

/// Whether a text is numbers with dots between, such as `3.3.987.0`.
#[must_use]
pub fn is_version(text: &str) -> bool {
    text.split('.')
        .all(|part| !part.is_empty() && part.len() <= 18 && part.bytes().all(|b| b.is_ascii_digit()))
}

/// Part for part, by number: 3.10 is later than 3.9, and 3.3 is earlier than 3.3.0. A part that is no number counts as 0.
#[must_use]
pub fn compare_versions(a: &str, b: &str) -> Ordering {
    fn parts(version: &str) -> impl Iterator<Item = u64> {
        version.split('.').map(|part| part.parse().unwrap_or(0))
    }
    parts(a).cmp(parts(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert_eq!(compare_versions("3.2.815.0", "3.10.1.0"), Ordering::Less);
        assert_eq!(compare_versions("3.2.815.0", "3.2.815.0"), Ordering::Equal);
        assert_eq!(compare_versions("3.3", "3.3.0"), Ordering::Less);
        assert_eq!(compare_versions("4", "3.3.987.0"), Ordering::Greater);
    }

    #[test]
    fn versions_are_numbers_and_dots() {
        assert!(is_version("3.3.987.0") && is_version("3"));
        assert!(!is_version("") && !is_version("3.") && !is_version("3.x") && !is_version("-3"));
    }
}
