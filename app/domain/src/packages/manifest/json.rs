//! JSON with the place of every value, which `serde_json` forgets once it has read one.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Deepest nesting. A manifest has five levels.
const MAX_DEPTH: u32 = 64;

/// Why a text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JsonFault {
    /// The text ends too early.
    UnexpectedEnd,
    /// A value should stand here.
    Value,
    /// A member's name in quotation marks should stand here.
    Name,
    /// A colon should stand here.
    Colon,
    /// A comma or the closing bracket should stand here.
    Comma,
    /// A comma before the closing bracket.
    TrailingComma,
    /// A quotation mark is missing at the end of the line.
    Unclosed,
    /// An escape that JSON does not have.
    Escape,
    /// Not a number that JSON can hold.
    Number,
    /// Something follows the end.
    AfterEnd,
    /// Nested too deep.
    Depth,
}

/// A value and its bytes in the text.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) range: Range<usize>,
    pub(super) value: Value,
}

#[derive(Debug)]
pub(super) enum Value {
    Object(Vec<Member>),
    Text(String),
    /// As it is written.
    Number(String),
    /// `null`, `true`, `false` and arrays, which a manifest has nowhere.
    Other,
}

#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    /// The name with its quotation marks.
    pub(super) range: Range<usize>,
    pub(super) node: Node,
}

/// Reads the text.
///
/// # Errors
/// The first fault and its byte.
pub(super) fn parse(text: &str) -> Result<Node, (JsonFault, usize)> {
    let mut parser = Parser { text, at: 0 };
    let node = parser.value(0)?;
    parser.space();
    if parser.at < text.len() { parser.fault(JsonFault::AfterEnd) } else { Ok(node) }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

type Parsed<T> = Result<T, (JsonFault, usize)>;

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn fault<T>(&self, fault: JsonFault) -> Parsed<T> {
        let fault = if self.at < self.text.len() { fault } else { JsonFault::UnexpectedEnd };
        Err((fault, self.at))
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: u32) -> Parsed<Node> {
        self.space();
        let start = self.at;
        if depth > MAX_DEPTH {
            return self.fault(JsonFault::Depth);
        }
        let value = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Value::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Node { range: start..self.at, value })
    }

    fn object(&mut self, depth: u32) -> Parsed<Value> {
        let mut members = Vec::new();
        self.items(b'}', JsonFault::Name, |parser| {
            if parser.peek() != Some(b'"') {
                return parser.fault(JsonFault::Name);
            }
            let start = parser.at;
            let name = parser.string()?;
            let range = start..parser.at;
            parser.space();
            if parser.peek() != Some(b':') {
                return parser.fault(JsonFault::Colon);
            }
            parser.at += 1;
            members.push(Member { name, range, node: parser.value(depth + 1)? });
            Ok(())
        })?;
        Ok(Value::Object(members))
    }

    fn list(&mut self, depth: u32) -> Parsed<Value> {
        self.items(b']', JsonFault::Value, |parser| parser.value(depth + 1).map(drop))?;
        Ok(Value::Other)
    }

    /// Items between the opening bracket, which stands here, and the closing one.
    fn items(
        &mut self,
        end: u8,
        missing: JsonFault,
        mut item: impl FnMut(&mut Self) -> Parsed<()>,
    ) -> Parsed<()> {
        self.at += 1;
        self.space();
        if self.peek() == Some(end) {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.space();
            if self.at >= self.text.len() {
                return self.fault(missing);
            }
            item(self)?;
            self.space();
            let comma = self.at;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b) if b == end => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return self.fault(JsonFault::Comma),
            }
            self.space();
            if self.peek() == Some(end) {
                return Err((JsonFault::TrailingComma, comma));
            }
        }
    }

    fn string(&mut self) -> Parsed<String> {
        let start = self.at;
        self.at += 1;
        let mut escaped = false;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    // What follows is looked at below; a line's end is not skipped.
                    self.at += 1;
                    match self.peek() {
                        Some(0..0x20) | None => return self.fault(JsonFault::Unclosed),
                        Some(_) => self.at += 1,
                    }
                }
                Some(0..0x20) | None => return self.fault(JsonFault::Unclosed),
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        let literal = self.text.get(start..self.at).unwrap_or_default();
        if escaped {
            serde_json::from_str(literal).map_err(|_| (JsonFault::Escape, start))
        } else {
            Ok(literal.trim_matches('"').to_owned())
        }
    }

    fn number(&mut self) -> Parsed<Value> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')) {
            self.at += 1;
        }
        let literal = self.text.get(start..self.at).unwrap_or_default();
        match serde_json::from_str::<serde_json::Number>(literal) {
            Ok(_) => Ok(Value::Number(literal.to_owned())),
            Err(_) => Err((JsonFault::Number, start)),
        }
    }

    fn word(&mut self) -> Parsed<Value> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        match ["null", "true", "false"].into_iter().find(|word| rest.starts_with(word)) {
            Some(word) => {
                self.at += word.len();
                Ok(Value::Other)
            }
            None => self.fault(JsonFault::Value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_fault_is_told_with_its_place() {
        for (text, fault, at) in [
            ("", JsonFault::UnexpectedEnd, 0),
            ("  ", JsonFault::UnexpectedEnd, 2),
            ("\u{feff}{}", JsonFault::Value, 0),
            ("{'a': 1}", JsonFault::Name, 1),
            ("{\"a\" 1}", JsonFault::Colon, 5),
            ("{\"a\": 1 \"b\": 2}", JsonFault::Comma, 8),
            ("{\"a\": 1,}", JsonFault::TrailingComma, 7),
            ("[1, ]", JsonFault::TrailingComma, 2),
            ("{\"a\": }", JsonFault::Value, 6),
            ("{\"a\": 1", JsonFault::UnexpectedEnd, 7),
            ("{\"a\": 1,", JsonFault::UnexpectedEnd, 8),
            ("{\"a\": \"b\n\"}", JsonFault::Unclosed, 8),
            ("\"b", JsonFault::UnexpectedEnd, 2),
            ("\"\\x\"", JsonFault::Escape, 0),
            ("\"\\ud800\"", JsonFault::Escape, 0),
            ("01", JsonFault::Number, 0),
            ("1e999", JsonFault::Number, 0),
            ("{} {}", JsonFault::AfterEnd, 3),
            ("// no\n{}", JsonFault::Value, 0),
        ] {
            assert_eq!(parse(text).unwrap_err(), (fault, at), "{text}");
        }
        assert_eq!(parse(&"[".repeat(100_000)).unwrap_err(), (JsonFault::Depth, 65));
    }

    #[test]
    fn values_know_their_places() {
        let Value::Object(members) = parse(" {\"ä\\n\": \"b\", \"c\" : {}}").unwrap().value else {
            panic!()
        };
        assert_eq!(members[0].name, "ä\n");
        assert_eq!(members[0].range, 2..8);
        assert_eq!(members[0].node.range, 10..13);
        assert_eq!(members[1].node.range, 21..23);
    }

    proptest! {
        #[test]
        fn takes_and_refuses_what_serde_json_does(text in r#"[\[\]{}:,"\\ntrufalse0-9.eE+\- \u00e9]{0,24}"#) {
            prop_assert_eq!(parse(&text).is_ok(), serde_json::from_str::<serde_json::Value>(&text).is_ok());
        }

        #[test]
        fn survives_anything(text in any::<String>()) {
            if let Err((_, at)) = parse(&text) {
                prop_assert!(text.is_char_boundary(at));
            }
        }
    }
}
