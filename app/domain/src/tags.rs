//! Tags: key and value pairs on activations and nodes.

mod rows;

#[cfg(feature = "unicode")]
use std::sync::LazyLock;

#[cfg(feature = "unicode")]
use regex::Regex;
use serde::{Deserialize, Serialize};

pub use rows::TagFields;

use crate::errors::{FieldError, Rule};

/// Longest tag key, in characters (SSM API: 1–128).
pub const MAX_KEY_LENGTH: u32 = 128;
/// Longest tag value, in characters (SSM API: 0–256).
pub const MAX_VALUE_LENGTH: u32 = 256;
/// Most tags on one resource (AWS tagging: 50).
pub const MAX_TAGS: u32 = 50;

/// A key and its value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tag {
    /// 1–128 characters, unique on its resource, not beginning with `aws:`.
    pub key: String,
    /// 0–256 characters.
    pub value: String,
}

/// Whether every character is one that SSM takes in names and tags: `[\p{L}\p{Z}\p{N}_.:/=+\-@]`. In the browser a few
/// that it refuses pass, such as the vowel signs of Thai.
#[must_use]
pub fn name_characters(text: &str) -> bool {
    text.chars().all(|c| is_letter(c) || c.is_numeric() || is_separator(c) || "_.:/=+-@".contains(c))
}

/// Unicode category L. What is alphabetic is more: also marks and symbols.
#[cfg(feature = "unicode")]
#[expect(clippy::expect_used, reason = "the pattern is a constant; a test compiles it")]
fn is_letter(c: char) -> bool {
    static LETTER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\p{L}").expect("a category of Unicode"));
    c.is_ascii_alphabetic() || c.is_alphabetic() && LETTER.is_match(c.encode_utf8(&mut [0; 4]))
}

/// Unicode's tables of categories are much for a browser to download: the server has the last word.
#[cfg(not(feature = "unicode"))]
fn is_letter(c: char) -> bool {
    c.is_alphabetic()
}

/// Unicode category Z: `char::is_whitespace` without the control characters.
fn is_separator(c: char) -> bool {
    c.is_whitespace() && !c.is_control()
}

/// The tags that were filled in, empty rows left out.
///
/// # Errors
/// One [`FieldError`] for each broken rule, at `tags.N.key` or `tags.N.value`, N counting the given rows.
pub fn validate(rows: &[Tag]) -> Result<Vec<Tag>, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut tags: Vec<Tag> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let tag = Tag { key: row.key.trim().to_owned(), value: row.value.trim().to_owned() };
        if tag.key.is_empty() && tag.value.is_empty() {
            continue;
        }
        let broken = [
            (format!("tags.{index}.key"), key_rule(&tag.key, &tags)),
            (format!("tags.{index}.value"), text_rule(&tag.value, MAX_VALUE_LENGTH)),
        ];
        errors.extend(
            broken.into_iter().filter_map(|(field, rule)| rule.map(|rule| FieldError { field, rule })),
        );
        tags.push(tag);
    }
    if tags.len() > MAX_TAGS as usize {
        errors.push(FieldError { field: "tags".to_owned(), rule: Rule::TooMany { max: MAX_TAGS } });
    }
    if errors.is_empty() { Ok(tags) } else { Err(errors) }
}

fn key_rule(key: &str, earlier: &[Tag]) -> Option<Rule> {
    if key.is_empty() {
        Some(Rule::Required)
    } else if key.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:")) {
        Some(Rule::ReservedPrefix)
    } else if earlier.iter().any(|tag| tag.key == key) {
        Some(Rule::Duplicate)
    } else {
        text_rule(key, MAX_KEY_LENGTH)
    }
}

/// The rule of length or characters that the text breaks, if any.
#[must_use]
pub fn text_rule(text: &str, max: u32) -> Option<Rule> {
    if text.chars().count() > max as usize {
        Some(Rule::MaxLength { max })
    } else if !name_characters(text) {
        Some(Rule::NameCharacters)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(key: &str, value: &str) -> Tag {
        Tag { key: key.to_owned(), value: value.to_owned() }
    }

    #[test]
    fn empty_rows_are_left_out_and_the_rest_trimmed() {
        assert_eq!(validate(&[tag("", ""), tag(" site ", " 東京 ")]), Ok(vec![tag("site", "東京")]));
    }

    #[test]
    fn each_broken_rule_stands_at_its_row() {
        let errors = validate(&[
            tag("", "value"),
            tag("aws:x", ""),
            tag("a", "<"),
            tag("a", ""),
            tag(&"k".repeat(129), ""),
        ])
        .unwrap_err();
        let found: Vec<_> = errors.iter().map(|e| (e.field.as_str(), e.rule.clone())).collect();
        assert_eq!(
            found,
            [
                ("tags.0.key", Rule::Required),
                ("tags.1.key", Rule::ReservedPrefix),
                ("tags.2.value", Rule::NameCharacters),
                ("tags.3.key", Rule::Duplicate),
                ("tags.4.key", Rule::MaxLength { max: 128 }),
            ]
        );
    }

    #[test]
    fn fifty_tags_at_most() {
        let rows = |n: u32| (0..n).map(|i| tag(&format!("k{i}"), "")).collect::<Vec<_>>();
        assert!(validate(&rows(50)).is_ok());
        assert_eq!(validate(&rows(51)).unwrap_err()[0].rule, Rule::TooMany { max: 50 });
    }

    #[test]
    fn ideographic_space_counts_as_a_separator_and_a_tab_does_not() {
        assert!(name_characters("東京　本社 é-1_2.3:4/5=6+7@8"));
        assert!(!name_characters("a\tb"));
        assert!(!name_characters("a<b"));
    }

    #[cfg(feature = "unicode")]
    #[test]
    fn marks_and_symbols_are_no_letters_however_alphabetic() {
        for text in ["กร", "東京", "é", "Ⅷ", "½", "ªµ"] {
            assert!(name_characters(text), "{text}");
        }
        // A vowel sign below, a combining accent, a letter in a circle.
        for text in ["กรุงเทพ", "e\u{301}", "Ⓐ"] {
            assert_eq!(text_rule(text, MAX_VALUE_LENGTH), Some(Rule::NameCharacters), "{text}");
        }
    }
}
