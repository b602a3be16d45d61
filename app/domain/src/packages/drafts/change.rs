//! Changes that a person makes to a draft.

use serde::{Deserialize, Serialize};

use super::{Base, DraftFile, DraftKind, EditedScripts};
use crate::packages::platform::Target;

/// A draft that is to be begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDraft {
    /// How the package is made.
    pub kind: DraftKind,
    /// The package that gets another version.
    pub base: Option<Base>,
    /// Who publishes the software, as far as the last version says.
    pub publisher: String,
    /// The files of the last version, which are carried over until they are removed.
    pub files: Vec<DraftFile>,
}

impl NewDraft {
    /// Of a new package.
    #[must_use]
    pub const fn new(kind: DraftKind) -> Self {
        Self { kind, base: None, publisher: String::new(), files: Vec::new() }
    }
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
        /// Such nodes.
        targets: Vec<Target>,
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
