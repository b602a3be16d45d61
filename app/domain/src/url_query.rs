//! What stands after `?` in an address: names and values, in order, and readable where they can be.

/// The pairs of a query, with or without its `?`. A name without `=` has an empty value.
#[must_use]
pub fn parse(query: &str) -> Vec<(String, String)> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}

/// The query of these pairs, with its `?`; nothing when there are none.
#[must_use]
pub fn format<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut query = String::new();
    for (name, value) in pairs {
        query.push(if query.is_empty() { '?' } else { '&' });
        encode(name, b"-._~:/!,@*", &mut query);
        query.push('=');
        encode(value, b"-._~:/!,@*=", &mut query);
    }
    query
}

/// Appends a text; letters, digits and the `plain` signs stand for themselves.
fn encode(text: &str, plain: &[u8], query: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
            query.push(char::from(byte));
        } else {
            query.push('%');
            query.push(char::from(HEX[usize::from(byte >> 4)]));
            query.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// `+` and `%20` are spaces; what is no UTF-8 becomes the replacement character.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut ahead = rest.clone();
                match (hex(ahead.next()), hex(ahead.next())) {
                    (Some(high), Some(low)) => {
                        rest = ahead;
                        u8::try_from(high * 16 + low).unwrap_or(b'?')
                    }
                    _ => b'%',
                }
            }
            other => other,
        });
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(query: &str) -> Vec<(String, String)> {
        parse(query)
    }

    #[test]
    fn pairs_are_told_apart() {
        let pairs = parsed("?q=web+1&agent=%3C3.3&flag&&x==y");
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("q", "web 1"), ("agent", "<3.3"), ("flag", ""), ("x", "=y")]);
        assert_eq!(parse(""), []);
        assert_eq!(parse("?"), []);
    }

    #[test]
    fn odd_escapes_stay_as_they_are() {
        assert_eq!(
            parse("a=100%&b=%zz&c=%E3%81")[..2],
            [("a".to_owned(), "100%".to_owned()), ("b".to_owned(), "%zz".to_owned())]
        );
        assert_eq!(parse("c=%E3%81")[0].1, "\u{fffd}");
    }

    #[test]
    fn a_query_can_be_read() {
        assert_eq!(format([("ip", ":10.0"), ("name", "!=web 1")]), "?ip=:10.0&name=!=web%201");
        assert_eq!(format([]), "");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(pairs in proptest::collection::vec((".{1,12}", ".{0,12}"), 0..6)) {
            let query = format(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            prop_assert!(query.is_ascii());
            prop_assert_eq!(parse(&query), pairs);
        }
    }
}
