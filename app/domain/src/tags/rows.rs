//! Tag rows as the fields of an HTML form: `tags[0][key]`, `tags[0][value]`, and so on.

use std::collections::BTreeMap;

use super::Tag;

/// More rows than this are not read: a form offers at most 50.
const MAX_ROWS: usize = 100;

/// The rows that have been read so far.
#[derive(Debug, Default)]
pub struct TagFields(BTreeMap<usize, Tag>);

impl TagFields {
    /// Takes a field if it belongs to a row; any other is passed over.
    pub fn take(&mut self, name: &str, value: String) {
        if let Some((row, member)) = tag_field(name).filter(|(row, _)| *row < MAX_ROWS) {
            let tag = self.0.entry(row).or_default();
            let place = if member == "key" { &mut tag.key } else { &mut tag.value };
            *place = value;
        }
    }

    /// The rows in their order. Rows are told apart by their place: empty ones stay, but for those at the end.
    #[must_use]
    pub fn into_rows(self) -> Vec<Tag> {
        let mut rows: Vec<Tag> = self.0.into_values().collect();
        while rows.last().is_some_and(|tag| tag.key.is_empty() && tag.value.is_empty()) {
            rows.pop();
        }
        rows
    }
}

/// `tags[3][key]` is row 3's `key`.
fn tag_field(name: &str) -> Option<(usize, &str)> {
    let (row, member) = name.strip_prefix("tags[")?.strip_suffix(']')?.split_once("][")?;
    matches!(member, "key" | "value").then_some((row.parse().ok()?, member))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[(&str, &str)]) -> Vec<Tag> {
        let mut rows = TagFields::default();
        for (name, value) in fields {
            rows.take(name, (*value).to_owned());
        }
        rows.into_rows()
    }

    fn tag(key: &str, value: &str) -> Tag {
        Tag { key: key.to_owned(), value: value.to_owned() }
    }

    #[test]
    fn rows_stay_in_order_whatever_order_they_come_in() {
        let rows = read(&[("tags[10][key]", "b"), ("tags[2][value]", "1"), ("tags[2][key]", "a")]);
        assert_eq!(rows, [tag("a", "1"), tag("b", "")]);
    }

    #[test]
    fn empty_rows_at_the_end_are_dropped_and_others_keep_their_place() {
        let rows = read(&[
            ("tags[0][key]", ""),
            ("tags[1][key]", "a"),
            ("tags[2][key]", ""),
            ("tags[3][value]", ""),
        ]);
        assert_eq!(rows, [tag("", ""), tag("a", "")]);
    }

    #[test]
    fn what_is_no_tag_row_is_passed_over() {
        let odd =
            [("tags[0][color]", "x"), ("tags[x][key]", "x"), ("tags[999999999][key]", "x"), ("tags", "x")];
        assert_eq!(read(&odd), []);
    }
}
