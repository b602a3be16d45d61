//! What is wrong with a manifest, and where.

use serde::{Deserialize, Serialize};

use super::json::JsonFault;
use crate::errors::Rule;
use crate::packages::platform::VersionKeyFault;

/// A place in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
}

/// Whether a version can be made of it nevertheless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// No: Distributor would refuse it, or no node could install it as it stands.
    Error,
    /// Yes, but it is probably not what was meant.
    Warning,
}

/// A problem and its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Where it begins.
    pub from: Position,
    /// Just after its end; where it begins, when it has no length.
    pub to: Position,
    /// What it is.
    pub problem: Problem,
}

impl Finding {
    /// Whether it stands in the way of publishing.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.problem.severity()
    }
}

/// A kind of JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JsonType {
    /// `{…}`.
    Object,
    /// `"…"`.
    Text,
    /// A number of bytes.
    WholeNumber,
}

/// What is wrong with a manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// More than 64 KB.
    TooLarge {
        /// Its bytes.
        bytes: usize,
    },
    /// Not JSON.
    Json {
        /// How not.
        fault: JsonFault,
    },
    /// A member is of another type.
    WrongType {
        /// Its name; empty for the whole text.
        member: String,
        /// What it must be.
        expected: JsonType,
    },
    /// A member is missing from the object here.
    Missing {
        /// Its name.
        member: String,
    },
    /// A member stands twice in its object.
    Duplicate {
        /// Its name.
        member: String,
    },
    /// Not schema version 2.0.
    SchemaVersion {
        /// What it is.
        found: String,
    },
    /// The version breaks a rule.
    Version {
        /// Which.
        rule: Rule,
    },
    /// The version is not the version name that was given.
    VersionNameDiffers {
        /// The version name.
        version_name: String,
    },
    /// No file is for any platform.
    NoTargets,
    /// No agent reports this platform.
    UnknownPlatform {
        /// The key.
        platform: String,
        /// What it probably should be.
        meant: Option<String>,
    },
    /// No agent reports this architecture.
    UnknownArchitecture {
        /// The key.
        architecture: String,
        /// What it probably should be.
        meant: Option<String>,
    },
    /// A platform version that fits no node.
    VersionKey {
        /// The key.
        key: String,
        /// Why not.
        fault: VersionKeyFault,
    },
    /// A file's name has other than 3–128 letters, digits, `_`, `-`, `.` (SSM API: `AttachmentName`).
    FileName {
        /// The name.
        file: String,
    },
    /// A file is for some platform, but not in `files`: no node could download it.
    FileNotListed {
        /// Its name.
        file: String,
    },
    /// More than 20 files.
    TooManyFiles {
        /// How many.
        count: usize,
    },
    /// A file's SHA-256 does not have 64 hexadecimal digits.
    Checksum {
        /// The file.
        file: String,
    },
    /// The manifest lists a file that is not there.
    FileAbsent {
        /// Its name.
        file: String,
    },
    /// The file that is there has another SHA-256.
    HashDiffers {
        /// Its name.
        file: String,
        /// The file's.
        actual: String,
    },
    /// The file that is there has another size.
    SizeDiffers {
        /// Its name.
        file: String,
        /// The file's, in bytes.
        actual: u64,
    },
    /// A member that neither Distributor nor the agent reads.
    UnknownMember {
        /// Its name.
        member: String,
    },
    /// A file that is for no platform.
    FileUnused {
        /// Its name.
        file: String,
    },
    /// A file that is there and that the manifest does not list.
    FileUnnamed {
        /// Its name.
        file: String,
    },
    /// A file whose name does not end in `.zip`.
    NotZip {
        /// Its name.
        file: String,
    },
    /// An agent reports this platform, but Distributor's list does not have it.
    UndocumentedPlatform {
        /// The key.
        platform: String,
    },
    /// Distributor's list does not have this architecture on this platform.
    UndocumentedArchitecture {
        /// The platform's key.
        platform: String,
        /// The architecture's key.
        architecture: String,
    },
    /// No node of the platform has such a version.
    VersionNeverOccurs {
        /// The platform's key.
        platform: String,
        /// The version's key.
        version: String,
    },
    /// Nodes whose version fits this key get no file for an architecture that a more general key has: the agent does
    /// not go back.
    Shadowed {
        /// The more general key.
        general: String,
        /// The architecture.
        architecture: String,
    },
}

impl Problem {
    /// Whether it stands in the way of publishing.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::UnknownMember { .. }
            | Self::FileUnused { .. }
            | Self::FileUnnamed { .. }
            | Self::NotZip { .. }
            | Self::UndocumentedPlatform { .. }
            | Self::UndocumentedArchitecture { .. }
            | Self::VersionNeverOccurs { .. }
            | Self::Shadowed { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
