//! What is suspicious in a script, before the agent runs it on every node.

mod bashism;
mod position;

#[cfg(feature = "readers")]
mod bash;
#[cfg(feature = "readers")]
mod cursor;
#[cfg(feature = "readers")]
mod grammar;
#[cfg(feature = "readers")]
mod paths;
#[cfg(feature = "readers")]
mod powershell;
#[cfg(feature = "readers")]
mod shell;
#[cfg(feature = "readers")]
mod whole;

pub use bashism::Bashism;
pub use position::Position;
#[cfg(feature = "readers")]
pub use whole::check;

use serde::{Deserialize, Serialize};

/// Something suspicious in a script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Where it begins.
    pub start: Position,
    /// Behind its last character.
    pub end: Position,
    /// How bad it is.
    pub level: Level,
    /// What it is.
    pub problem: ScriptProblem,
}

/// How bad a finding is, in the words of `ShellCheck`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The script does not run.
    Error,
    /// The script fails on some nodes, or does something else than it seems to.
    Warning,
    /// Worth a look.
    Info,
    /// A matter of taste.
    Style,
}

/// What is suspicious.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum ScriptProblem {
    /// Something that bash knows and POSIX does not: Debian's and Ubuntu's sh is not bash.
    Bashism {
        /// What.
        what: Bashism,
        /// As it stands there, shortened.
        text: String,
    },
    /// The first line names another interpreter than sh; the agent runs the script with sh all the same.
    Interpreter {
        /// Which.
        name: String,
    },
    /// `sudo` and the like: the agent is root already, and a minimal system has none.
    Sudo {
        /// The command.
        command: String,
    },
    /// A file that is not in the zip.
    NotInZip {
        /// As the script writes it.
        path: String,
    },
    /// Nothing sets the exit code, so the last command's is taken for success or failure of the whole.
    NoExit,
    /// There is no command in it.
    DoesNothing,
    /// Lines end with CR LF, and sh takes the CR for part of the last word.
    CarriageReturns,
    /// It begins with a byte order mark, which sh takes for part of the first word.
    ByteOrderMark,
    /// Something is begun and not ended.
    Unclosed {
        /// What begins it: `"`, `if`, `{`.
        opening: String,
    },
    /// Something stands where it cannot.
    Unexpected {
        /// As it stands there; empty at the end of the script.
        text: String,
    },
    /// It is nested too deeply to be checked.
    TooDeep,
    /// What `ShellCheck` says.
    ShellCheck {
        /// The number behind `SC`.
        code: u32,
        /// Its words, in English.
        message: String,
    },
}

#[cfg(feature = "readers")]
#[cfg(test)]
mod tests;
