//! The systems that the SSM Agent can be installed on outside EC2 (user guide: supported operating systems).

/// An operating system, or a family of them that registers in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum System {
    /// Amazon Linux 2023.
    AmazonLinux2023,
    /// Amazon Linux 2.
    AmazonLinux2,
    /// RHEL, CentOS, Rocky Linux, AlmaLinux, Oracle Linux: version 7 and later.
    Rhel,
    /// SUSE Linux Enterprise Server.
    Sles,
    /// Debian.
    Debian,
    /// Ubuntu with the agent as deb package.
    Ubuntu,
    /// Ubuntu with the agent as snap.
    UbuntuSnap,
    /// Raspberry Pi OS.
    RaspberryPiOs,
    /// Windows Server.
    Windows,
}

/// A processor architecture, in AWS's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Architecture {
    /// 64-bit Intel and AMD.
    X86_64,
    /// 64-bit Arm.
    Arm64,
    /// 32-bit Arm.
    Arm,
}

impl Architecture {
    /// AWS's name for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::X86_64 => "x86_64",
            Self::Arm64 => "arm64",
            Self::Arm => "arm",
        }
    }
}

/// How a system packages and runs the agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packaging {
    Rpm {
        install: &'static str,
        /// Whether that also succeeds where the same version is installed already.
        repeatable: bool,
    },
    Deb,
    Snap,
    Exe,
}

impl System {
    /// Every system.
    pub const ALL: [Self; 9] = [
        Self::AmazonLinux2023,
        Self::AmazonLinux2,
        Self::Rhel,
        Self::Sles,
        Self::Debian,
        Self::Ubuntu,
        Self::UbuntuSnap,
        Self::RaspberryPiOs,
        Self::Windows,
    ];

    /// Stable name, for URLs.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::AmazonLinux2023 => "amazon-linux-2023",
            Self::AmazonLinux2 => "amazon-linux-2",
            Self::Rhel => "rhel",
            Self::Sles => "sles",
            Self::Debian => "debian",
            Self::Ubuntu => "ubuntu",
            Self::UbuntuSnap => "ubuntu-snap",
            Self::RaspberryPiOs => "raspberry-pi-os",
            Self::Windows => "windows",
        }
    }

    /// The system with that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|system| system.id() == id)
    }

    /// The name as its maker writes it: the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AmazonLinux2023 => "Amazon Linux 2023",
            Self::AmazonLinux2 => "Amazon Linux 2",
            Self::Rhel => "RHEL, CentOS, Rocky Linux, AlmaLinux, Oracle Linux",
            Self::Sles => "SUSE Linux Enterprise Server",
            Self::Debian => "Debian",
            Self::Ubuntu => "Ubuntu (deb)",
            Self::UbuntuSnap => "Ubuntu (snap)",
            Self::RaspberryPiOs => "Raspberry Pi OS",
            Self::Windows => "Windows (PowerShell)",
        }
    }

    /// The architectures for which AWS publishes an agent, the commonest first.
    #[must_use]
    pub const fn architectures(self) -> &'static [Architecture] {
        match self {
            Self::RaspberryPiOs => &[Architecture::Arm64, Architecture::Arm],
            Self::Windows => &[Architecture::X86_64],
            _ => &[Architecture::X86_64, Architecture::Arm64],
        }
    }

    pub(super) const fn packaging(self) -> Packaging {
        match self {
            // From version 8 on, yum is dnf by its old name. Before, it had "nothing to do" and failed.
            Self::AmazonLinux2 | Self::Rhel => {
                Packaging::Rpm { install: "yum install -y", repeatable: false }
            }
            Self::AmazonLinux2023 => Packaging::Rpm { install: "dnf install -y", repeatable: true },
            Self::Sles => Packaging::Rpm { install: "rpm --install", repeatable: false },
            Self::Debian | Self::Ubuntu | Self::RaspberryPiOs => Packaging::Deb,
            Self::UbuntuSnap => Packaging::Snap,
            Self::Windows => Packaging::Exe,
        }
    }

    /// The folder of AWS's download bucket that holds the files for the system.
    pub(super) const fn folder(self, architecture: Architecture) -> &'static str {
        match (self.packaging(), architecture) {
            (Packaging::Exe, _) => "windows_amd64",
            (Packaging::Rpm { .. }, Architecture::X86_64) => "linux_amd64",
            (Packaging::Rpm { .. }, _) => "linux_arm64",
            (Packaging::Deb | Packaging::Snap, Architecture::X86_64) => "debian_amd64",
            (Packaging::Deb | Packaging::Snap, Architecture::Arm64) => "debian_arm64",
            (Packaging::Deb | Packaging::Snap, Architecture::Arm) => "debian_arm",
        }
    }
}
