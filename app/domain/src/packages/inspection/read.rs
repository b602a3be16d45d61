//! Looking at a zip that may be damaged or hostile, of which only parts are read: its directory, and its scripts.

mod directory;
mod script;

use std::cell::RefCell;
use std::io::{self, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use rawzip::{MAX_CENTRAL_DIRECTORY_RECORD_SIZE, ReaderAt, ZipArchive, ZipLocator};

use super::{LISTED_PATHS, LISTED_PROBLEMS, ZipContents, ZipProblem};
use crate::packages::limits::MAX_PACKAGE_BYTES;
use crate::packages::scripts::{Action, Language, check_implementations};
use crate::packages::software::Source;
use directory::{Directory, Entry};

/// Bytes that are read of a zip at most: a directory of as many files as a package may have, with their folders, and the
/// scripts.
const BUDGET: u64 = 4 << 20;
/// How far from the end the directory's end may be: behind it there is only a comment, of 64 KiB at most.
const SEARCHED: u64 = 66 * 1024;

/// What is in a zip, and what is wrong with it. Only a few MB of it are read.
///
/// # Errors
/// When it could not be read; what is wrong with its content is no error.
pub fn look(zip: impl Read + Seek) -> io::Result<ZipContents> {
    let mut source = Source::new(zip)?;
    source.allow(BUDGET);
    // The reader takes sizes from the zip and calculates with them.
    let contents = catch_unwind(AssertUnwindSafe(|| contents(&mut source)));
    let exhausted = source.exhausted();
    if let Some(failure) = source.failure() {
        return Err(failure);
    }
    Ok(match contents {
        Ok(Ok(contents)) => contents,
        Ok(Err(_)) | Err(_) if exhausted => ZipContents::unreadable(ZipProblem::TooManyFiles),
        Ok(Err(problem)) => ZipContents::unreadable(problem),
        Err(_) => ZipContents::unreadable(ZipProblem::Damaged),
    })
}

/// Reads at places, as the crate does, from what is read one after another.
struct At<'a, R>(RefCell<&'a mut Source<R>>);

impl<R: Read + Seek> ReaderAt for At<'_, R> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut source = self.0.borrow_mut();
        source.seek(SeekFrom::Start(offset))?;
        source.read(buffer)
    }
}

fn contents<R: Read + Seek>(source: &mut Source<R>) -> Result<ZipContents, ZipProblem> {
    let length = source.len();
    let mut buffer = vec![0; MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
    let locator = ZipLocator::new().max_search_space(SEARCHED);
    let archive = locator.locate_in_reader(At(RefCell::new(source)), &mut buffer, length);
    let archive = archive.map_err(|_| ZipProblem::NotZip)?;
    let directory = Directory::read(&archive, &mut buffer, length)?;
    Ok(summary(&archive, &directory))
}

fn summary<R: ReaderAt>(archive: &ZipArchive<R>, directory: &Directory) -> ZipContents {
    let files: Vec<&Entry> = directory.entries.iter().filter(|entry| !entry.is_folder()).collect();
    let names: Vec<&str> = files.iter().map(|entry| entry.path.as_str()).collect();
    let unpacked = files.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.size));
    let mut problems: Vec<_> = check_implementations(names.iter().copied())
        .into_iter()
        .map(|fault| ZipProblem::Implementation { fault })
        .collect();
    problems.extend(directory.problems());
    if unpacked > MAX_PACKAGE_BYTES {
        problems.push(ZipProblem::Unpacked { bytes: unpacked });
    }
    let mut scripts = Vec::new();
    for entry in &files {
        let Some((action, language)) = script_at_root(&entry.path) else { continue };
        scripts.push((action, language));
        problems.extend(script::problems(archive, entry, language, &names));
    }
    let more = problems.len().saturating_sub(LISTED_PROBLEMS);
    // What forbids publication must not be among what is left out.
    problems.sort_by_key(ZipProblem::severity);
    problems.truncate(LISTED_PROBLEMS);
    if more > 0 {
        problems.push(ZipProblem::More { count: u32::try_from(more).unwrap_or(u32::MAX) });
    }
    ZipContents {
        files: u32::try_from(files.len()).unwrap_or(u32::MAX),
        unpacked,
        listed: files.iter().take(LISTED_PATHS).map(|entry| (shown(&entry.path), entry.size)).collect(),
        scripts,
        problems,
    }
}

/// The action and the language of a script that the agent would find.
fn script_at_root(path: &str) -> Option<(Action, Language)> {
    let named = |action: Action, language: Language| action.file_name(language) == path;
    Action::ALL.into_iter().find_map(|action| {
        let language = Language::ALL.into_iter().find(|language| named(action, *language))?;
        Some((action, language))
    })
}

/// A path as it is shown: not longer than anybody reads.
fn shown(path: &str) -> String {
    const LONGEST: usize = 200;
    if path.chars().count() <= LONGEST {
        return path.to_owned();
    }
    path.chars().take(LONGEST).chain(['…']).collect()
}

#[cfg(test)]
mod tests;
