//! The two languages of the console.

use serde::{Deserialize, Serialize};

/// A language that Sekisho speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Japanese.
    Ja,
}

impl Language {
    /// Every language, in the order in which the switch offers them.
    pub const ALL: [Self; 2] = [Self::En, Self::Ja];

    /// BCP 47 tag, as in `<html lang>`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ja => "ja",
        }
    }

    /// The language of a BCP 47 tag, whatever its region.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.tag()))
    }

    /// The best language for an `Accept-Language` header (RFC 9110 §12.5.4); English when none fits.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let mut best: Option<(Self, f32)> = None;
        for range in header.split(',') {
            let mut parts = range.split(';');
            let Some(language) = parts.next().map(str::trim).and_then(Self::from_tag) else { continue };
            let quality = parts
                .find_map(|part| part.trim().strip_prefix("q=").map(|q| q.trim().parse().unwrap_or(0.0)))
                .unwrap_or(1.0);
            if quality > best.map_or(0.0, |(_, q)| q) {
                best = Some((language, quality));
            }
        }
        best.map_or(Self::default(), |(language, _)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_language_is_weighed() {
        assert_eq!(Language::from_accept_language("ja"), Language::Ja);
        assert_eq!(Language::from_accept_language("fr-FR, ja;q=0.8, en;q=0.7"), Language::Ja);
        assert_eq!(Language::from_accept_language("en-US,en;q=0.9,ja;q=0.1"), Language::En);
        assert_eq!(Language::from_accept_language("ja;q=0, en;q=0.1"), Language::En);
        assert_eq!(Language::from_accept_language("fr"), Language::En);
        assert_eq!(Language::from_accept_language(""), Language::En);
        assert_eq!(Language::from_accept_language("ja-JP;q=high"), Language::En);
    }
}
