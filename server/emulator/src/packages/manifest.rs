//! `manifest.json`, schema 2.0: which file is for which platform, platform version and architecture.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

/// Systems Manager: a document's content.
pub(crate) const LARGEST: usize = 64 * 1024;
/// Distributor: the files of one version.
const MOST_FILES: usize = 20;
/// The platforms that Distributor knows, and any.
const PLATFORMS: &[&str] = &[
    "_any",
    "almalinux",
    "amazon",
    "centos",
    "debian",
    "opensuse",
    "opensuseleap",
    "oracle",
    "raspbian",
    "redhat",
    "rocky",
    "suse",
    "ubuntu",
    "windows",
];
/// The architectures as the agent compares them, as the user guide writes them, and any.
const ARCHITECTURES: &[&str] = &["_any", "x86_64", "x86", "386", "arm64", "arm"];

type Architectures = BTreeMap<String, Target>;
type Versions = BTreeMap<String, Architectures>;

/// A manifest as far as the service reads it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Manifest {
    schema_version: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    packages: BTreeMap<String, Versions>,
    #[serde(default)]
    files: BTreeMap<String, File>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Target {
    file: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct File {
    #[serde(default)]
    checksums: BTreeMap<String, String>,
}

/// Why a text is no manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ManifestError {
    /// It is larger than 64 KB.
    TooLarge,
    /// It is not JSON, or of another shape.
    Malformed(String),
    /// Its schema is another.
    Schema(String),
}

impl Manifest {
    /// Reads a manifest; what it says is checked later, with the files.
    ///
    /// # Errors
    /// [`ManifestError`].
    pub(crate) fn read(content: &str) -> Result<Self, ManifestError> {
        if content.len() > LARGEST {
            return Err(ManifestError::TooLarge);
        }
        let manifest: Self =
            serde_json::from_str(content).map_err(|error| ManifestError::Malformed(error.to_string()))?;
        if manifest.schema_version != "2.0" {
            return Err(ManifestError::Schema(manifest.schema_version));
        }
        Ok(manifest)
    }

    /// The platform types that `DescribeDocument` shows.
    pub(crate) fn platform_types(&self) -> Vec<String> {
        let windows = self.packages.keys().any(|platform| platform == "windows" || platform == "_any");
        let linux = self.packages.keys().any(|platform| platform != "windows");
        let types = [("Windows", windows), ("Linux", linux)];
        types.into_iter().filter(|(_, named)| *named).map(|(name, _)| name.to_owned()).collect()
    }

    /// The files with the SHA-256 that each must have, in lower-case hexadecimal digits.
    ///
    /// # Errors
    /// What is wrong with the manifest, in a sentence.
    pub(crate) fn files(&self, version_name: Option<&str>) -> Result<BTreeMap<&str, String>, String> {
        self.check_version(version_name)?;
        self.check_targets()?;
        if self.files.len() > MOST_FILES {
            return Err(format!("The manifest names {} files; {MOST_FILES} are allowed.", self.files.len()));
        }
        self.files.iter().map(|(name, file)| Ok((&**name, sha256(name, file)?))).collect()
    }

    fn check_version(&self, version_name: Option<&str>) -> Result<(), String> {
        let sound = |sign: char| sign.is_ascii_alphanumeric() || "_-.".contains(sign);
        if self.version.is_empty() || self.version.len() > 128 || !self.version.chars().all(sound) {
            return Err(
                "The manifest's version must be 1 to 128 letters, digits, '_', '-' and '.'.".to_owned()
            );
        }
        match version_name {
            Some(name) if name != self.version => Err(format!(
                "The version name '{name}' does not match the version '{}' in the manifest.",
                self.version
            )),
            _ => Ok(()),
        }
    }

    fn check_targets(&self) -> Result<(), String> {
        let mut named = BTreeSet::new();
        for (platform, versions) in &self.packages {
            if !PLATFORMS.contains(&&**platform) {
                return Err(format!("The manifest's platform '{platform}' is not supported."));
            }
            for (version, architectures) in versions {
                for (architecture, target) in architectures {
                    if !ARCHITECTURES.contains(&&**architecture) {
                        return Err(format!(
                            "The manifest's architecture '{architecture}' of {platform} {version} is not supported."
                        ));
                    }
                    named.insert(&*target.file);
                }
            }
        }
        if named.is_empty() {
            return Err("The manifest's packages name no file.".to_owned());
        }
        match named.into_iter().find(|file| !self.files.contains_key(*file)) {
            Some(file) => Err(format!("The file '{file}' is not among the files of the manifest.")),
            None => Ok(()),
        }
    }
}

fn sha256(name: &str, file: &File) -> Result<String, String> {
    let sound = |sign: char| sign.is_ascii_alphanumeric() || "_-.".contains(sign);
    if !(3..=128).contains(&name.len()) || !name.chars().all(sound) {
        return Err(format!("The file name '{name}' must be 3 to 128 letters, digits, '_', '-' and '.'."));
    }
    let sum = file.checksums.get("sha256").map(|sum| sum.to_lowercase());
    sum.filter(|sum| sum.len() == 64 && sum.bytes().all(|digit| digit.is_ascii_hexdigit()))
        .ok_or_else(|| format!("The manifest has no SHA-256 checksum of 64 digits for the file '{name}'."))
}

#[cfg(test)]
mod tests;
