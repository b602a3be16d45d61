//! `manifest.json`, schema 2.0: which zip is for which platform, platform version and architecture.

pub mod build;
pub mod compare;
pub mod diff;
pub mod finding;
mod json;
mod lines;
mod lint;
pub mod read;
mod write;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use finding::{Finding, Position, Problem, Severity};
pub use json::JsonFault;
pub use read::{Reading, read};

use super::platform::Target;

/// The only schema version that Distributor knows.
pub const SCHEMA_VERSION: &str = "2.0";

/// Architecture → zip.
pub type Architectures = BTreeMap<String, String>;
/// Platform version → architecture → zip.
pub type Versions = BTreeMap<String, Architectures>;

/// A manifest as the agent understands it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// 1–128 letters, digits, `_`, `-`, `.`; equal to the document's version name where that is given.
    pub version: String,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Packages of AWS have it.
    pub package_arn: Option<String>,
    /// Platform → platform version → architecture → zip.
    pub packages: BTreeMap<String, Versions>,
    /// The zips by name.
    pub files: BTreeMap<String, ManifestFile>,
}

/// What a manifest says of a zip.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManifestFile {
    /// 64 hexadecimal digits in lower case; empty where the manifest has none.
    pub sha256: String,
    /// Bytes; packages of AWS have it.
    pub size: Option<u64>,
    /// Packages of AWS have it.
    pub download_location: Option<String>,
}

/// One line of a manifest as a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// For which nodes.
    pub target: Target,
    /// The zip's name.
    pub file: String,
    /// 64 hexadecimal digits; `None` where the manifest does not list the zip, or has no checksum.
    pub sha256: Option<String>,
    /// Bytes, where the manifest says.
    pub size: Option<u64>,
}

impl Manifest {
    /// The manifest as a table, in the order in which it is written.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (platform, versions) in &self.packages {
            for (version, architectures) in versions {
                for (architecture, name) in architectures {
                    let file = self.files.get(name);
                    rows.push(Row {
                        target: Target::new(platform, version, architecture),
                        file: name.clone(),
                        sha256: file.map(|file| file.sha256.clone()).filter(|sum| !sum.is_empty()),
                        size: file.and_then(|file| file.size),
                    });
                }
            }
        }
        rows
    }

    /// The codes of the platforms that it names, sorted.
    #[must_use]
    pub fn platforms(&self) -> Vec<&str> {
        self.packages.keys().map(String::as_str).collect()
    }
}

/// Whether the text is a SHA-256 in hexadecimal digits, in either case: the agent compares without.
#[must_use]
pub fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
