//! What the agent calls a machine, told from what Systems Manager knows of it.

use crate::nodes::ManagedNode;

/// What is known of a machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Machine<'a> {
    /// Such as `Ubuntu`: `NAME` of `/etc/os-release`, or the name that Windows gives itself.
    pub platform_name: Option<&'a str>,
    /// `VERSION_ID` of `/etc/os-release`, or such as `10.0.20348`.
    pub platform_version: Option<&'a str>,
    /// As EC2 and Systems Manager write it; hybrid nodes do not report it.
    pub architecture: Option<&'a str>,
}

impl<'a> From<&'a ManagedNode> for Machine<'a> {
    fn from(node: &'a ManagedNode) -> Self {
        Self {
            platform_name: node.platform_name.as_deref(),
            platform_version: node.platform_version.as_deref(),
            architecture: node.architecture.as_deref(),
        }
    }
}

/// What the agent's own detection comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detected {
    /// It looks for this platform.
    Platform(&'static str),
    /// It knows the platform and refuses to install packages on it.
    NotSupported(&'static str),
    /// It does not know the platform with this `ID` of `/etc/os-release`.
    UnknownId(&'static str),
}

/// `NAME` of `/etc/os-release` in lower case, whole or its first words, and what its `ID` leads to. Older agents
/// reported the name that `lsb_release` gives. The first that fits counts.
const NAMES: &[(&str, Detected)] = &[
    ("amazon linux", Detected::Platform("amazon")),
    ("ubuntu core", Detected::UnknownId("ubuntu-core")),
    ("ubuntu", Detected::Platform("ubuntu")),
    ("debian", Detected::Platform("debian")),
    ("raspbian", Detected::Platform("raspbian")),
    ("red hat", Detected::Platform("redhat")),
    ("redhatenterprise", Detected::Platform("redhat")),
    ("oracle linux", Detected::Platform("oracle")),
    ("centos", Detected::Platform("centos")),
    ("rocky", Detected::Platform("rocky")),
    ("almalinux", Detected::Platform("almalinux")),
    ("fedora", Detected::Platform("fedora")),
    ("sles_sap", Detected::UnknownId("sles_sap")),
    ("sles", Detected::Platform("suse")),
    ("suse linux", Detected::Platform("suse")),
    ("opensuse leap", Detected::Platform("opensuseleap")),
    ("opensuse tumbleweed", Detected::UnknownId("opensuse-tumbleweed")),
    ("opensuse", Detected::Platform("opensuse")),
    ("alpine", Detected::Platform("alpine")),
    ("arch linux", Detected::Platform("arch")),
    ("gentoo", Detected::Platform("gentoo")),
    ("bottlerocket", Detected::NotSupported("bottlerocket")),
    ("flatcar", Detected::NotSupported("flatcar")),
    ("kali", Detected::UnknownId("kali")),
    ("linux mint", Detected::UnknownId("linuxmint")),
    ("manjaro", Detected::UnknownId("manjaro")),
    ("nixos", Detected::UnknownId("nixos")),
    ("pop!_os", Detected::UnknownId("pop")),
    ("vmware photon", Detected::UnknownId("photon")),
    ("microsoft windows", Detected::Platform("windows")),
    ("windows", Detected::Platform("windows")),
    ("macos", Detected::Platform("mac_os_x")),
    ("mac os x", Detected::Platform("mac_os_x")),
];

impl<'a> Machine<'a> {
    /// What the agent calls the platform; `None` where the machine has not reported it, or under a name that only the
    /// machine itself could tell.
    #[must_use]
    pub fn detected(&self) -> Option<Detected> {
        let name = self.platform_name?.to_lowercase();
        let fits = |begin: &str| {
            let rest = name.strip_prefix(begin);
            rest.is_some_and(|rest| begin == "redhatenterprise" || !rest.starts_with(char::is_alphanumeric))
        };
        NAMES.iter().find(|(begin, _)| fits(begin)).map(|(_, detected)| *detected)
    }

    /// The version that the agent looks for. It takes it from where Systems Manager's comes from, so none there is
    /// none here.
    #[must_use]
    pub fn version(&self) -> &'a str {
        self.platform_version.unwrap_or_default()
    }

    /// The architectures that the agent can have: one when it is known, otherwise those for which the platform's
    /// version exists.
    #[must_use]
    pub fn architectures(&self, platform: &str) -> Vec<&'a str> {
        match self.architecture {
            Some("amd64") => vec!["x86_64"],
            Some("i386" | "i686") => vec!["386"],
            Some("aarch64") => vec!["arm64"],
            Some(architecture) => vec![architecture],
            None => self.possible_architectures(platform).to_vec(),
        }
    }

    fn possible_architectures(&self, platform: &str) -> &'static [&'static str] {
        let major = self.version().split('.').next().and_then(|major| major.parse().ok()).unwrap_or(0_u32);
        let server = self.platform_name.is_some_and(|name| name.contains("Server"));
        match platform {
            // Windows Server has had no 32-bit edition since 2008 R2.
            "windows" if server => &["x86_64"],
            "windows" => &["x86_64", "386"],
            // The first Amazon Linux, versioned by years and months, was the only one with 32 bits.
            "amazon" if (2010..2023).contains(&major) => &["x86_64", "386"],
            "redhat" | "centos" | "oracle" if (1..7).contains(&major) => &["x86_64", "386"],
            "amazon" | "redhat" | "centos" | "oracle" | "rocky" | "almalinux" | "fedora" | "suse"
            | "opensuseleap" | "mac_os_x" => &["x86_64", "arm64"],
            "ubuntu" if major >= 20 => &["x86_64", "arm64", "arm"],
            "debian" if major >= 13 => &["x86_64", "arm64", "arm"],
            // Raspberry Pi OS calls itself Raspbian only with 32 bits.
            "raspbian" => &["arm"],
            _ => &["x86_64", "arm64", "386", "arm"],
        }
    }
}

#[cfg(test)]
mod tests;
