//! What is wrong with a zip that lies in S3, in words, and the cure.

use domain::language::Language;
use domain::packages::inspection::{FileProblem, PathFault, ZipProblem};
use domain::packages::limits::{MAX_FILE_BYTES, MAX_ZIPPED_FILES};
use domain::packages::scripts::ImplementationFault;

use crate::pages::packages::create::scripts::{action_text, script_remark};
use crate::pages::packages::size::size_text;
use crate::text::publish_check as text;

/// The problem, and what to do about it.
pub(super) fn problem_text(language: Language, problem: &FileProblem) -> String {
    match problem {
        FileProblem::Absent => text::absent(language).to_owned(),
        FileProblem::NotChecked => text::not_checked(language).to_owned(),
        FileProblem::Changed => text::changed(language).to_owned(),
        FileProblem::HashDiffers { expected, actual } if expected.is_empty() => {
            text::hash_missing(language, actual)
        }
        FileProblem::HashDiffers { expected, actual } => text::hash_differs(language, actual, expected),
        FileProblem::SizeDiffers { expected, actual } => text::size_differs(language, actual, expected),
        FileProblem::WrongLanguage { action, platform } if platform == "windows" => {
            text::shell_on_windows(language, action_text(language, *action))
        }
        FileProblem::WrongLanguage { action, platform } => {
            text::powershell_on_linux(language, action_text(language, *action), platform)
        }
        FileProblem::Zip { problem } => zip_text(language, problem),
    }
}

fn zip_text(language: Language, problem: &ZipProblem) -> String {
    match problem {
        ZipProblem::TooLarge => text::too_large(language, size_text(MAX_FILE_BYTES)),
        ZipProblem::NotZip => text::not_zip(language).to_owned(),
        ZipProblem::Damaged => text::damaged(language).to_owned(),
        ZipProblem::ChangedMeanwhile => text::changed_meanwhile(language).to_owned(),
        ZipProblem::TooManyFiles => text::too_many_files(language, MAX_ZIPPED_FILES),
        ZipProblem::Implementation { fault } => implementation_text(language, fault),
        ZipProblem::Path { path, fault } => path_text(language, path, *fault),
        ZipProblem::Duplicate { path } => text::duplicate(language, path),
        ZipProblem::SameOnWindows { path } => text::same_on_windows(language, path),
        ZipProblem::Symlink { path } => text::symlink(language, path),
        ZipProblem::Encrypted { path } => text::encrypted(language, path),
        ZipProblem::Method { path, method } => text::method(language, path, method),
        ZipProblem::Overlap { path } => text::overlap(language, path),
        ZipProblem::Unpacked { bytes } => text::unpacks_to(language, size_text(*bytes)),
        ZipProblem::ScriptDamaged { path } => text::script_damaged(language, path),
        ZipProblem::ScriptNotRead { path } => text::script_not_read(language, path),
        ZipProblem::Script { path, finding } => {
            text::in_script(language, path, finding.start.line, script_remark(language, finding).text)
        }
        ZipProblem::More { count } => text::more(language, count),
    }
}

fn implementation_text(language: Language, fault: &ImplementationFault) -> String {
    match fault {
        ImplementationFault::Missing { action } => {
            text::script_missing(language, action_text(language, *action))
        }
        ImplementationFault::InFolder { path, .. } => text::script_in_folder(language, path),
        ImplementationFault::Several { files, .. } => text::script_several(language, files.join(", ")),
    }
}

fn path_text(language: Language, path: &str, fault: PathFault) -> String {
    match fault {
        PathFault::Empty => text::path_empty(language, path),
        PathFault::Parent => text::path_parent(language, path),
        PathFault::Absolute => text::path_absolute(language, path),
        PathFault::Backslash => text::path_backslash(language, path),
        PathFault::Colon => text::path_colon(language, path),
        PathFault::Control => text::path_control(language, path),
        PathFault::NotUtf8 => text::path_not_utf8(language, path),
        PathFault::TooLong => text::path_too_long(language, path),
    }
}
