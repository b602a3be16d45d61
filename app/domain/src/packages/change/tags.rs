//! What leads from the tags that there are to those that are wanted.

use crate::tags::Tag;

/// Tags to set, and keys to remove.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagChanges {
    /// New ones, and those with another value.
    pub set: Vec<Tag>,
    /// Keys that are not wanted any more. Those of AWS itself stay.
    pub remove: Vec<String>,
}

impl TagChanges {
    /// From the tags that there are to those wanted; rows without a key do not count.
    #[must_use]
    pub fn between(present: &[Tag], wanted: &[Tag]) -> Self {
        let wanted: Vec<&Tag> = wanted.iter().filter(|tag| !tag.key.trim().is_empty()).collect();
        let left_out = |tag: &&Tag| wanted.iter().all(|other| other.key != tag.key);
        Self {
            set: wanted.iter().filter(|tag| !present.contains(tag)).map(|tag| Tag::clone(tag)).collect(),
            remove: present
                .iter()
                .filter(|tag| !is_reserved_by_aws(tag) && left_out(tag))
                .map(|tag| tag.key.clone())
                .collect(),
        }
    }
}

/// Whether AWS itself has given a tag: nobody else can change or remove it.
#[must_use]
pub fn is_reserved_by_aws(tag: &Tag) -> bool {
    tag.key.starts_with("aws:")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(key: &str, value: &str) -> Tag {
        Tag { key: key.to_owned(), value: value.to_owned() }
    }

    #[test]
    fn only_what_differs_is_changed() {
        let present = [tag("team", "web"), tag("stage", "prod"), tag("old", ""), tag("aws:stack", "s")];
        let wanted = [tag("team", "web"), tag("stage", "test"), tag("new", "1"), tag("", "")];
        let changes = TagChanges::between(&present, &wanted);
        assert_eq!(changes.set, [tag("stage", "test"), tag("new", "1")]);
        assert_eq!(changes.remove, ["old"]);
        assert_eq!(TagChanges::between(&present, &present), TagChanges::default());
        let shown: Vec<_> = present.iter().filter(|tag| !is_reserved_by_aws(tag)).cloned().collect();
        assert_eq!(TagChanges::between(&present, &shown), TagChanges::default(), "AWS's own stay untouched");
    }
}
