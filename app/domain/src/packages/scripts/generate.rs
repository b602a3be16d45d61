//! Scripts that install and remove a software file, written from its metadata.
//!
//! They can be run again: what is installed already, or gone already, is success. The agent runs them after a restart,
//! after a failure, and by associations at every interval.

mod deb;
mod msi;
mod rpm;

use crate::packages::drafts::EditedScripts;
use crate::packages::software::{Software, SoftwareKind};

/// The scripts for the file, which lies beside them. An update or a validation is never generated.
#[must_use]
pub fn generate(software: &Software, file_name: &str) -> EditedScripts {
    let (install, uninstall) = match software.kind {
        SoftwareKind::Deb => (deb::install(software, file_name), deb::uninstall(software)),
        SoftwareKind::Rpm => (rpm::install(software, file_name), rpm::uninstall(software)),
        SoftwareKind::Msi => (msi::install(software, file_name), msi::uninstall(software, file_name)),
    };
    EditedScripts { install: Some(install), update: None, uninstall: Some(uninstall), validate: None }
}

/// The beginning of every script for sh.
fn sh(what: &str) -> String {
    format!(
        "#!/bin/sh\n\
         # {what}\n\
         # The SSM Agent runs this with sh, as root, in the folder that holds the package's files.\n\
         set -eu\n"
    )
}

/// Lets a file have another name besides, where its own does not end as package managers want it: they take any other for
/// the name of a package.
fn with_ending(file_name: &str, ending: &str) -> String {
    if file_name.ends_with(ending) {
        return String::new();
    }
    format!(
        "# Package managers know a file by the end of its name.\n\
         ln -sf \"$file\" \"$file{ending}\"\n\
         file=\"$file{ending}\"\n\
         \n"
    )
}

#[cfg(test)]
mod tests;
