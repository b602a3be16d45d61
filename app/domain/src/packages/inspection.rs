//! Zips that lie in S3 already: what was found in each, and what that means for the manifest that names them.

mod judge;
mod path;
mod problem;
#[cfg(feature = "readers")]
mod read;
mod start;

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::scripts::{Action, Language};
use crate::errors::ApiError;

pub use judge::{FileReport, Report, judge, present};
pub use path::{PathFault, path_fault};
pub use problem::{FileProblem, ZipProblem};
#[cfg(feature = "readers")]
pub use read::look;
pub use start::start_manifest;

/// A check whose instance has given no sign of life for this long does not go on.
pub const INTERRUPTED_AFTER: Duration = Duration::seconds(15);
/// Most paths of a zip that are kept to be shown.
pub const LISTED_PATHS: usize = 100;
/// Most problems of a zip that are kept to be shown.
pub const LISTED_PROBLEMS: usize = 50;
/// Most objects of a folder that are listed; S3 gives 1,000 at once.
pub const LISTED_OBJECTS: usize = 5000;

/// An object under the prefix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundFile {
    /// Its name: the key without the prefix.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its entity tag, which is another when its content is.
    pub etag: String,
}

/// What lies in a folder of a bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The objects, by name, but for its `manifest.json`; those in folders of the folder are not among them.
    pub files: Vec<FoundFile>,
    /// Whether there is more than is listed.
    pub more: bool,
    /// Its `manifest.json`.
    pub manifest: Option<FoundManifest>,
}

impl Place {
    /// The objects that are zips by their names.
    pub fn zips(&self) -> impl Iterator<Item = &FoundFile> {
        self.files.iter().filter(|file| file.name.to_ascii_lowercase().ends_with(".zip"))
    }
}

/// A `manifest.json` that lies in S3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum FoundManifest {
    /// Its text.
    Text {
        /// To the byte.
        text: String,
    },
    /// It is larger than a manifest may be.
    TooLarge {
        /// Its bytes.
        bytes: u64,
    },
    /// It is not UTF-8.
    NotText,
}

/// What a check has found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// The bucket.
    pub bucket: String,
    /// The prefix, without slashes at its ends.
    pub prefix: String,
    /// The zips that were looked at.
    pub zips: Vec<InspectedZip>,
}

impl Inspection {
    /// The zip of this name, if it was looked at.
    #[must_use]
    pub fn zip(&self, name: &str) -> Option<&InspectedZip> {
        self.zips.iter().find(|zip| zip.file.name == name)
    }
}

/// A zip that was looked at in place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectedZip {
    /// The object.
    pub file: FoundFile,
    /// SHA-256 of its bytes, in lower-case hexadecimal; none of an object that is too large to be a zip of a package.
    pub sha256: Option<String>,
    /// What is in it, and what is wrong with that.
    pub contents: ZipContents,
}

/// What is in a zip.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZipContents {
    /// How many files it has, folders not counted.
    pub files: u32,
    /// Their bytes when they are unpacked, as far as the zip tells.
    pub unpacked: u64,
    /// The first [`LISTED_PATHS`] of them, with their sizes when unpacked.
    pub listed: Vec<(String, u64)>,
    /// The scripts at the root.
    pub scripts: Vec<(Action, Language)>,
    /// What is wrong: the first [`LISTED_PROBLEMS`], errors before warnings, and how many more there are.
    pub problems: Vec<ZipProblem>,
}

impl ZipContents {
    /// Of a zip of which nothing but this can be said.
    #[must_use]
    pub fn unreadable(problem: ZipProblem) -> Self {
        Self { problems: vec![problem], ..Self::default() }
    }
}

/// A check of a draft's zips.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// A UUID.
    pub id: String,
    /// The draft.
    pub draft: String,
    /// How far it has come.
    pub state: CheckState,
    /// When it began.
    pub begun: OffsetDateTime,
    /// The last sign of life.
    pub alive: OffsetDateTime,
    /// When it ended.
    pub ended: Option<OffsetDateTime>,
    /// What was found: by this check, or by the last that came to an end.
    pub inspection: Option<Inspection>,
}

impl Check {
    /// Whether it goes on.
    #[must_use]
    pub fn is_under_way(&self, now: OffsetDateTime) -> bool {
        self.ended.is_none() && now - self.alive <= INTERRUPTED_AFTER
    }
}

/// How far a check has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum CheckState {
    /// Zips are being read.
    Reading(CheckProgress),
    /// All were looked at.
    Done,
    /// Somebody wanted it to end.
    Cancelled,
    /// S3 refused, or could not be reached.
    Failed {
        /// As it was told.
        error: ApiError,
    },
}

/// How much of the zips has been read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckProgress {
    /// The zip that is being read.
    pub file: Option<String>,
    /// Bytes that were read.
    pub read: u64,
    /// Bytes in all.
    pub all: u64,
}
