//! The rule of one publisher, or of all.

use serde::{Deserialize, Serialize};

use crate::errors::Rule;
use crate::packages::location::Location;
use crate::permission::Role;

/// Most places, and most beginnings of names, of a rule.
pub const MAX_ENTRIES: u32 = 50;
/// Most room for drafts, in MiB: 1 TiB.
pub const MAX_QUOTA_MIB: u32 = 1024 * 1024;

/// Where a publisher's files may go, what their packages are called, and how much room their drafts have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublisherRule {
    /// Buckets, or folders in them; none for any.
    pub places: Vec<Location>,
    /// What names of packages begin with; none for any.
    pub names: Vec<String>,
    /// Room for the files of drafts, in MiB; none for the server's own limit, which holds in any case.
    pub quota_mib: Option<u32>,
}

/// Everybody's rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublisherRules {
    /// The rule of all who have none of their own.
    pub default: PublisherRule,
    /// Everybody who publishes, by name.
    pub people: Vec<Publisher>,
}

/// Somebody who publishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publisher {
    /// The name they sign in with.
    pub username: String,
    /// What they may do. No rule holds for admins.
    pub role: Role,
    /// Their own rule.
    pub rule: Option<PublisherRule>,
}

impl PublisherRule {
    /// What speaks against a package's name.
    #[must_use]
    pub fn name_rule(&self, name: &str) -> Option<Rule> {
        let begins = |prefix: &String| name.starts_with(prefix.as_str());
        let allowed = self.names.is_empty() || self.names.iter().any(begins);
        (!allowed).then(|| Rule::BeginsWith { prefixes: self.names.clone() })
    }

    /// Whether files may go somewhere in a bucket.
    #[must_use]
    pub fn allows_bucket(&self, bucket: &str) -> bool {
        self.places.is_empty() || self.places.iter().any(|place| place.bucket == bucket)
    }

    /// Whether files may go there.
    #[must_use]
    pub fn allows_place(&self, bucket: &str, prefix: &str) -> bool {
        let prefix = prefix.trim_matches('/');
        let within = |place: &Location| place.bucket == bucket && is_within(prefix, &place.prefix);
        self.places.is_empty() || self.places.iter().any(within)
    }

    /// The places as people write them: `bucket`, `bucket/folder`.
    #[must_use]
    pub fn place_names(&self) -> Vec<String> {
        self.places.iter().map(place_name).collect()
    }
}

pub(super) fn place_name(place: &Location) -> String {
    if place.prefix.is_empty() { place.bucket.clone() } else { format!("{}/{}", place.bucket, place.prefix) }
}

/// Whether a prefix is a folder, or lies in it: `web` holds `web/1.0`, and not `website`.
fn is_within(prefix: &str, folder: &str) -> bool {
    folder.is_empty()
        || prefix.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(bucket: &str, prefix: &str) -> Location {
        Location { bucket: bucket.to_owned(), prefix: prefix.to_owned() }
    }

    #[test]
    fn without_a_rule_anything_goes() {
        let rule = PublisherRule::default();
        assert_eq!(rule.name_rule("Anything"), None);
        assert!(rule.allows_place("any", "where") && rule.allows_bucket("any"));
    }

    #[test]
    fn a_folder_holds_what_lies_in_it_and_nothing_that_only_begins_like_it() {
        let rule = PublisherRule {
            places: vec![place("packages", "web"), place("scratch", "")],
            ..PublisherRule::default()
        };
        for (bucket, prefix, expected) in [
            ("packages", "web", true),
            ("packages", "web/Tool/1.0", true),
            ("packages", "/web/Tool/", true),
            ("packages", "website", false),
            ("packages", "", false),
            ("packages", "db/web", false),
            ("scratch", "", true),
            ("scratch", "a/b", true),
            ("other", "web", false),
        ] {
            assert_eq!(rule.allows_place(bucket, prefix), expected, "{bucket}/{prefix}");
        }
        assert!(rule.allows_bucket("packages") && !rule.allows_bucket("other"));
        assert_eq!(rule.place_names(), ["packages/web", "scratch"]);
    }

    #[test]
    fn a_name_begins_with_one_of_the_beginnings() {
        let names = vec!["Web-".to_owned(), "Db-".to_owned()];
        let rule = PublisherRule { names: names.clone(), ..PublisherRule::default() };
        assert_eq!(rule.name_rule("Web-Tool"), None);
        for other in ["web-tool", "Tool-Web-", "Web"] {
            assert_eq!(rule.name_rule(other), Some(Rule::BeginsWith { prefixes: names.clone() }), "{other}");
        }
    }
}
