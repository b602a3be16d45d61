//! What commands of the AWS CLI are made of, for a POSIX shell.

use crate::registration::posix_quote;
use crate::tags::Tag;

/// One word of a command, quoted where it must be.
pub(crate) fn word(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_./:=+@%,-".contains(&b);
    if !text.is_empty() && text.bytes().all(plain) { text.to_owned() } else { posix_quote(text) }
}

/// JSON: the CLI's shorthand has no way to write every character that a tag may have.
pub(crate) fn tags_json(tags: &[Tag]) -> String {
    let tags: Vec<_> =
        tags.iter().map(|tag| serde_json::json!({ "Key": tag.key, "Value": tag.value })).collect();
    serde_json::Value::Array(tags).to_string()
}

/// A command with an option a line.
pub(crate) struct Command {
    lines: Vec<String>,
}

impl Command {
    /// `aws`, the service and the operation.
    pub(crate) fn new(operation: &str, region: &str) -> Self {
        Self { lines: vec![format!("aws {operation}")] }.option("region", region)
    }

    /// An option with its value.
    pub(crate) fn option(self, name: &str, value: &str) -> Self {
        self.values(name, [value])
    }

    /// An option, if it has a value.
    pub(crate) fn optional(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.option(name, value),
            None => self,
        }
    }

    /// An option with several values; without any, it is left out.
    pub(crate) fn values<'a>(mut self, name: &str, values: impl IntoIterator<Item = &'a str>) -> Self {
        let values: Vec<_> = values.into_iter().map(word).collect();
        if !values.is_empty() {
            self.lines.push(format!("--{name} {}", values.join(" ")));
        }
        self
    }

    /// The command as text.
    pub(crate) fn text(&self) -> String {
        self.lines.join(" \\\n  ")
    }
}
