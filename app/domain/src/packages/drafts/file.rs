//! The files of a draft.

use serde::{Deserialize, Serialize};

use super::MAX_FILE_NAME;
use crate::packages::limits::MAX_FILE_BYTES;
use crate::packages::platform::Target;
use crate::packages::scripts::{Action, Language, generate};
use crate::packages::software::{Software, SoftwareFault};

/// A file that was announced, is arriving, or has arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftFile {
    /// A UUID.
    pub id: String,
    /// Its name.
    pub file_name: String,
    /// Its size in bytes, as announced.
    pub size: u64,
    /// Bytes that are on the server.
    pub received: u64,
    /// How it stands.
    pub state: FileState,
    /// What it says of itself, once it is known.
    pub software: Option<Software>,
    /// Nodes that it is for: by platform, platform version and architecture.
    pub targets: Vec<Target>,
    /// The scripts where they were edited.
    pub scripts: EditedScripts,
}

impl DraftFile {
    /// Whether it can be published.
    #[must_use]
    pub const fn is_ready(&self) -> bool {
        matches!(self.state, FileState::Ready { .. } | FileState::Carried { .. })
    }

    /// The scripts that are generated from what is known of the software.
    #[must_use]
    pub fn generated_scripts(&self) -> EditedScripts {
        self.software
            .as_ref()
            .map_or_else(EditedScripts::default, |software| generate(software, &self.file_name))
    }

    /// Whether it is taken over with its zip, and the scripts in that.
    #[must_use]
    pub const fn is_carried(&self) -> bool {
        matches!(self.state, FileState::Carried { .. })
    }

    /// The zip of the base version that it is, or was taken out of.
    #[must_use]
    pub const fn base_zip(&self) -> Option<&BaseZip> {
        match &self.state {
            FileState::Carried { zip } | FileState::Ready { base: Some(zip), .. } => Some(zip),
            _ => None,
        }
    }
}

/// How a file stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum FileState {
    /// It is arriving, or was and can go on where it stopped.
    Uploading,
    /// All of it is there, and it is being looked at.
    Checking,
    /// It is a package that can be published.
    Ready {
        /// SHA-256 of the file, in lower-case hexadecimal.
        sha256: String,
        /// The base version's zip that it was taken out of; while its scripts stay the same, so does the zip.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base: Option<BaseZip>,
    },
    /// It is none, or cannot be: its bytes are gone, and it is not published.
    Refused {
        /// Why.
        reason: FileRefused,
    },
    /// It is the base version's zip and stays in AWS: it is taken over as it is.
    Carried {
        /// The zip.
        zip: BaseZip,
    },
}

/// A zip of the version that a draft began with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseZip {
    /// Its name.
    pub name: String,
    /// Its SHA-256, in lower-case hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum FileRefused {
    /// Nothing was sent.
    Empty,
    /// More than Distributor takes.
    TooLarge {
        /// Most bytes.
        max: u64,
    },
    /// One file more than Distributor takes.
    TooMany {
        /// Most files.
        max: u32,
    },
    /// A character that S3, the agent or a script would stumble over, such as a space.
    FileName,
    /// The name is that of a script, which lies in the same zip.
    ScriptName,
    /// Another file of the draft has the name.
    NameTaken,
    /// The person's drafts would be larger than they may be.
    Quota {
        /// Bytes that are left.
        left: u64,
    },
    /// The server's disk is full.
    DiskFull,
    /// More came than was announced.
    Longer,
    /// It is no software that Distributor's nodes install, or is damaged.
    Software {
        /// What is wrong with it.
        fault: SoftwareFault,
    },
}

/// A file that is to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFile {
    /// Its name.
    pub file_name: String,
    /// Its size in bytes.
    pub size: u64,
}

impl NewFile {
    /// What speaks against it, by itself.
    #[must_use]
    pub fn refused(&self) -> Option<FileRefused> {
        if !is_file_name(&self.file_name) {
            Some(FileRefused::FileName)
        } else if is_scripts_name(&self.file_name) {
            Some(FileRefused::ScriptName)
        } else if self.size == 0 {
            Some(FileRefused::Empty)
        } else if self.size > MAX_FILE_BYTES {
            Some(FileRefused::TooLarge { max: MAX_FILE_BYTES })
        } else {
            None
        }
    }
}

/// Letters, digits and `. _ + ~ -`, which software files have, and none of which means something to S3, a shell or
/// Windows; not a dot or a hyphen first, which would hide the file or make it an option.
fn is_file_name(name: &str) -> bool {
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || b"._+~-".contains(&byte);
    !name.is_empty()
        && name.len() <= MAX_FILE_NAME as usize
        && !name.starts_with(['.', '-', '~'])
        && name.bytes().all(usual)
}

/// Whether a script has the name: in any capitals, which Windows does not tell from small letters.
fn is_scripts_name(name: &str) -> bool {
    let is = |action: Action, language: Language| action.file_name(language).eq_ignore_ascii_case(name);
    Action::ALL.into_iter().any(|action| Language::ALL.into_iter().any(|language| is(action, language)))
}

/// A file's scripts; none for one that is the generated one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditedScripts {
    /// Installs.
    pub install: Option<String>,
    /// Updates in place. Never generated.
    pub update: Option<String>,
    /// Uninstalls.
    pub uninstall: Option<String>,
    /// Says whether what is installed is sound. The agent runs it; AWS does not document it.
    pub validate: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(name: &str, size: u64) -> Option<FileRefused> {
        NewFile { file_name: name.to_owned(), size }.refused()
    }

    #[test]
    fn software_files_names_are_taken() {
        for name in ["aws-kinesis-agent-latest.amzn2.noarch.rpm", "libstdc++6_12~rc1-3_amd64.deb", "Tool.MSI"]
        {
            assert_eq!(refused(name, 1), None, "{name}");
        }
    }

    #[test]
    fn names_that_would_hurt_are_refused() {
        let long = "a".repeat(201);
        for name in [
            "",
            "my tool.deb",
            "-rf.deb",
            ".deb",
            "~a.deb",
            "a/b.deb",
            "..",
            "a\\b.msi",
            "a$b.rpm",
            "ツール.deb",
            &long,
        ] {
            assert_eq!(refused(name, 1), Some(FileRefused::FileName), "{name}");
        }
    }

    #[test]
    fn a_file_is_not_called_like_a_script() {
        for name in ["install.sh", "Uninstall.PS1", "validate.sh", "update.ps1"] {
            assert_eq!(refused(name, 1), Some(FileRefused::ScriptName), "{name}");
        }
        assert_eq!(refused("install.deb", 1), None);
    }

    #[test]
    fn a_file_has_a_size_that_distributor_takes() {
        assert_eq!(refused("a.deb", 0), Some(FileRefused::Empty));
        assert_eq!(refused("a.deb", MAX_FILE_BYTES), None);
        assert_eq!(refused("a.deb", MAX_FILE_BYTES + 1), Some(FileRefused::TooLarge { max: MAX_FILE_BYTES }));
    }
}
