//! Changes that a person makes to a draft.

use serde::{Deserialize, Serialize};

use super::{Base, DraftKind, EditedScripts};

/// A draft that is to be begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDraft {
    /// How the package is made.
    pub kind: DraftKind,
    /// The package that gets another version.
    pub base: Option<Base>,
}

/// One change: what one step of the wizard saves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum DraftChange {
    /// Names of package, version and publisher. The package's name stays where a version is added.
    Details {
        /// The package's.
        name: String,
        /// The version's; may be empty.
        version_name: String,
        /// The publisher's; may be empty.
        publisher: String,
    },
    /// Where the files go.
    Location {
        /// The bucket.
        bucket: String,
        /// The prefix; slashes at its ends do not count.
        prefix: String,
    },
    /// Which nodes a file is for.
    Targets {
        /// The file's id.
        file: String,
        /// Platform, platform version and architecture.
        targets: Vec<(String, String, String)>,
    },
    /// A file's scripts, all four.
    Scripts {
        /// The file's id.
        file: String,
        /// None for what is generated.
        scripts: EditedScripts,
    },
    /// The manifest; none for the generated one.
    Manifest {
        /// Its text.
        text: Option<String>,
    },
}
