//! Where in a text a byte is, for people.

use std::ops::Range;

use super::{Finding, Position, Problem};

/// A text's lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    text: String,
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let after_feed = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text: text.to_owned(), starts: std::iter::once(0).chain(after_feed).collect() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn finding(&self, range: &Range<usize>, problem: Problem) -> Finding {
        Finding { from: self.position(range.start), to: self.position(range.end), problem }
    }

    fn position(&self, at: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let column = self.text.get(start..at).map_or(0, |text| text.chars().count());
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position { line: number(line), column: number(column + 1) }
    }
}
