//! Walking through a script character by character.

use super::Position;

/// Walks through a text character by character.
pub struct Cursor {
    text: Vec<char>,
    index: usize,
    position: Position,
}

impl Cursor {
    pub fn new(text: &str) -> Self {
        Self { text: text.chars().collect(), index: 0, position: Position::BEGINNING }
    }

    pub fn peek(&self) -> Option<char> {
        self.peek_at(0)
    }

    pub fn peek_at(&self, distance: usize) -> Option<char> {
        self.text.get(self.index + distance).copied()
    }

    pub fn starts_with(&self, what: &str) -> bool {
        what.chars().zip(0..).all(|(c, distance)| self.peek_at(distance) == Some(c))
    }

    pub fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.index += 1;
        if c == '\n' {
            self.position = Position { line: self.position.line + 1, column: 1 };
        } else {
            self.position.column += 1;
        }
        Some(c)
    }

    pub fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.next();
        }
    }

    /// Takes what it is, if it is there.
    pub fn take(&mut self, what: &str) -> bool {
        let found = self.starts_with(what);
        if found {
            self.skip(what.chars().count());
        }
        found
    }

    pub fn take_while(&mut self, matches: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(c) = self.peek().filter(|c| matches(*c)) {
            taken.push(c);
            self.next();
        }
        taken
    }

    pub const fn position(&self) -> Position {
        self.position
    }

    pub const fn index(&self) -> usize {
        self.index
    }

    /// What stands between there and here, shortened to 40 characters.
    pub fn since(&self, index: usize) -> String {
        self.text[index..self.index].iter().take(40).collect()
    }
}
