//! Places in a script.

use serde::{Deserialize, Serialize};

/// A place in a text, as editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

impl Position {
    /// The first character.
    pub const BEGINNING: Self = Self { line: 1, column: 1 };
}
