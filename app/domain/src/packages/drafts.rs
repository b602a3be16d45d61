//! Packages that are being made: what their publishers have given so far, kept on the server until they are published.

mod apply;
mod change;
mod file;
mod step;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::limits::MAX_MANIFEST_BYTES;
use super::location::zip_names;

pub use change::{DraftChange, NewDraft};
pub use file::{BaseZip, DraftFile, EditedScripts, FileRefused, FileState, NewFile};
pub use step::{Step, changes_from_fields};

/// Longest file name, in bytes: file systems have room for 255.
pub const MAX_FILE_NAME: u32 = 200;
/// Longest name of a publisher, in bytes.
pub const MAX_PUBLISHER: u32 = 256;
/// Longest script, in bytes. Nothing of AWS's says so; scripts are shown and sent whole.
pub const MAX_SCRIPT: u32 = 32 * 1024;
/// Longest manifest, in bytes.
pub const MAX_MANIFEST: u32 = MAX_MANIFEST_BYTES as u32;
/// A draft that nobody touches is removed after this time.
pub const KEPT_FOR: time::Duration = time::Duration::days(14);

/// How a package is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DraftKind {
    /// From software files: Sekisho makes zips, scripts and manifest.
    Simple,
    /// From zips that are in S3 already.
    Advanced,
}

impl DraftKind {
    /// Stable name, for forms and addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Advanced => "advanced",
        }
    }

    /// The kind with that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Simple, Self::Advanced].into_iter().find(|kind| kind.name() == name)
    }
}

/// A package that is being made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// A UUID.
    pub id: String,
    /// Who makes it.
    pub username: String,
    /// Grows with each change that a person makes to what is in [`Contents`] or to a file's targets and scripts.
    pub revision: i64,
    /// Grows with each file that is announced, has arrived, or goes.
    pub files_revision: i64,
    /// What was given.
    pub contents: Contents,
    /// The software, in the order in which it came.
    pub files: Vec<DraftFile>,
    /// When it was begun.
    pub created: OffsetDateTime,
    /// When something last changed.
    pub updated: OffsetDateTime,
    /// The publication that is under way; until it has ended nothing can be changed.
    pub publication: Option<String>,
}

impl Draft {
    /// The file with this id.
    #[must_use]
    pub fn file(&self, id: &str) -> Option<&DraftFile> {
        self.files.iter().find(|file| file.id == id)
    }

    /// The files that are published, all but those refused, with the names of their zips.
    #[must_use]
    pub fn accepted(&self) -> Vec<(&DraftFile, String)> {
        let accepted = self.files.iter().filter(|file| !matches!(file.state, FileState::Refused { .. }));
        let names = zip_names(accepted.clone().map(|file| file.file_name.as_str()));
        accepted
            .zip(names)
            .map(|(file, name)| (file, file.base_zip().map_or(name, |zip| zip.name.clone())))
            .collect()
    }
}

/// What a person has given, besides the files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// How the package is made.
    pub kind: DraftKind,
    /// The package that gets another version; none for a new package.
    pub base: Option<Base>,
    /// Name of the package; may be empty for as long as it is a draft, as the following may.
    pub name: String,
    /// Name of the version; empty lets Sekisho make one up for the manifest, as AWS's console does.
    pub version_name: String,
    /// Who publishes the software; may stay empty.
    pub publisher: String,
    /// The bucket that the files go to.
    pub bucket: String,
    /// Where in it, without slashes at its ends; empty for the bucket itself.
    pub prefix: String,
    /// The manifest where it was edited; none for as long as it is the generated one.
    pub manifest: Option<String>,
}

/// The package that gets another version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    /// Its name.
    pub name: String,
    /// The version that the draft began with.
    pub document_version: String,
}

/// A line of the list of drafts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftSummary {
    /// A UUID.
    pub id: String,
    /// Who makes it.
    pub username: String,
    /// How it is made.
    pub kind: DraftKind,
    /// The package's name, as far as given.
    pub name: String,
    /// The version's name, as far as given.
    pub version_name: String,
    /// How many files it has.
    pub files: u32,
    /// Their bytes on the server.
    pub bytes: u64,
    /// When something last changed.
    pub updated: OffsetDateTime,
    /// The publication that is under way.
    pub publication: Option<String>,
}

/// Room for files, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// What this person's drafts take, those of files still to come included.
    pub used: u64,
    /// What they may take.
    pub quota: u64,
    /// What is left for everybody.
    pub left_for_all: u64,
}

impl Room {
    /// How much more this person can send.
    #[must_use]
    pub const fn left(&self) -> u64 {
        let own = self.quota.saturating_sub(self.used);
        if own < self.left_for_all { own } else { self.left_for_all }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_kind() {
        for kind in [DraftKind::Simple, DraftKind::Advanced] {
            assert_eq!(DraftKind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(DraftKind::from_name("expert"), None);
    }

    #[test]
    fn room_ends_at_the_nearer_limit() {
        assert_eq!(Room { used: 3, quota: 5, left_for_all: 9 }.left(), 2);
        assert_eq!(Room { used: 3, quota: 5, left_for_all: 1 }.left(), 1);
        assert_eq!(Room { used: 7, quota: 5, left_for_all: 1 }.left(), 0);
    }
}
