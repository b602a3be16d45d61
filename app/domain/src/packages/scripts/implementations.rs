//! Which scripts a zip holds, as the agent looks for them (SSM Agent, `ssminstaller`).

use super::Action;
use serde::{Deserialize, Serialize};

/// The ends of the names that the agent looks for, in its order.
const EXTENSIONS: [&str; 3] = ["sh", "ps1", "json"];

/// Why the agent would not run an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum ImplementationFault {
    /// A required action has no script ("Package is not supported (package is missing install action)").
    Missing {
        /// Which.
        action: Action,
    },
    /// Its script lies in a folder, where the agent does not look.
    InFolder {
        /// Which.
        action: Action,
        /// Where it lies.
        path: String,
    },
    /// It has several scripts ("install has more than one implementation (sh, ps1, json)").
    Several {
        /// Which.
        action: Action,
        /// Their names.
        files: Vec<String>,
    },
}

/// What is wrong with the scripts among these paths of a zip.
#[must_use]
pub fn check_implementations<'a>(
    paths: impl IntoIterator<Item = &'a str> + Clone,
) -> Vec<ImplementationFault> {
    Action::ALL.into_iter().filter_map(|action| check(action, paths.clone())).collect()
}

fn check<'a>(action: Action, paths: impl IntoIterator<Item = &'a str>) -> Option<ImplementationFault> {
    let names = EXTENSIONS.map(|extension| format!("{}.{extension}", action.name()));
    let mut files = Vec::new();
    let mut inside = None;
    for path in paths {
        match path.rsplit_once(['/', '\\']) {
            None if names.iter().any(|name| name == path) => files.push(path.to_owned()),
            Some((_, file)) if names.iter().any(|name| name == file) => inside = Some(path.to_owned()),
            _ => {}
        }
    }
    match (files.len(), inside) {
        (0, Some(path)) if action.is_required() => Some(ImplementationFault::InFolder { action, path }),
        (0, _) if action.is_required() => Some(ImplementationFault::Missing { action }),
        (0 | 1, _) => None,
        _ => Some(ImplementationFault::Several { action, files }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ImplementationFault::{InFolder, Missing, Several};

    #[test]
    fn install_and_uninstall_are_needed_once_each() {
        let check = |paths: &[&str]| check_implementations(paths.iter().copied());
        assert_eq!(check(&["install.sh", "uninstall.sh", "agent.deb"]), []);
        assert_eq!(check(&["install.ps1", "uninstall.sh", "update.ps1", "validate.sh"]), []);
        assert_eq!(
            check(&["agent.deb"]),
            [Missing { action: Action::Install }, Missing { action: Action::Uninstall }]
        );
        let files = vec!["install.sh".to_owned(), "install.ps1".to_owned()];
        assert_eq!(
            check(&["install.sh", "install.ps1", "uninstall.sh"]),
            [Several { action: Action::Install, files }]
        );
    }

    #[test]
    fn a_script_in_a_folder_is_none() {
        let paths = ["agent/install.sh", "agent/uninstall.sh", "uninstall.sh"];
        let path = "agent/install.sh".to_owned();
        assert_eq!(check_implementations(paths), [InFolder { action: Action::Install, path }]);
    }
}
