//! The fields of a calculator's form, as its link has them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Longest query that is read, in bytes: more than the longest estimate has, whose 50 accounts and Regions have names of
/// 64 letters, each of up to twelve bytes in an address.
const MAX_QUERY: usize = 128 * 1024;
/// Fields that are the same whether they are empty or not there.
const EMPTY_BY_DEFAULT: [&str; 5] = ["name", "currency", "rate", "account", "region"];

/// Names and values in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// These names and values.
    #[must_use]
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// Reads a query (`application/x-www-form-urlencoded`), with or without its question mark.
    #[must_use]
    pub fn from_query(query: &str) -> Self {
        let query = query.strip_prefix('?').unwrap_or(query);
        let query = if query.len() > MAX_QUERY { "" } else { query };
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        });
        Self(pairs.collect())
    }

    /// The query of these fields, without a question mark. Those that were emptied stand there without a value: left
    /// out, they would have their usual one again.
    #[must_use]
    pub fn to_query(&self) -> String {
        let says = |(name, value): &&(String, String)| {
            let name = name.split_once('.').map_or(name.as_str(), |(name, _)| name);
            !value.is_empty() || !EMPTY_BY_DEFAULT.contains(&name)
        };
        let mut query = String::new();
        for (name, value) in self.0.iter().filter(says) {
            if !query.is_empty() {
                query.push('&');
            }
            encode(name, &mut query);
            query.push('=');
            encode(value, &mut query);
        }
        query
    }

    /// A field's value, the last one where it stands twice.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Names and values.
    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    pub(super) fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// The numbers of the rows that have one of these fields, such as 2 for `nodes.2`.
    pub(super) fn rows(&self, names: &[&str]) -> BTreeSet<u32> {
        let row = |(name, _): &(String, String)| {
            let (name, row) = name.split_once('.')?;
            names.contains(&name).then(|| row.parse().ok()).flatten()
        };
        self.0.iter().filter_map(row).collect()
    }
}

fn encode(text: &str, query: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            query.push(char::from(byte));
        } else {
            // Writing to a String does not fail.
            let _ = write!(query, "%{byte:02X}");
        }
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        let hex = |byte: &u8| char::from(*byte).to_digit(16);
        match (byte, tail) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, after @ ..]) if hex(high).is_some() && hex(low).is_some() => {
                let value = hex(high).unwrap_or_default() * 16 + hex(low).unwrap_or_default();
                bytes.push(u8::try_from(value).unwrap_or_default());
                rest = after;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_query_is_read_as_browsers_write_it() {
        let fields = Fields::from_query("?name=%E5%A4%A7%E9%98%AA+1&nodes.2=1500&&flag&odd=%zz%4&a=b=c");
        assert_eq!(fields.get("name"), Some("大阪 1"));
        assert_eq!(fields.get("nodes.2"), Some("1500"));
        assert_eq!(fields.get("flag"), Some(""));
        assert_eq!(fields.get("odd"), Some("%zz%4"));
        assert_eq!(fields.get("a"), Some("b=c"));
        assert_eq!(fields.get("none"), None);
        assert_eq!(Fields::from_query(&"a".repeat(MAX_QUERY + 1)), Fields::default());
    }

    #[test]
    fn rows_are_known_by_their_numbers() {
        let fields = Fields::from_query("nodes.3=1&nodes.1=2&account.7=a&other.9=x&nodes.x=1&nodes=4");
        assert_eq!(fields.rows(&["nodes", "account"]).into_iter().collect::<Vec<_>>(), [1, 3, 7]);
    }

    #[test]
    fn what_was_emptied_stays_empty() {
        let pairs =
            [("name", ""), ("period", ""), ("account.1", ""), ("nodes.1", ""), ("rate", ""), ("x", "1")];
        let fields = Fields::new(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(fields.to_query(), "period=&nodes.1=&x=1");
    }

    proptest! {
        #[test]
        fn fields_and_their_query_mean_the_same(pairs in prop::collection::vec((".{1,8}", ".{1,12}"), 0..8)) {
            let fields = Fields::new(pairs);
            prop_assert_eq!(Fields::from_query(&fields.to_query()), fields);
        }

        #[test]
        fn nothing_in_a_query_breaks_it(query in ".{0,60}") {
            let _ = Fields::from_query(&query);
        }
    }
}
