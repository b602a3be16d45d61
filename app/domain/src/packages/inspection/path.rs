//! Paths in a zip that are none to unpack.

use serde::{Deserialize, Serialize};

/// Longest path, in bytes: Linux takes no longer ones (`PATH_MAX`).
const MAX_PATH: usize = 4095;

/// Why a path is not safe to unpack, or is another on other systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PathFault {
    /// It is empty, or has an empty part or `.`.
    Empty,
    /// It leads out of the folder (`..`).
    Parent,
    /// It begins at the root (`/etc/passwd`).
    Absolute,
    /// It has a backslash: a folder on Windows, part of the name on Linux.
    Backslash,
    /// It has a colon: a drive or a stream on Windows.
    Colon,
    /// It has control characters.
    Control,
    /// It is not UTF-8.
    NotUtf8,
    /// It is longer than systems take.
    TooLong,
}

/// What is wrong with a path; a slash at its end stands for a folder.
#[must_use]
pub fn path_fault(path: &str) -> Option<PathFault> {
    let parts = path.strip_suffix('/').unwrap_or(path).split(['/', '\\']);
    let mut parts = parts.peekable();
    let fault = if path.len() > MAX_PATH {
        PathFault::TooLong
    } else if path.chars().any(char::is_control) {
        PathFault::Control
    } else if parts.clone().any(|part| part == "..") {
        PathFault::Parent
    } else if path.starts_with(['/', '\\']) {
        PathFault::Absolute
    } else if path.contains(':') {
        PathFault::Colon
    } else if path.contains('\\') {
        PathFault::Backslash
    } else if parts.any(|part| part.is_empty() || part == ".") {
        PathFault::Empty
    } else {
        return None;
    };
    Some(fault)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_that_stay_in_their_folder_are_taken() {
        for path in ["install.sh", "a/b.deb", "a/", "a b/ツール.txt", "a..b", "...", "a/.b"] {
            assert_eq!(path_fault(path), None, "{path}");
        }
    }

    #[test]
    fn paths_that_lead_elsewhere_are_told() {
        let long = "a".repeat(4096);
        for (path, fault) in [
            ("", PathFault::Empty),
            ("./a", PathFault::Empty),
            ("a//b", PathFault::Empty),
            ("..", PathFault::Parent),
            ("a/../../b", PathFault::Parent),
            ("/../a", PathFault::Parent),
            ("..\\a", PathFault::Parent),
            ("/etc/passwd", PathFault::Absolute),
            ("\\\\host\\share", PathFault::Absolute),
            ("C:\\a", PathFault::Colon),
            ("a.txt:stream", PathFault::Colon),
            ("a\\install.ps1", PathFault::Backslash),
            ("a\u{7f}", PathFault::Control),
            ("a\0b", PathFault::Control),
            (&long, PathFault::TooLong),
        ] {
            assert_eq!(path_fault(path), Some(fault), "{path:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_taken_stays_below_its_folder(path in "[a.]{1,3}([/\\\\][a.:]{0,3}){0,4}") {
            if path_fault(&path).is_some() {
                return Ok(());
            }
            let mut depth = 0;
            for part in std::path::Path::new(&path).components() {
                prop_assert!(matches!(part, std::path::Component::Normal(_)), "{path}");
                depth += 1;
            }
            prop_assert!(depth > 0);
        }
    }
}
