//! What can be changed of a package that there is, as forms say it.

mod sharing;
mod tags;

use serde::{Deserialize, Serialize};

pub use sharing::{SharingChanges, SharingForm};
pub use tags::{TagChanges, is_reserved_by_aws};

use crate::tags::{Tag, TagFields};

/// Which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangeKind {
    /// Its tags.
    Tags,
    /// Whom it is shared with.
    Share,
    /// The version that is installed where nobody asks for another.
    DefaultVersion,
    /// One version less.
    DeleteVersion,
    /// No such package any more.
    Delete,
}

impl ChangeKind {
    /// A word for logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tags => "tags",
            Self::Share => "share",
            Self::DefaultVersion => "default-version",
            Self::DeleteVersion => "delete-version",
            Self::Delete => "delete",
        }
    }
}

/// A change as a form says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PackageChange {
    /// These tags and no others; empty rows do not count.
    Tags {
        /// Key and value of each row.
        rows: Vec<Tag>,
    },
    /// Shared with these accounts.
    Share(SharingForm),
    /// This version is the default.
    DefaultVersion {
        /// Its number.
        version: u64,
    },
    /// Without this version.
    DeleteVersion {
        /// Its number.
        version: u64,
    },
    /// Deleted, with all versions.
    Delete {
        /// The package's name, typed once more.
        confirmation: String,
    },
}

impl PackageChange {
    /// Which form it comes from.
    #[must_use]
    pub const fn kind(&self) -> ChangeKind {
        match self {
            Self::Tags { .. } => ChangeKind::Tags,
            Self::Share(_) => ChangeKind::Share,
            Self::DefaultVersion { .. } => ChangeKind::DefaultVersion,
            Self::DeleteVersion { .. } => ChangeKind::DeleteVersion,
            Self::Delete { .. } => ChangeKind::Delete,
        }
    }

    /// A form's fields; `version` is the one that its address names, where it names one.
    #[must_use]
    pub fn from_fields(kind: ChangeKind, version: u64, fields: Vec<(String, String)>) -> Self {
        match kind {
            ChangeKind::Tags => {
                let mut rows = TagFields::default();
                fields.into_iter().for_each(|(name, value)| rows.take(&name, value));
                Self::Tags { rows: rows.into_rows() }
            }
            ChangeKind::Share => Self::Share(SharingForm::from_fields(fields)),
            ChangeKind::DefaultVersion => Self::DefaultVersion { version },
            ChangeKind::DeleteVersion => Self::DeleteVersion { version },
            ChangeKind::Delete => {
                let typed = fields.into_iter().find(|(name, _)| name == "confirmation");
                Self::Delete { confirmation: typed.map(|(_, value)| value).unwrap_or_default() }
            }
        }
    }
}
