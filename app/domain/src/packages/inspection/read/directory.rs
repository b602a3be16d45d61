//! The zip's directory: every entry once, and what is wrong among them.

use std::collections::BTreeSet;

use rawzip::{CompressionMethod, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder};

use super::shown;
use crate::packages::inspection::{PathFault, ZipProblem, path_fault};
use crate::packages::limits::MAX_ZIPPED_FILES;

/// Bytes of an entry's own header, before its name (`APPNOTE` 4.3.7).
const LOCAL_HEADER: u64 = 30;

/// The entries in the directory's order.
pub struct Directory {
    pub entries: Vec<Entry>,
    /// Where the entries must have ended.
    end: u64,
}

/// An entry.
pub struct Entry {
    /// Its path; where that is not UTF-8, what is left of it.
    pub path: String,
    is_utf8: bool,
    /// Bytes when it is unpacked, as the directory says.
    pub size: u64,
    packed: u64,
    offset: u64,
    pub method: CompressionMethod,
    pub is_encrypted: bool,
    is_symlink: bool,
    pub wayfinder: ZipArchiveEntryWayfinder,
}

impl Entry {
    pub fn is_folder(&self) -> bool {
        self.path.ends_with('/')
    }

    /// Whether the agent can unpack it.
    pub fn is_readable(&self) -> bool {
        !self.is_encrypted && matches!(self.method, CompressionMethod::STORE | CompressionMethod::DEFLATE)
    }

    fn end(&self) -> u64 {
        // The extra fields of an entry's own header are known only to that.
        let header = LOCAL_HEADER.saturating_add(self.path.len() as u64);
        self.offset.saturating_add(header).saturating_add(self.packed)
    }
}

impl Directory {
    pub fn read<R: ReaderAt>(
        archive: &ZipArchive<R>,
        buffer: &mut [u8],
        length: u64,
    ) -> Result<Self, ZipProblem> {
        let (mut entries, mut files) = (Vec::new(), 0);
        let mut records = archive.entries(buffer);
        while let Some(record) = records.next_entry().map_err(|_| ZipProblem::Damaged)? {
            let path = record.file_path();
            let path = std::str::from_utf8(path.as_bytes());
            let entry = Entry {
                is_utf8: path.is_ok(),
                path: path.map_or_else(
                    |_| String::from_utf8_lossy(record.file_path().as_bytes()).into_owned(),
                    str::to_owned,
                ),
                size: record.uncompressed_size_hint(),
                packed: record.compressed_size_hint(),
                offset: record.local_header_offset(),
                method: record.compression_method(),
                is_encrypted: record.flags().is_encrypted() || record.flags().has_strong_encryption(),
                is_symlink: record.mode().is_symlink(),
                wayfinder: record.wayfinder(),
            };
            // Folders are none of the files that a package may have; how many fit, the bytes say that are read of a zip.
            files += usize::from(!entry.is_folder());
            if files > MAX_ZIPPED_FILES {
                return Err(ZipProblem::TooManyFiles);
            }
            entries.push(entry);
        }
        if entries.len() as u64 != archive.entries_hint() {
            return Err(ZipProblem::Damaged);
        }
        Ok(Self { entries, end: archive.directory_offset().min(length) })
    }

    /// What is wrong with the entries; of what is unsafe nothing is left out.
    pub fn problems(&self) -> Vec<ZipProblem> {
        let mut problems = Vec::new();
        let (mut paths, mut folded) = (BTreeSet::new(), BTreeSet::new());
        for entry in &self.entries {
            let path = || shown(&entry.path);
            let fault = if entry.is_utf8 { path_fault(&entry.path) } else { Some(PathFault::NotUtf8) };
            problems.extend(fault.map(|fault| ZipProblem::Path { path: path(), fault }));
            if !paths.insert(&entry.path) {
                problems.push(ZipProblem::Duplicate { path: path() });
            } else if !folded.insert(entry.path.to_lowercase()) {
                problems.push(ZipProblem::SameOnWindows { path: path() });
            }
            if entry.is_symlink {
                problems.push(ZipProblem::Symlink { path: path() });
            }
            if entry.is_encrypted {
                problems.push(ZipProblem::Encrypted { path: path() });
            } else if !entry.is_readable() {
                problems.push(ZipProblem::Method { path: path(), method: entry.method.as_u16() });
            }
        }
        problems.extend(self.overlaps());
        problems
    }

    /// Entries whose bytes are another's, or the directory's: so a small zip unpacks to no end.
    fn overlaps(&self) -> Vec<ZipProblem> {
        let mut entries: Vec<_> = self.entries.iter().collect();
        entries.sort_by_key(|entry| entry.offset);
        let next = entries.iter().skip(1).map(|entry| entry.offset).chain([self.end]);
        let overlapping = entries.iter().zip(next).filter(|(entry, next)| entry.end() > *next);
        overlapping.map(|(entry, _)| ZipProblem::Overlap { path: shown(&entry.path) }).collect()
    }
}
