//! A manifest from zips and what each is for.

use serde::{Deserialize, Serialize};

use super::{Manifest, ManifestFile};
use crate::packages::platform::Target;

/// A zip and the nodes that it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The zip's name.
    pub file: String,
    /// 64 hexadecimal digits in lower case.
    pub sha256: String,
    /// At least one.
    pub targets: Vec<Target>,
}

/// Why entries do not make a manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "conflict", rename_all = "snake_case")]
pub enum Conflict {
    /// Two zips for the same nodes.
    SameTarget {
        /// Which nodes.
        target: Target,
        /// The zip that has them.
        first: String,
        /// The zip that cannot have them too.
        second: String,
    },
    /// Two zips of the same name.
    SameFile {
        /// The name.
        file: String,
    },
    /// A zip that is for no nodes.
    NoTarget {
        /// Its name.
        file: String,
    },
}

/// The manifest of these zips.
///
/// # Errors
/// Every [`Conflict`]. Names and checksums are not looked at: [`super::read()`] does that to the text.
pub fn build(version: &str, publisher: Option<&str>, entries: &[Entry]) -> Result<Manifest, Vec<Conflict>> {
    let mut manifest = Manifest {
        version: version.to_owned(),
        publisher: publisher.map(str::to_owned),
        ..Manifest::default()
    };
    let mut conflicts = Vec::new();
    for entry in entries {
        let file = ManifestFile { sha256: entry.sha256.clone(), ..ManifestFile::default() };
        if manifest.files.insert(entry.file.clone(), file).is_some() {
            conflicts.push(Conflict::SameFile { file: entry.file.clone() });
        }
        if entry.targets.is_empty() {
            conflicts.push(Conflict::NoTarget { file: entry.file.clone() });
        }
        for target in &entry.targets {
            conflicts.extend(add(&mut manifest, target, &entry.file));
        }
    }
    if conflicts.is_empty() { Ok(manifest) } else { Err(conflicts) }
}

fn add(manifest: &mut Manifest, target: &Target, file: &str) -> Option<Conflict> {
    let versions = manifest.packages.entry(target.platform.clone()).or_default();
    let architectures = versions.entry(target.version.clone()).or_default();
    let first = architectures.insert(target.architecture.clone(), file.to_owned())?;
    Some(Conflict::SameTarget { target: target.clone(), first, second: file.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(file: &str, targets: &[(&str, &str, &str)]) -> Entry {
        let targets = targets
            .iter()
            .map(|(platform, version, architecture)| Target::new(platform, version, architecture));
        Entry { file: file.to_owned(), sha256: "ab".repeat(32), targets: targets.collect() }
    }

    #[test]
    fn one_zip_may_serve_several_platforms() {
        let entries = [
            entry("agent.rpm.zip", &[("redhat", "9.*", "_any"), ("amazon", "2023", "_any")]),
            entry("agent.deb.zip", &[("ubuntu", "_any", "x86_64")]),
        ];
        let manifest = build("1.0.1", Some("Example"), &entries).unwrap();
        let rows: Vec<_> = manifest.rows().into_iter().map(|row| (row.target.platform, row.file)).collect();
        let row = |platform: &str, file: &str| (platform.to_owned(), file.to_owned());
        assert_eq!(
            rows,
            [row("amazon", "agent.rpm.zip"), row("redhat", "agent.rpm.zip"), row("ubuntu", "agent.deb.zip")]
        );
        let mut backwards = entries;
        backwards.reverse();
        assert_eq!(build("1.0.1", Some("Example"), &backwards).unwrap().to_text(), manifest.to_text());
    }

    #[test]
    fn two_zips_cannot_be_for_the_same_nodes() {
        let target = ("ubuntu", "22.04", "x86_64");
        let entries = [entry("a.zip", &[target]), entry("b.zip", &[target]), entry("b.zip", &[])];
        assert_eq!(
            build("1", None, &entries).unwrap_err(),
            [
                Conflict::SameTarget {
                    target: Target::new(target.0, target.1, target.2),
                    first: "a.zip".to_owned(),
                    second: "b.zip".to_owned(),
                },
                Conflict::SameFile { file: "b.zip".to_owned() },
                Conflict::NoTarget { file: "b.zip".to_owned() },
            ]
        );
    }
}
