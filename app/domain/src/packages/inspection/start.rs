//! A manifest to begin with, from the zips that are there.

use std::collections::BTreeSet;

use super::Place;
use crate::packages::manifest::{Manifest, ManifestFile};
use crate::packages::platform::{ANY, Target, meant_architecture};

/// The platforms of what a zip's name says is in it.
const BY_NAME: [(&str, &[&str]); 3] = [
    (".deb", &["debian", "ubuntu"]),
    (".rpm", &["almalinux", "amazon", "oracle", "redhat", "rocky", "suse"]),
    (".msi", &["windows"]),
];

/// Stands for a checksum that is not known: no file has it.
const NO_SUM: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A manifest of the zips, for the nodes that their names speak of. What two zips would be for is the first one's. The
/// checksums are zeros, which a check finds wrong and puts right.
#[must_use]
pub fn start_manifest(version: &str, publisher: Option<&str>, place: &Place) -> String {
    let mut manifest = Manifest {
        version: version.to_owned(),
        publisher: publisher.map(str::to_owned),
        ..Manifest::default()
    };
    let mut taken = BTreeSet::new();
    for zip in place.zips() {
        let file = ManifestFile { sha256: NO_SUM.to_owned(), ..ManifestFile::default() };
        manifest.files.insert(zip.name.clone(), file);
        for target in targets(&zip.name) {
            if taken.insert(target.clone()) {
                let Target { platform, version, architecture } = target;
                let versions = manifest.packages.entry(platform).or_default();
                versions.entry(version).or_default().insert(architecture, zip.name.clone());
            }
        }
    }
    manifest.to_text()
}

fn targets(name: &str) -> Vec<Target> {
    let lower = name.to_ascii_lowercase();
    let platforms = BY_NAME.iter().find(|(part, _)| lower.contains(part)).map(|(_, platforms)| *platforms);
    let platforms =
        platforms.unwrap_or_else(|| if lower.contains("windows") { &["windows"] } else { &[ANY] });
    let words = lower.split(['.', '-', '_']);
    // `x86_64` is two words.
    let architecture =
        if lower.contains("x86_64") { Some("x86_64") } else { words.rev().find_map(meant_architecture) };
    platforms.iter().map(|platform| Target::new(platform, ANY, architecture.unwrap_or(ANY))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packages::inspection::FoundFile;
    use crate::packages::manifest::{Finding, Problem, read};

    #[test]
    fn zips_are_for_the_nodes_that_their_names_speak_of() {
        let zip = |name: &str| FoundFile { name: name.to_owned(), size: 1, etag: "\"1\"".to_owned() };
        let names = [
            "tool_1.0_amd64.deb.zip",
            "tool-1.0.x86_64.rpm.zip",
            "tool-windows.zip",
            "other.zip",
            "rest.zip",
        ];
        let place = Place { files: names.map(zip).to_vec(), ..Place::default() };
        let reading = read(&start_manifest("1.0", Some("Example"), &place));
        let manifest = reading.manifest.as_ref().unwrap();
        let rows: Vec<_> = manifest.rows().into_iter().map(|row| (row.file, row.target)).collect();
        for (file, platform, architecture) in [
            (names[0], "ubuntu", "x86_64"),
            (names[1], "amazon", "x86_64"),
            (names[2], "windows", ANY),
            (names[3], ANY, ANY),
        ] {
            assert!(rows.contains(&(file.to_owned(), Target::new(platform, ANY, architecture))), "{file}");
        }
        assert_eq!(manifest.files.len(), 5, "each is there to be given its nodes");
        let unused = |finding: &Finding| finding.problem == Problem::FileUnused { file: names[4].to_owned() };
        assert!(reading.findings.iter().any(unused), "what the fourth is for the fifth cannot be for too");
        assert!(reading.is_sound(), "{:?}", reading.findings);
    }
}
