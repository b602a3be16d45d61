//! Publications: what becomes of a draft when it is published, step by step, and what was published in the end.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::errors::ApiError;

/// A publication whose instance has given no sign of life for this long is taken up by another.
pub const INTERRUPTED_AFTER: Duration = Duration::seconds(15);

/// A draft's way into Distributor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// A UUID: the token of the form that began it.
    pub id: String,
    /// The draft, which is gone when this is published.
    pub draft: String,
    /// Who publishes.
    pub username: String,
    /// The name of the token by which they do, where it is a pipeline.
    pub token: Option<String>,
    /// What is published.
    pub plan: Plan,
    /// How far it has come.
    pub stage: Stage,
    /// Bytes that are in S3, by file, in the plan's order.
    pub sent: Vec<u64>,
    /// When it began.
    pub begun: OffsetDateTime,
    /// The last sign of life.
    pub alive: OffsetDateTime,
    /// When it ended.
    pub ended: Option<OffsetDateTime>,
}

impl Publication {
    /// Bytes that are in S3, and all of them.
    #[must_use]
    pub fn progress(&self) -> (u64, u64) {
        (self.sent.iter().sum(), self.plan.files.iter().map(PlannedFile::to_send).sum())
    }

    /// Whether nobody seems to work on it: the next instance that starts, or another that runs, takes it up.
    #[must_use]
    pub fn is_interrupted(&self, now: OffsetDateTime) -> bool {
        self.ended.is_none() && now - self.alive > INTERRUPTED_AFTER
    }
}

/// What is published, settled when the publication begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The package's name.
    pub name: String,
    /// `VersionName` of the document; none for AWS's "-".
    pub version_name: Option<String>,
    /// Whether the package exists and gets another version.
    pub new_version: bool,
    /// The bucket.
    pub bucket: String,
    /// The prefix, without slashes at its ends.
    pub prefix: String,
    /// The manifest, to the byte.
    pub manifest: String,
    /// The zips.
    pub files: Vec<PlannedFile>,
}

impl Plan {
    /// Whether its zips lie where SSM fetches them from already.
    #[must_use]
    pub fn is_in_place(&self) -> bool {
        self.files.iter().any(|file| matches!(file.origin, Origin::InPlace { .. }))
    }

    /// The key of an object under the prefix.
    #[must_use]
    pub fn key(&self, name: &str) -> String {
        if self.prefix.is_empty() { name.to_owned() } else { format!("{}/{name}", self.prefix) }
    }
}

/// A zip that is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedFile {
    /// The zip's name.
    pub zip_name: String,
    /// Its SHA-256, in lower-case hexadecimal.
    pub zip_sha256: String,
    /// Its size in bytes.
    pub zip_size: u64,
    /// What it is made of.
    pub origin: Origin,
}

impl PlannedFile {
    /// Bytes that go to S3 for it.
    #[must_use]
    pub const fn to_send(&self) -> u64 {
        match self.origin {
            Origin::Uploaded { .. } => self.zip_size,
            Origin::Carried { .. } | Origin::InPlace { .. } => 0,
        }
    }
}

/// Where a zip comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "origin", rename_all = "snake_case")]
pub enum Origin {
    /// It is made from a file of the draft.
    Uploaded {
        /// The draft's file.
        file: String,
        /// Its name.
        file_name: String,
        /// Its SHA-256, in lower-case hexadecimal.
        sha256: String,
    },
    /// It is that of an earlier version of the package.
    Carried {
        /// That version's number.
        document_version: String,
    },
    /// It lies where SSM fetches it from already.
    InPlace {
        /// Its entity tag when it was looked at.
        etag: String,
    },
}

/// How far a publication has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// Zips, then the manifest, go to S3.
    Uploading,
    /// SSM is being told, and answers.
    Registering,
    /// SSM fetches and checks the files.
    Creating {
        /// The document's version that is being made.
        document_version: String,
    },
    /// What was written is being removed.
    Undoing {
        /// Why.
        failure: Failure,
        /// The document's version among it.
        document_version: Option<String>,
    },
    /// The version is active.
    Published {
        /// Its number.
        document_version: String,
    },
    /// It came to nothing; the draft is as it was, and nothing of it is in AWS.
    Failed {
        /// Why.
        failure: Failure,
        /// What could not be removed.
        left: Vec<String>,
    },
}

/// Why a publication came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "failure", rename_all = "snake_case")]
pub enum Failure {
    /// Somebody wanted it to end.
    Cancelled,
    /// The instance that did it has ended in the middle.
    Interrupted,
    /// AWS refused, or could not be reached.
    Aws {
        /// As it was told.
        error: ApiError,
    },
    /// SSM has looked at the package and does not take it.
    Rejected {
        /// SSM's `StatusInformation`.
        information: String,
    },
    /// SSM has not come to an end in time.
    TimedOut,
    /// There is a package of this name.
    NameTaken,
    /// There is an object already where this one was to go; it is untouched.
    ObjectExists {
        /// Its key.
        key: String,
    },
    /// An object is another than the one that was checked.
    ObjectChanged {
        /// Its key.
        key: String,
    },
    /// What was made differs from what was shown.
    HashDiffers {
        /// The zip's name.
        zip_name: String,
    },
    /// A file of the draft could not be read.
    Unreadable {
        /// Its name.
        file_name: String,
    },
}

/// What was published, kept for as long as the package is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationSummary {
    /// The publication's id.
    pub id: String,
    /// Who published, or tried to.
    pub username: String,
    /// The name of the token by which they did.
    pub token: Option<String>,
    /// The package.
    pub name: String,
    /// `VersionName` of the document.
    pub version_name: Option<String>,
    /// How it stands.
    pub stage: Stage,
    /// When it began.
    pub begun: OffsetDateTime,
    /// When it ended.
    pub ended: Option<OffsetDateTime>,
}
