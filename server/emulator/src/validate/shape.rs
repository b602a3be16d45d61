//! The tables that say what a request's members may be.

use super::Pattern;

/// One member of a structure.
pub(crate) struct Member {
    /// Its name on the wire.
    pub(crate) name: &'static str,
    /// Whether a request without it is refused.
    pub(crate) required: bool,
    /// What it may be.
    pub(crate) shape: &'static Shape,
}

/// A member that must be there.
pub(crate) const fn required(name: &'static str, shape: &'static Shape) -> Member {
    Member { name, required: true, shape }
}

/// A member that may be left out.
pub(crate) const fn optional(name: &'static str, shape: &'static Shape) -> Member {
    Member { name, required: false, shape }
}

/// What a value may be.
pub(crate) enum Shape {
    /// A string.
    Text(Text),
    /// A whole number between two limits, both allowed.
    Integer(i64, i64),
    /// Epoch seconds.
    Timestamp,
    /// True or false.
    Boolean,
    /// A list.
    List(List),
    /// A structure of members.
    Structure(&'static [Member]),
}

/// What a list may hold.
pub(crate) struct List {
    /// What each element may be.
    pub(crate) element: &'static Shape,
    /// The least number of elements.
    pub(crate) min: usize,
    /// The greatest number of elements.
    pub(crate) max: usize,
}

/// What a string may be. Lengths count UTF-16 units, as AWS's services do.
pub(crate) struct Text {
    pub(super) min: usize,
    pub(super) max: usize,
    pub(super) pattern: Option<&'static Pattern>,
    pub(super) values: &'static [&'static str],
    pub(super) sensitive: bool,
}

impl Text {
    /// Any string.
    pub(crate) const ANY: Self =
        Self { min: 0, max: usize::MAX, pattern: None, values: &[], sensitive: false };

    /// A string of `min` to `max` units.
    pub(crate) const fn length(min: usize, max: usize) -> Self {
        Self { min, max, ..Self::ANY }
    }

    /// One of `values`.
    pub(crate) const fn one_of(values: &'static [&'static str]) -> Self {
        Self { values, ..Self::ANY }
    }

    /// The same, and matching `pattern`.
    pub(crate) const fn matching(self, pattern: &'static Pattern) -> Self {
        Self { pattern: Some(pattern), ..self }
    }

    /// The same, and never repeated in an answer.
    pub(crate) const fn sensitive(self) -> Self {
        Self { sensitive: true, ..self }
    }

    /// This as a shape.
    pub(crate) const fn shape(self) -> Shape {
        Shape::Text(self)
    }
}
