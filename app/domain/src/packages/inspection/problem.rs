//! What is wrong with a zip that lies in S3.

use serde::{Deserialize, Serialize};

use super::PathFault;
use crate::packages::manifest::Severity;
use crate::packages::scripts::check::Finding;
use crate::packages::scripts::{Action, ImplementationFault};

/// What is wrong with a zip, by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum ZipProblem {
    /// More than Distributor takes; it was not read.
    TooLarge,
    /// It has no zip's end: it is something else, or was cut.
    NotZip,
    /// Its directory cannot be read.
    Damaged,
    /// It was written anew while it was being read.
    ChangedMeanwhile,
    /// It has more files than Distributor takes, or a directory that no real package has.
    TooManyFiles,
    /// What the agent would not run.
    Implementation {
        /// Why.
        fault: ImplementationFault,
    },
    /// A path that is none to unpack.
    Path {
        /// As it stands there, shortened.
        path: String,
        /// Why.
        fault: PathFault,
    },
    /// Two files of the same path.
    Duplicate {
        /// The path.
        path: String,
    },
    /// Two paths that Windows does not tell apart.
    SameOnWindows {
        /// The second of them.
        path: String,
    },
    /// A symbolic link.
    Symlink {
        /// Its path.
        path: String,
    },
    /// A file that is encrypted.
    Encrypted {
        /// Its path.
        path: String,
    },
    /// A file that is packed otherwise than the agent unpacks: it knows "stored" and "deflated".
    Method {
        /// Its path.
        path: String,
        /// The method's number (`APPNOTE` 4.4.5).
        method: u16,
    },
    /// A file whose bytes lie outside of the zip, or are another's as well.
    Overlap {
        /// Its path.
        path: String,
    },
    /// It unpacks to more than a whole package may have.
    Unpacked {
        /// Bytes.
        bytes: u64,
    },
    /// A script whose bytes are not those that the zip says.
    ScriptDamaged {
        /// Its path.
        path: String,
    },
    /// A script that was not looked at: it is large, or not text.
    ScriptNotRead {
        /// Its path.
        path: String,
    },
    /// So many more problems, none of which is an error unless all of those before are.
    More {
        /// How many.
        count: u32,
    },
    /// Something suspicious in a script.
    Script {
        /// Its path.
        path: String,
        /// What.
        finding: Finding,
    },
}

impl ZipProblem {
    /// Whether nothing can be published with it.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::SameOnWindows { .. }
            | Self::Symlink { .. }
            | Self::Unpacked { .. }
            | Self::ScriptNotRead { .. }
            | Self::More { .. }
            | Self::Script { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// What is wrong with a file that the manifest names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "file_problem", rename_all = "snake_case")]
pub enum FileProblem {
    /// There is no such object.
    Absent,
    /// It was not looked at yet.
    NotChecked,
    /// It is not what it was when it was looked at.
    Changed,
    /// The manifest has another SHA-256.
    HashDiffers {
        /// The manifest's; empty where it has none.
        expected: String,
        /// The file's.
        actual: String,
    },
    /// The manifest has another size.
    SizeDiffers {
        /// The manifest's, in bytes.
        expected: u64,
        /// The file's.
        actual: u64,
    },
    /// It is for nodes that do not run its script.
    WrongLanguage {
        /// The action.
        action: Action,
        /// The platform.
        platform: String,
    },
    /// Something in the zip.
    Zip {
        /// What.
        problem: ZipProblem,
    },
}

impl FileProblem {
    /// Whether nothing can be published with it.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::Zip { problem } => problem.severity(),
            // PowerShell can be installed on Linux.
            Self::WrongLanguage { platform, .. } if platform != WINDOWS => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// The platform whose nodes run no `sh`.
pub(super) const WINDOWS: &str = "windows";
