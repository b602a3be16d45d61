//! What a software file (`.deb`, `.rpm`, `.msi`) says about itself.

mod architecture;
mod fault;
mod kind;
mod targets;

#[cfg(feature = "readers")]
mod read;

pub use architecture::Architecture;
pub use fault::{Part, SoftwareFault};
pub use kind::{HEAD, OtherFormat, SoftwareKind};
pub use targets::suggested_targets;

#[cfg(feature = "readers")]
pub(super) use read::Source;
#[cfg(feature = "readers")]
pub use read::{ReadError, read};

use serde::{Deserialize, Serialize};

/// A software file, as its own metadata describe it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Software {
    /// What the file is, told by its content.
    pub kind: SoftwareKind,
    /// The name by which the node's package manager knows it; the `ProductName` of an MSI.
    pub name: String,
    /// The version of the software alone: without epoch and release.
    pub version: String,
    /// The packager's own count (rpm's Release, Debian's revision). An MSI has none.
    pub release: Option<String>,
    /// What goes before the version when package managers compare. An MSI has none.
    pub epoch: Option<u32>,
    /// The processors it is for.
    pub architecture: Architecture,
    /// The same as the file writes it: `amd64`, `aarch64`, `x64`.
    pub native_architecture: String,
    /// Debian's Maintainer, rpm's Vendor or else Packager, an MSI's Manufacturer.
    pub publisher: Option<String>,
    /// What the package manager will ask for, as the file writes it. At most [`Software::DEPENDENCIES`] of them.
    pub dependencies: Vec<String>,
    /// An MSI's `ProductCode`: the GUID of this version of the product, in braces.
    pub product_code: Option<String>,
    /// An MSI's `UpgradeCode`: the GUID that all versions of the product share, in braces.
    pub upgrade_code: Option<String>,
    /// One line on what it is.
    pub summary: Option<String>,
    /// Whether the file carries a signature (rpm, msi). It is not verified here.
    pub signed: bool,
}

impl Software {
    /// How many dependencies are kept.
    pub const DEPENDENCIES: usize = 256;

    /// The whole version as the package manager writes it: `[epoch:]version[-release]`.
    #[must_use]
    pub fn full_version(&self) -> String {
        let epoch = self.epoch.map(|epoch| format!("{epoch}:")).unwrap_or_default();
        format!("{epoch}{}", self.version_release())
    }

    fn version_release(&self) -> String {
        match &self.release {
            Some(release) => format!("{}-{release}", self.version),
            None => self.version.clone(),
        }
    }

    /// The version as a Distributor version name, where only letters, digits, `.`, `-` and `_` may stand and 128 of
    /// them at most. The epoch is left out.
    #[must_use]
    pub fn version_name(&self) -> String {
        document_name(&self.version_release())
    }

    /// The name as the name of an SSM document, with the same letters.
    #[must_use]
    pub fn package_name(&self) -> String {
        document_name(&self.name)
    }
}

/// Other characters become `-`, and neighbours become one.
fn document_name(text: &str) -> String {
    const LENGTH: usize = 128;
    let mut name = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
        if !(c == '-' && name.ends_with('-')) {
            name.push(c);
        }
    }
    name.truncate(LENGTH);
    name.trim_matches('-').to_owned()
}

#[cfg(test)]
pub(super) mod testing;

#[cfg(test)]
mod tests {
    use super::testing::{deb, rpm};
    use super::*;

    #[test]
    fn a_version_is_written_as_the_package_manager_does() {
        assert_eq!(deb().full_version(), "1:2.4.1-3");
        assert_eq!(rpm().full_version(), "2.4.1-3.el9");
    }

    #[test]
    fn what_a_document_name_cannot_hold_is_left_out() {
        assert_eq!(deb().version_name(), "2.4.1-3");
        assert_eq!(document_name("1.0~rc1+git^5"), "1.0-rc1-git-5");
        assert_eq!(document_name("Example Agent (64-bit) "), "Example-Agent-64-bit");
        assert_eq!(document_name("計測"), "");
        assert_eq!(document_name(&"a".repeat(200)).len(), 128);
    }
}
