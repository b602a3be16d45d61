//! Processor architectures, as package formats write them and as the agent compares them.

use serde::{Deserialize, Serialize};

/// A processor architecture that a manifest can name (SSM Agent: Go's `GOARCH` with `amd64` written `x86_64`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Architecture {
    /// 64-bit Intel and AMD.
    #[serde(rename = "x86_64")]
    X86_64,
    /// 32-bit Intel and AMD. AWS's documentation calls it `x86`, which no agent matches.
    #[serde(rename = "386")]
    I386,
    /// 64-bit Arm.
    #[serde(rename = "arm64")]
    Arm64,
    /// 32-bit Arm.
    #[serde(rename = "arm")]
    Arm,
    /// All of them.
    #[serde(rename = "_any")]
    Any,
}

impl Architecture {
    /// The key in a manifest.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::X86_64 => "x86_64",
            Self::I386 => "386",
            Self::Arm64 => "arm64",
            Self::Arm => "arm",
            Self::Any => "_any",
        }
    }

    /// Debian's name for it (`dpkg --print-architecture`). `None` where Distributor has no counterpart.
    #[must_use]
    pub fn from_deb(name: &str) -> Option<Self> {
        Some(match name {
            "amd64" => Self::X86_64,
            "i386" => Self::I386,
            "arm64" => Self::Arm64,
            "armhf" | "armel" => Self::Arm,
            "all" => Self::Any,
            _ => return None,
        })
    }

    /// rpm's name for it (`rpm --eval %_arch` and the names in `rpmrc`).
    #[must_use]
    pub fn from_rpm(name: &str) -> Option<Self> {
        Some(match name {
            "x86_64" | "x86_64_v2" | "x86_64_v3" | "x86_64_v4" | "amd64" | "ia32e" => Self::X86_64,
            "i386" | "i486" | "i586" | "i686" | "athlon" | "geode" | "pentium3" | "pentium4" => Self::I386,
            "aarch64" => Self::Arm64,
            "noarch" => Self::Any,
            _ if name.starts_with("armv") => Self::Arm,
            _ => return None,
        })
    }

    /// The first part of an MSI's Template summary property. Windows Installer takes nothing for `Intel`.
    #[must_use]
    pub fn from_msi(name: &str) -> Option<Self> {
        Some(match name {
            "x64" | "AMD64" => Self::X86_64,
            "Intel" | "" => Self::I386,
            "Arm64" => Self::Arm64,
            "Arm" => Self::Arm,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_has_the_agents_names() {
        for architecture in [
            Architecture::X86_64,
            Architecture::I386,
            Architecture::Arm64,
            Architecture::Arm,
            Architecture::Any,
        ] {
            let json = serde_json::to_string(&architecture).unwrap();
            assert_eq!(json, format!("\"{}\"", architecture.key()));
        }
    }

    #[test]
    fn what_no_agent_runs_on_has_no_counterpart() {
        for name in ["ppc64el", "s390x", "riscv64", "mips64el", "source", "any"] {
            assert_eq!(Architecture::from_deb(name), None, "{name}");
        }
        for name in ["ppc64le", "s390x", "riscv64", "src"] {
            assert_eq!(Architecture::from_rpm(name), None, "{name}");
        }
        assert_eq!(Architecture::from_msi("Intel64"), None, "Itanium");
        assert_eq!(Architecture::from_rpm("armv7hl"), Some(Architecture::Arm));
        assert_eq!(Architecture::from_rpm("i686"), Some(Architecture::I386));
    }
}
