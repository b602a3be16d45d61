//! What is wrong with a software file.

use super::OtherFormat;
use serde::{Deserialize, Serialize};

/// Why a software file is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "fault", content = "detail", rename_all = "kebab-case")]
pub enum SoftwareFault {
    /// It has no content.
    #[error("the file is empty")]
    Empty,
    /// It is none of the kinds, and nothing tells what it is.
    #[error("the file is no software package of a known kind")]
    Unknown,
    /// It is something else.
    #[error("the file is no .deb, .rpm or .msi but {0:?}")]
    Other(OtherFormat),
    /// A compound file (Word, Excel, …) that is no Windows Installer database.
    #[error("the file is a compound file but no Windows Installer package")]
    OtherCompoundFile,
    /// A Windows Installer patch (`.msp`): it changes an installed product and cannot be installed by itself.
    #[error("the file is a Windows Installer patch")]
    Patch,
    /// A Windows Installer transform (`.mst`).
    #[error("the file is a Windows Installer transform")]
    Transform,
    /// An RPM with sources (`.src.rpm`), which nodes do not install.
    #[error("the file is a source package")]
    SourcePackage,
    /// It ends before its own metadata say that it does.
    #[error("the file is truncated: {actual} bytes instead of {expected}")]
    Truncated {
        /// How long it must be at least, in bytes.
        expected: u64,
        /// How long it is, in bytes.
        actual: u64,
    },
    /// A part cannot be read.
    #[error("the {0:?} is damaged")]
    Damaged(Part),
    /// A part is missing.
    #[error("the {0:?} is missing")]
    Missing(Part),
    /// A part is larger than any real package's.
    #[error("the {part:?} is larger than {limit} bytes")]
    TooLarge {
        /// Which.
        part: Part,
        /// How large it may be, in bytes.
        limit: u64,
    },
    /// The control archive is compressed in a way that Debian's tools do not use for it.
    #[error("the control archive {0:?} is compressed in an unknown way")]
    Compression(String),
    /// The metadata lack a field.
    #[error("the field {0} is missing")]
    NoField(String),
    /// A field has a value that package managers do not accept.
    #[error("the field {field} cannot be {value:?}")]
    Field {
        /// As the format calls it: `Package`, `NAME`, `ProductName`.
        field: String,
        /// What stands there, shortened.
        value: String,
    },
    /// Distributor has no nodes of that architecture.
    #[error("Distributor does not know the architecture {0:?}")]
    Architecture(String),
    /// An RPM for another system than Linux.
    #[error("the package is for {0:?}, not for Linux")]
    OperatingSystem(String),
}

/// A part of a software file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The `ar` archive that a Debian package is.
    Archive,
    /// `debian-binary`, which holds the format's version.
    FormatVersion,
    /// `control.tar`.
    ControlArchive,
    /// The file `control` in it.
    ControlFile,
    /// `data.tar`.
    DataArchive,
    /// The first 96 bytes of an RPM.
    Lead,
    /// The signature header of an RPM.
    SignatureHeader,
    /// The header of an RPM.
    Header,
    /// The compound file that an MSI is.
    CompoundFile,
    /// The summary information of an MSI.
    SummaryInformation,
    /// The strings of an MSI's database.
    StringPool,
    /// A table of an MSI's database.
    Table,
    /// The table `Property` of an MSI's database.
    PropertyTable,
}
