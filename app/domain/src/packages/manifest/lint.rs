//! Platform versions that hide a more general one from nodes that it would have served.

use std::collections::BTreeMap;

use super::{Architectures, Versions};
use crate::packages::coverage::choice::version_falls_under;
use crate::packages::platform::{ANY, ARCHITECTURES, supported};

/// Nodes that fit `version` find no file for `architecture`, though `general` has one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shadow<'m> {
    pub(super) version: &'m str,
    pub(super) general: &'m str,
    pub(super) architecture: &'m str,
}

/// Every architecture that a key of the platform hides, once.
pub(super) fn shadows<'m>(platform: &str, versions: &'m Versions) -> Vec<Shadow<'m>> {
    let mut shadows = Vec::new();
    for (version, architectures) in versions {
        let mut hidden = BTreeMap::new();
        for (general, wider) in versions.iter().filter(|(general, _)| version_falls_under(version, general)) {
            for architecture in
                wider.keys().filter(|architecture| !has(platform, architectures, architecture))
            {
                hidden.insert(&**architecture, &**general);
            }
        }
        shadows.extend(hidden.into_iter().map(|(architecture, general)| Shadow {
            version,
            general,
            architecture,
        }));
    }
    shadows
}

/// Whether every node of the architecture finds a file; of `_any`, of every architecture that the platform has.
fn has(platform: &str, architectures: &Architectures, architecture: &str) -> bool {
    let every = supported(platform).map_or(&ARCHITECTURES[..], |platform| platform.architectures);
    architectures.contains_key(ANY)
        || architectures.contains_key(architecture)
        || architecture == ANY && every.iter().all(|every| architectures.contains_key(*every))
}
