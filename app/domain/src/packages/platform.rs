//! Platforms, platform versions and architectures, as a manifest names them.

use serde::{Deserialize, Serialize};

use crate::errors::{FieldError, Rule};

/// Stands for every platform version or architecture (and, undocumented, for every platform).
pub const ANY: &str = "_any";

/// The architectures as the agent compares them: Go's `GOARCH`, with `x86_64` for `amd64`. What the user guide calls
/// "x86" is `386`.
pub const ARCHITECTURES: [&str; 4] = ["x86_64", "arm64", "386", "arm"];

/// A platform that Distributor supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Platform {
    /// The manifest's key.
    pub code: &'static str,
    /// As its maker writes it.
    pub name: &'static str,
    /// The architectures that Distributor supports on it.
    pub architectures: &'static [&'static str],
}

const fn platform(
    code: &'static str,
    name: &'static str,
    architectures: &'static [&'static str],
) -> Platform {
    Platform { code, name, architectures }
}

/// What Distributor supports (user guide: supported package platforms and architectures).
pub const PLATFORMS: [Platform; 11] = [
    platform("almalinux", "AlmaLinux", &["x86_64", "arm64"]),
    platform("amazon", "Amazon Linux", &["x86_64", "arm64", "386"]),
    platform("debian", "Debian", &["x86_64", "386"]),
    platform("opensuse", "openSUSE", &["x86_64"]),
    platform("opensuseleap", "openSUSE Leap", &["x86_64"]),
    platform("oracle", "Oracle Linux", &["x86_64"]),
    platform("redhat", "Red Hat Enterprise Linux", &["x86_64", "arm64"]),
    platform("rocky", "Rocky Linux", &["x86_64", "arm64"]),
    platform("suse", "SUSE Linux Enterprise Server", &["x86_64"]),
    platform("ubuntu", "Ubuntu", &["x86_64", "arm64", "386"]),
    platform("windows", "Windows Server", &["x86_64"]),
];

/// Codes that the agent reports, but that Distributor's list does not have (SSM Agent, envdetect).
pub const UNDOCUMENTED_PLATFORMS: [&str; 7] =
    ["alpine", "arch", "centos", "fedora", "gentoo", "mac_os_x", "raspbian"];

/// The supported platform with this code.
#[must_use]
pub fn supported(code: &str) -> Option<&'static Platform> {
    PLATFORMS.iter().find(|platform| platform.code == code)
}

/// Whether some agent reports this platform, so that a file for it can be chosen.
#[must_use]
pub fn is_known(code: &str) -> bool {
    code == ANY || supported(code).is_some() || UNDOCUMENTED_PLATFORMS.contains(&code)
}

/// Whether Distributor supports the architecture on the platform.
#[must_use]
pub fn is_supported(code: &str, architecture: &str) -> bool {
    supported(code)
        .is_some_and(|platform| architecture == ANY || platform.architectures.contains(&architecture))
}

/// The code that somebody meant who wrote another name of the platform.
#[must_use]
pub fn meant_platform(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    Some(match &*lower {
        "rhel" | "red hat" | "redhatenterpriselinux" => "redhat",
        "amzn" | "amazonlinux" | "amazon linux" | "al2" | "al2023" => "amazon",
        "ol" | "oraclelinux" => "oracle",
        "sles" | "sle" => "suse",
        "opensuse-leap" | "leap" => "opensuseleap",
        "alma" => "almalinux",
        "rockylinux" => "rocky",
        "win" | "windowsserver" => "windows",
        "macos" | "darwin" => "mac_os_x",
        "*" | "any" => ANY,
        _ => return PLATFORMS.iter().map(|platform| platform.code).find(|code| *code == lower),
    })
}

/// The architecture that somebody meant who wrote another name of it.
#[must_use]
pub fn meant_architecture(text: &str) -> Option<&'static str> {
    Some(match &*text.to_lowercase() {
        "amd64" | "x64" | "x86-64" | "intel64" | "x86_64" => "x86_64",
        "x86" | "i386" | "i486" | "i586" | "i686" | "ia32" => "386",
        "aarch64" | "armv8" | "arm64" => "arm64",
        "armhf" | "armv6l" | "armv7l" | "armv7hl" | "arm" => "arm",
        "*" | "any" | "all" | "noarch" => ANY,
        _ => return None,
    })
}

/// Why no node's version fits a platform version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VersionKeyFault {
    /// It is empty, or not of letters, digits, `_`, `-` and `.`.
    Characters,
    /// A `*` that does not stand as `.*` at the end.
    Wildcard,
}

/// What is wrong with a platform version as the agent compares it: exact (`22.04`), the leading parts and `.*`
/// (`7.*`), or [`ANY`].
///
/// # Errors
/// [`VersionKeyFault`].
pub fn check_version_key(key: &str) -> Result<(), VersionKeyFault> {
    // On Windows Nano Server the agent compares what stands before this word.
    let text = key.strip_suffix("nano").unwrap_or(key);
    let parts = text.strip_suffix(".*").unwrap_or(text);
    if matches!(key, ANY | "*") {
        Ok(())
    } else if parts.contains('*') {
        Err(VersionKeyFault::Wildcard)
    } else if parts.is_empty() || !parts.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b)) {
        Err(VersionKeyFault::Characters)
    } else {
        Ok(())
    }
}

