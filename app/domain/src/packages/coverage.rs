//! Which file each node would get of a version, or the error that its agent would give.

pub mod choice;
pub mod machine;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

pub use choice::{Choice, choose};
pub use machine::{Detected, Machine};

use super::manifest::Manifest;

/// Why an agent installs nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum AgentError {
    /// The manifest has nothing for such nodes.
    NoManifest {
        /// The agent's name of the platform.
        platform: String,
        /// The platform's version.
        version: String,
        /// `None` where it is not known, and the same for each that is possible.
        architecture: Option<String>,
    },
    /// The manifest does not list the file that it names.
    NoFile {
        /// Its name.
        file: String,
    },
    /// The agent does not know the platform.
    UnknownPlatform {
        /// `ID` of `/etc/os-release`.
        id: String,
    },
    /// The agent installs no packages on the platform.
    NotSupported {
        /// The agent's name of the platform.
        platform: String,
    },
}

impl AgentError {
    /// The agent's own words, which stand in the command's output. An architecture that is not known is
    /// `(unknown)`.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::NoManifest { platform, version, architecture } => format!(
                "failed to find platform: no manifest found for platform: {platform}, version {version}, \
                 architecture {}",
                architecture.as_deref().unwrap_or("(unknown)")
            ),
            Self::NoFile { file } => format!("failed to find file for &{{FileName:{file}}}"),
            Self::UnknownPlatform { id } => {
                format!("failed to find platform: failed to collect data: unknown platform: {id}")
            }
            Self::NotSupported { platform } => format!(
                "failed to find platform: failed to collect data: configure package is not supported on {platform}"
            ),
        }
    }
}

/// What comes of a version on a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// It gets a file.
    Covered {
        /// Which.
        choice: Choice,
    },
    /// Its agent gives an error.
    NotCovered {
        /// Which.
        error: AgentError,
    },
    /// It depends on the architecture, which is not known.
    Depends {
        /// The architectures that are possible, each with what comes of it.
        architectures: Vec<(String, Result<Choice, AgentError>)>,
    },
    /// What the agent calls the platform is not known.
    Unknown,
}

/// How many nodes there are of each answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Nodes that get a file.
    pub covered: usize,
    /// Nodes that give an error.
    pub not_covered: usize,
    /// Nodes for which it depends on the architecture.
    pub depends: usize,
    /// Nodes whose platform is not known.
    pub unknown: usize,
}

/// The answer for one machine.
#[must_use]
pub fn answer(manifest: &Manifest, machine: &Machine<'_>) -> Answer {
    let platform = match machine.detected() {
        None => return Answer::Unknown,
        Some(Detected::Platform(platform)) => platform,
        Some(Detected::NotSupported(platform)) => {
            let error = AgentError::NotSupported { platform: platform.to_owned() };
            return Answer::NotCovered { error };
        }
        Some(Detected::UnknownId(id)) => {
            return Answer::NotCovered { error: AgentError::UnknownPlatform { id: id.to_owned() } };
        }
    };
    let mut choices: Vec<_> = machine
        .architectures(platform)
        .into_iter()
        .map(|architecture| {
            (architecture.to_owned(), choose(manifest, platform, machine.version(), architecture))
        })
        .collect();
    match one_for_all(&choices) {
        Some(Ok(choice)) => Answer::Covered { choice },
        Some(Err(error)) => Answer::NotCovered { error },
        None => {
            choices.sort_by_key(|(_, choice)| choice.is_err());
            Answer::Depends { architectures: choices }
        }
    }
}

/// What comes of every architecture, where that is the same.
fn one_for_all(choices: &[(String, Result<Choice, AgentError>)]) -> Option<Result<Choice, AgentError>> {
    let ((_, first), others) = choices.split_first()?;
    if others.is_empty() {
        return Some(first.clone());
    }
    let without_architecture = |choice: &Result<Choice, AgentError>| match choice {
        Err(AgentError::NoManifest { platform, version, .. }) => Err(AgentError::NoManifest {
            platform: platform.clone(),
            version: version.clone(),
            architecture: None,
        }),
        other => other.clone(),
    };
    let same = |choice: &Result<Choice, AgentError>| match (first, choice) {
        (Ok(first), Ok(choice)) => first.file == choice.file,
        _ => without_architecture(first) == without_architecture(choice),
    };
    others.iter().all(|(_, choice)| same(choice)).then(|| without_architecture(first))
}

/// The answers for a fleet. Machines that are alike share one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    answers: Vec<Answer>,
    of_machine: Vec<usize>,
}

impl Coverage {
    /// Asks for every machine; answers keep their order.
    pub fn of<'a>(manifest: &Manifest, machines: impl IntoIterator<Item = Machine<'a>>) -> Self {
        let mut coverage = Self::default();
        let mut known = HashMap::new();
        for machine in machines {
            let index = *known.entry(machine).or_insert_with(|| {
                coverage.answers.push(answer(manifest, &machine));
                coverage.answers.len() - 1
            });
            coverage.of_machine.push(index);
        }
        coverage
    }

    /// The answer for the machine that came at this place.
    #[must_use]
    pub fn answer(&self, machine: usize) -> Option<&Answer> {
        self.answers.get(*self.of_machine.get(machine)?)
    }

    /// The answers in the order of the machines.
    pub fn answers(&self) -> impl Iterator<Item = &Answer> {
        self.of_machine.iter().filter_map(|index| self.answers.get(*index))
    }

    /// How many machines have each.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for answer in self.answers() {
            let count = match answer {
                Answer::Covered { .. } => &mut counts.covered,
                Answer::NotCovered { .. } => &mut counts.not_covered,
                Answer::Depends { .. } => &mut counts.depends,
                Answer::Unknown => &mut counts.unknown,
            };
            *count += 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests;
