//! Texts out of a file, made fit to be shown and to be put into a script.

use super::super::SoftwareFault;

/// How long a text may be that a person reads, in characters.
const LENGTH: usize = 300;

/// One line without control characters, of at most [`LENGTH`] characters. Nothing for a blank one.
pub fn line(text: &str) -> Option<String> {
    let first = text.trim().lines().next()?;
    let line: String = first.chars().filter(|c| !c.is_control()).take(LENGTH).collect();
    let line = line.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

/// A value that package managers take on their command lines: letters and digits of ASCII and the `others`, the first
/// a letter or a digit.
pub fn word(field: &str, value: &str, others: &str) -> Result<String, SoftwareFault> {
    /// No file system holds a longer file name, and each such value is part of one.
    const LENGTH: usize = 255;
    let value = value.trim();
    if value.is_empty() {
        return Err(SoftwareFault::NoField(field.to_owned()));
    }
    let fits = value.len() <= LENGTH
        && value.starts_with(|c: char| c.is_ascii_alphanumeric())
        && value.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c));
    if fits { Ok(value.to_owned()) } else { Err(invalid(field, value)) }
}

/// The fault of a field whose value cannot be.
pub fn invalid(field: &str, value: &str) -> SoftwareFault {
    SoftwareFault::Field { field: field.to_owned(), value: line(value).unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_fit_to_be_shown() {
        assert_eq!(line("  An\u{7} agent\r\nand more"), Some("An agent".to_owned()));
        assert_eq!(line(" \n "), None);
        assert_eq!(line(&"あ".repeat(1_000)).unwrap().chars().count(), LENGTH);
    }

    #[test]
    fn a_word_cannot_be_an_option_or_a_command() {
        assert_eq!(word("NAME", " lib32-gcc ", "-"), Ok("lib32-gcc".to_owned()));
        assert_eq!(word("NAME", "", "-"), Err(SoftwareFault::NoField("NAME".to_owned())));
        for value in ["-rf", "a;b", "a b", "$(x)", "a\n", "日本"] {
            let refused = word("NAME", value, "-").is_err();
            assert_eq!(refused, value.trim() != "a", "{value:?}");
        }
    }
}