/// Whether nodes of the platform can have versions that fit the key: Windows reports `10.0.20348` rather than `2022`,
/// other platforms begin with a number.
#[must_use]
pub fn version_occurs(code: &str, key: &str) -> bool {
    let first = key.split('.').next().unwrap_or_default();
    match (code, key) {
        (_, ANY | "*") => true,
        ("windows", _) => matches!(first, "6" | "10"),
        (ANY, _) => true,
        _ => first.bytes().all(|b| b.is_ascii_digit()),
    }
}

/// For which nodes a file is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Target {
    /// A platform's code.
    pub platform: String,
    /// Exact, leading parts and `.*`, or [`ANY`].
    pub version: String,
    /// One of [`ARCHITECTURES`], or [`ANY`].
    pub architecture: String,
}

impl Target {
    /// From its three parts.
    #[must_use]
    pub fn new(platform: &str, version: &str, architecture: &str) -> Self {
        Self {
            platform: platform.to_owned(),
            version: version.to_owned(),
            architecture: architecture.to_owned(),
        }
    }

    /// The broken rules, at `platform`, `version` and `architecture` after the prefix.
    #[must_use]
    pub fn errors(&self, prefix: &str) -> Vec<FieldError> {
        let rule = |value: &str, fits: bool, rule: Rule| match value {
            "" => Some(Rule::Required),
            _ => (!fits).then_some(rule),
        };
        let architecture = self.architecture == ANY || ARCHITECTURES.contains(&&*self.architecture);
        [
            ("platform", rule(&self.platform, is_known(&self.platform), Rule::Choice)),
            ("version", rule(&self.version, check_version_key(&self.version).is_ok(), Rule::PlatformVersion)),
            ("architecture", rule(&self.architecture, architecture, Rule::Choice)),
        ]
        .into_iter()
        .filter_map(|(field, rule)| Some(FieldError { field: format!("{prefix}{field}"), rule: rule? }))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_distributor_supports() {
        assert!(is_supported("ubuntu", "386"));
        assert!(is_supported("redhat", "arm64"));
        assert!(is_supported("windows", ANY));
        for (platform, architecture) in
            [("windows", "arm64"), ("ubuntu", "x86"), ("centos", "x86_64"), (ANY, ANY)]
        {
            assert!(!is_supported(platform, architecture), "{platform} {architecture}");
        }
        assert!(is_known("centos"));
        assert!(is_known(ANY));
        assert!(!is_known("rhel"));
        let named = |names: &[&str]| names.iter().all(|name| ARCHITECTURES.contains(name));
        assert!(PLATFORMS.iter().all(|platform| named(platform.architectures)));
    }

    #[test]
    fn other_names_lead_to_those_of_the_agent() {
        assert_eq!(meant_platform("rhel"), Some("redhat"));
        assert_eq!(meant_platform("Ubuntu"), Some("ubuntu"));
        assert_eq!(meant_platform("solaris"), None);
        assert_eq!(meant_architecture("x86"), Some("386"));
        assert_eq!(meant_architecture("AMD64"), Some("x86_64"));
        assert_eq!(meant_architecture("ppc64le"), None);
    }

    #[test]
    fn a_version_is_exact_or_ends_in_a_wildcard() {
        for key in ["22.04", "7", "7.*", "10.0.*", "_any", "*", "10.0.14393nano", "10.0.*nano", "2018.03"] {
            assert_eq!(check_version_key(key), Ok(()), "{key}");
        }
        for key in ["7*", "*.7", "7.*.1", "**", "7.*.*", "*nano"] {
            assert_eq!(check_version_key(key), Err(VersionKeyFault::Wildcard), "{key}");
        }
        for key in ["", ">=7", "7 ", ".*", "nano", "七"] {
            assert_eq!(check_version_key(key), Err(VersionKeyFault::Characters), "{key}");
        }
    }

    #[test]
    fn versions_that_no_node_has() {
        for (code, key) in [
            ("windows", "2022"),
            ("windows", "11"),
            ("ubuntu", "jammy"),
            ("redhat", "el9"),
            ("debian", "trixie.*"),
        ] {
            assert!(!version_occurs(code, key), "{code} {key}");
        }
        for (code, key) in [("windows", "10.0.*"), ("windows", "_any"), ("ubuntu", "22.04"), ("_any", "x")] {
            assert!(version_occurs(code, key), "{code} {key}");
        }
    }

    #[test]
    fn each_part_of_a_target_is_checked_at_its_field() {
        assert!(Target::new("amazon", "2023", "_any").errors("").is_empty());
        let errors = Target::new("", "7*", "x86").errors("files.0.targets.1.");
        let errors: Vec<_> = errors.into_iter().map(|error| (error.field, error.rule)).collect();
        assert_eq!(
            errors,
            [
                ("files.0.targets.1.platform".to_owned(), Rule::Required),
                ("files.0.targets.1.version".to_owned(), Rule::PlatformVersion),
                ("files.0.targets.1.architecture".to_owned(), Rule::Choice),
            ]
        );
    }
}
