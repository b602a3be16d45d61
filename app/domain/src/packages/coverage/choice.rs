//! The file that the agent takes from a manifest (SSM Agent: `birdwatcherservice.go`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::AgentError;
use crate::packages::manifest::{Architectures, Manifest, Versions};
use crate::packages::platform::{ANY, Target};

/// A file and the keys that led to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The zip's name.
    pub file: String,
    /// The manifest's keys, which need not be the node's own values.
    pub keys: Target,
}

/// What the agent does on a node of this platform, version and architecture.
///
/// It takes the best platform, in it the best version, in that the best architecture, and never goes back: a version
/// without the node's architecture fails even where `_any` would have fitted.
///
/// # Errors
/// [`AgentError::NoManifest`] where nothing fits, [`AgentError::NoFile`] where the manifest does not list what it names.
pub fn choose(
    manifest: &Manifest,
    platform: &str,
    version: &str,
    architecture: &str,
) -> Result<Choice, AgentError> {
    let keys = best_keys(manifest, platform, version, architecture);
    let Some((keys, file)) = keys else {
        return Err(AgentError::NoManifest {
            platform: platform.to_owned(),
            version: version.to_owned(),
            architecture: Some(architecture.to_owned()),
        });
    };
    if !manifest.files.contains_key(file) {
        return Err(AgentError::NoFile { file: file.to_owned() });
    }
    Ok(Choice { file: file.to_owned(), keys })
}

fn best_keys<'m>(
    manifest: &'m Manifest,
    platform: &str,
    version: &str,
    architecture: &str,
) -> Option<(Target, &'m str)> {
    let (platform, versions) = exact_or_any(&manifest.packages, platform)?;
    let version = best_version(versions, version)?;
    let architectures: &Architectures = versions.get(version)?;
    let (architecture, file) = exact_or_any(architectures, architecture)?;
    Some((Target::new(platform, version, architecture), file))
}

fn exact_or_any<'m, T>(map: &'m BTreeMap<String, T>, key: &str) -> Option<(&'m str, &'m T)> {
    map.get_key_value(key).or_else(|| map.get_key_value(ANY)).map(|(key, value)| (&**key, value))
}

/// Exact, else the wildcard with most parts, else `_any`, else `*`.
fn best_version<'m>(versions: &'m Versions, version: &str) -> Option<&'m str> {
    if let Some((exact, _)) = versions.get_key_value(version) {
        return Some(exact);
    }
    let wildcards = versions.keys().filter_map(|key| Some((wildcard_parts(key, version)?, key)));
    let longest = wildcards.max_by_key(|(parts, _)| *parts).map(|(_, key)| key);
    longest
        .or_else(|| versions.get_key_value(ANY).map(|(key, _)| key))
        .or_else(|| versions.get_key_value("*").map(|(key, _)| key))
        .map(String::as_str)
}

/// How many parts of the version the key's wildcard fixes, where it fits.
fn wildcard_parts(key: &str, version: &str) -> Option<usize> {
    // Versions of Windows Nano Server end in this word and fit only keys that do; it is not taken from the version.
    let key = match (key.strip_suffix("nano"), version.ends_with("nano")) {
        (Some(key), true) => key,
        (None, false) => key,
        _ => return None,
    };
    let fixed: Vec<_> = key.strip_suffix(".*")?.split('.').collect();
    let parts: Vec<_> = version.split('.').collect();
    parts.starts_with(&fixed).then_some(fixed.len())
}

/// Whether every node that takes `version` would take `general` if that key were not there.
pub(in crate::packages) fn version_falls_under(version: &str, general: &str) -> bool {
    match (version, general) {
        ("*", _) => false,
        (ANY, _) => general == "*",
        (_, ANY | "*") => true,
        _ => {
            let leading = version.strip_suffix(".*").unwrap_or(version);
            version != general && wildcard_parts(general, leading).is_some()
        }
    }
}

#[cfg(test)]
mod tests;
