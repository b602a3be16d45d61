//! A pattern of the service model: the words shown and the expression that decides.

use std::sync::OnceLock;

use regex::Regex;

/// A pattern as the service model states it.
///
/// The model's patterns are Java's; where the two dialects differ, `decides` says the same in ours.
pub(crate) struct Pattern {
    shown: &'static str,
    decides: &'static str,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// A pattern that means the same in both dialects.
    pub(crate) const fn new(pattern: &'static str) -> Self {
        Self::translated(pattern, pattern)
    }

    /// A pattern `shown` in Java's dialect and its translation.
    pub(crate) const fn translated(shown: &'static str, decides: &'static str) -> Self {
        Self { shown, decides, compiled: OnceLock::new() }
    }

    /// The pattern in the model's words.
    pub(crate) const fn shown(&self) -> &'static str {
        self.shown
    }

    /// Whether the whole text matches, as Java's `matches` decides it.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.compiled.get_or_init(|| compile(self.decides)).is_match(text)
    }
}

#[expect(clippy::expect_used, reason = "patterns are constants of this crate; a test compiles each")]
fn compile(pattern: &str) -> Regex {
    Regex::new(&format!(r"\A(?:{pattern})\z")).expect("a pattern of the service model compiles")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_text_must_match() {
        let pattern = Pattern::new(r"[\w+=,.@-]+");
        assert!(pattern.matches("a+b"));
        assert!(!pattern.matches("a b"));
        assert!(!pattern.matches("a\n"));
    }
}
