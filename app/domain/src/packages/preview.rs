//! What a draft comes to: the zips, scripts and manifest as they would be published, and what still stands in the way.

mod assemble;
mod in_place;

use serde::{Deserialize, Serialize};

pub use assemble::assemble;
pub use in_place::{assemble_in_place, report_problems};

use super::drafts::EditedScripts;
use super::manifest::Finding;
use super::manifest::build::Conflict;
use super::scripts::check::Finding as ScriptFinding;
use super::scripts::{Action, Language};
use crate::errors::FieldError;

/// A draft as it would be published now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The draft's revision.
    pub revision: i64,
    /// Stands for everything here: a publication is begun for just what was shown.
    pub fingerprint: String,
    /// The zips, of files that are ready, in the draft's order.
    pub zips: Vec<ZipPreview>,
    /// The scripts of the same files.
    pub scripts: Vec<ScriptsPreview>,
    /// The manifest that comes of what was given.
    pub generated_manifest: String,
    /// The manifest that would be published: edited or generated.
    pub manifest: String,
    /// What is to be said of that manifest, by itself and beside the zips.
    pub findings: Vec<Finding>,
    /// What stands in the way; nothing is published until there is nothing here.
    pub problems: Vec<Problem>,
}

/// A zip, known to the byte although nobody has written it yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZipPreview {
    /// The draft's file; the zip itself where that lies in S3 already.
    pub file: String,
    /// The zip's name.
    pub name: String,
    /// Its SHA-256, in lower-case hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// Names and sizes in bytes of what is in it; none where it is carried over from the version before.
    pub entries: Vec<(String, u64)>,
}

/// A file's scripts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptsPreview {
    /// The draft's file.
    pub file: String,
    /// What they are written in.
    pub language: Language,
    /// Those that are generated from what is known of the software.
    pub generated: EditedScripts,
    /// Those that are published.
    pub used: EditedScripts,
    /// What is suspicious in those, by action; nothing here forbids publication.
    pub findings: Vec<(Action, Vec<ScriptFinding>)>,
}

/// What stands in the way of publishing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// A field of details or location; its name is the form's.
    Field {
        /// Which, and what it must be.
        field: FieldError,
    },
    /// There is no software.
    NoFiles,
    /// A file has not arrived.
    NotReady {
        /// Its name.
        file_name: String,
    },
    /// Files are for no nodes, or for the same.
    Target {
        /// Which, by their zips' names.
        conflict: Conflict,
    },
    /// A file lacks a script that the agent needs.
    NoScript {
        /// Its name.
        file_name: String,
        /// Which.
        action: Action,
    },
    /// The zip is larger than Distributor takes.
    ZipTooLarge {
        /// Its name.
        zip_name: String,
    },
    /// The manifest has errors: see [`Preview::findings`].
    Manifest,
    /// There is no manifest.
    NoManifest,
    /// Zips that lie in S3 were not looked at.
    NotChecked,
    /// Zips that lie in S3 have errors.
    CheckErrors,
}
