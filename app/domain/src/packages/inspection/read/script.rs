//! A script in a zip, unpacked as far as a script can reasonably go.

use std::io::Read;

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, ReaderAt, ZipArchive};

use super::directory::Entry;
use super::shown;
use crate::packages::inspection::ZipProblem;
use crate::packages::scripts::Language;
use crate::packages::scripts::check::check;

/// Largest script that is looked at, in bytes.
const LARGEST: u64 = 256 * 1024;

/// What is wrong with a script.
pub fn problems<R: ReaderAt>(
    archive: &ZipArchive<R>,
    entry: &Entry,
    language: Language,
    names: &[&str],
) -> Vec<ZipProblem> {
    let path = shown(&entry.path);
    if !entry.is_readable() {
        // That is said already.
        return Vec::new();
    }
    if entry.size > LARGEST {
        return vec![ZipProblem::ScriptNotRead { path }];
    }
    let Some(bytes) = unpack(archive, entry) else { return vec![ZipProblem::ScriptDamaged { path }] };
    let Ok(text) = String::from_utf8(bytes) else { return vec![ZipProblem::ScriptNotRead { path }] };
    let finding = |finding| ZipProblem::Script { path: path.clone(), finding };
    check(language, &text, names).into_iter().map(finding).collect()
}

/// The bytes, if they are those of the checksum that the zip has.
fn unpack<R: ReaderAt>(archive: &ZipArchive<R>, entry: &Entry) -> Option<Vec<u8>> {
    let found = archive.get_entry(entry.wayfinder).ok()?;
    let packed = found.reader();
    let unpacked: Box<dyn Read + '_> = match entry.method {
        CompressionMethod::STORE => Box::new(packed),
        _ => Box::new(DeflateDecoder::new(packed)),
    };
    let mut bytes = Vec::new();
    // One byte more than there may be tells that there is more.
    let read = found.verifying_reader(unpacked).take(LARGEST + 1).read_to_end(&mut bytes);
    (read.is_ok() && bytes.len() as u64 == entry.size).then_some(bytes)
}
