//! Numbers on screen.

use domain::costs::grouped_whole;

/// A number of things, its thousands grouped: "1,500". English and Japanese write it alike.
#[must_use]
pub fn number(count: impl TryInto<u64>) -> String {
    grouped_whole(count.try_into().unwrap_or(u64::MAX))
}
