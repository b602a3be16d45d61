//! The scripts of a package: which there are, what they are called, how they are generated and checked.

pub mod check;
mod generate;
mod implementations;

pub use generate::generate;
pub use implementations::{ImplementationFault, check_implementations};

use super::software::SoftwareKind;
use serde::{Deserialize, Serialize};

/// What the agent does with a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Puts it on the node.
    Install,
    /// Brings an installed one to this version, for installations of the type "In-place update".
    Update,
    /// Takes it off the node.
    Uninstall,
    /// Says whether what is installed is sound. The agent runs it after an installation, and before one of the same
    /// version; AWS does not document it.
    Validate,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 4] = [Self::Install, Self::Update, Self::Uninstall, Self::Validate];

    /// The agent's name for it: `BWS_ACTION_NAME`, and the script's name without its end.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Install => "install",
            Self::Update => "update",
            Self::Uninstall => "uninstall",
            Self::Validate => "validate",
        }
    }

    /// Whether the agent refuses a package without it.
    #[must_use]
    pub const fn is_required(self) -> bool {
        matches!(self, Self::Install | Self::Uninstall)
    }

    /// The name of its script in the zip, at the root.
    #[must_use]
    pub fn file_name(self, language: Language) -> String {
        format!("{}.{}", self.name(), language.extension())
    }
}

/// What the agent runs a script with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// `sh`, whatever the first line says.
    Sh,
    /// Windows PowerShell.
    PowerShell,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Sh, Self::PowerShell];

    /// The language of the scripts for such software.
    #[must_use]
    pub const fn of(kind: SoftwareKind) -> Self {
        if kind.is_windows() { Self::PowerShell } else { Self::Sh }
    }

    /// The end of a script's name, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Sh => "sh",
            Self::PowerShell => "ps1",
        }
    }

    /// The script as it is written into a zip. Forms send lines that end with CR LF, which sh takes for part of the
    /// command, as it does a byte order mark; Windows PowerShell takes a file without that mark for one in the node's
    /// legacy code page.
    #[must_use]
    pub fn file_content(self, text: &str) -> Vec<u8> {
        const MARK: char = '\u{feff}';
        let text = text.strip_prefix(MARK).unwrap_or(text).replace("\r\n", "\n");
        match self {
            Self::PowerShell if !text.is_ascii() => format!("{MARK}{text}").into_bytes(),
            _ => text.into_bytes(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_has_the_actions_name() {
        assert_eq!(Action::Install.file_name(Language::of(SoftwareKind::Deb)), "install.sh");
        assert_eq!(Action::Validate.file_name(Language::of(SoftwareKind::Msi)), "validate.ps1");
    }

    #[test]
    fn what_a_form_did_to_the_text_is_undone() {
        assert_eq!(Language::Sh.file_content("\u{feff}a\r\nb\r\n"), b"a\nb\n");
        assert_eq!(Language::PowerShell.file_content("a\r\n"), b"a\n");
        assert_eq!(Language::PowerShell.file_content("'日'"), "\u{feff}'日'".as_bytes());
    }
}
