//! Zips as people make them, and as attackers do.

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use rawzip::path::EntryPath;
use rawzip::{CompressionMethod, ZipArchiveWriter};

use super::*;
use crate::packages::inspection::PathFault;
use crate::packages::manifest::Severity;
use crate::packages::scripts::ImplementationFault;

const SCRIPT: &str = "#!/bin/sh\necho done\nexit 0\n";

/// A zip of these files; those with `.deflated` in their names are.
fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (path, text) in files {
        let file = archive.new_file(EntryPath::verbatim(path.as_bytes()));
        if path.contains("deflated") {
            let (mut entry, config) = file.compression_method(CompressionMethod::DEFLATE).start().unwrap();
            let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default());
            let mut writer = config.wrap(encoder);
            writer.write_all(text.as_bytes()).unwrap();
            let (encoder, descriptor) = writer.finish().unwrap();
            encoder.finish().unwrap();
            entry.finish(descriptor).unwrap();
        } else {
            let (mut entry, config) = file.start().unwrap();
            let mut writer = config.wrap(&mut entry);
            writer.write_all(text.as_bytes()).unwrap();
            let (_, descriptor) = writer.finish().unwrap();
            entry.finish(descriptor).unwrap();
        }
    }
    archive.finish().unwrap()
}

fn with(more: &[(&str, &str)]) -> Vec<u8> {
    let mut files = vec![("install.sh", SCRIPT), ("uninstall.sh", SCRIPT)];
    files.extend(more);
    zip(&files)
}

fn looked(zip: &[u8]) -> ZipContents {
    look(Cursor::new(zip)).unwrap()
}

fn problems(zip: &[u8]) -> Vec<ZipProblem> {
    looked(zip).problems
}

/// Where the nth entry of the directory begins.
fn record(zip: &[u8], nth: usize) -> usize {
    let mut found = zip.windows(4).enumerate().filter(|(_, bytes)| *bytes == b"PK\x01\x02");
    found.nth(nth).unwrap().0
}

/// The zip with these bytes in the nth entry of its directory.
fn tampered(nth: usize, at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut zip = with(&[("a.deb", "software")]);
    let start = record(&zip, nth) + at;
    zip[start..start + bytes.len()].copy_from_slice(bytes);
    zip
}

#[test]
fn what_is_right_is_left_in_peace() {
    let found =
        looked(&with(&[("a.deb", "software"), ("data/deflated.txt", &"a".repeat(5000)), ("data/", "")]));
    assert_eq!(found.problems, []);
    assert_eq!((found.files, found.unpacked), (4, 5008 + 2 * SCRIPT.len() as u64));
    assert_eq!(found.scripts, [(Action::Install, Language::Sh), (Action::Uninstall, Language::Sh)]);
    assert_eq!(found.listed[2], ("a.deb".to_owned(), 8));
}

#[test]
fn a_comment_behind_the_directory_is_no_fault() {
    let mut zip = with(&[]);
    let end = zip.len();
    zip[end - 2..].copy_from_slice(&60_000_u16.to_le_bytes());
    zip.extend_from_slice(&b"x".repeat(60_000));
    assert_eq!(problems(&zip), []);
}

#[test]
fn scripts_are_where_the_agent_looks_for_them() {
    let fault = |fault| ZipProblem::Implementation { fault };
    let in_folder = zip(&[("tool/install.sh", SCRIPT), ("uninstall.sh", SCRIPT)]);
    let path = "tool/install.sh".to_owned();
    assert_eq!(
        problems(&in_folder),
        [fault(ImplementationFault::InFolder { action: Action::Install, path })]
    );
    let files = vec!["install.sh".to_owned(), "install.ps1".to_owned()];
    let both = with(&[("install.ps1", "exit 0\n")]);
    assert_eq!(problems(&both), [fault(ImplementationFault::Several { action: Action::Install, files })]);
    let none = problems(&zip(&[("a.deb", "")]));
    assert_eq!(none.len(), 2, "{none:?}");
}

#[test]
fn unsafe_entries_are_told() {
    let path = |path: &str, fault| ZipProblem::Path { path: path.to_owned(), fault };
    let hostile = with(&[
        ("../../etc/cron.d/a", ""),
        ("/etc/passwd", ""),
        ("a\\b", ""),
        ("C:a", ""),
        ("a.deb", "1"),
        ("a.deb", "2"),
        ("A.DEB", "3"),
    ]);
    assert_eq!(
        problems(&hostile),
        [
            path("../../etc/cron.d/a", PathFault::Parent),
            path("/etc/passwd", PathFault::Absolute),
            path("a\\b", PathFault::Backslash),
            path("C:a", PathFault::Colon),
            ZipProblem::Duplicate { path: "a.deb".to_owned() },
            ZipProblem::SameOnWindows { path: "A.DEB".to_owned() },
        ]
    );
    let name = || "a.deb".to_owned();
    // Flags; the method; the name; Unix attributes of a link, which Unix must have made.
    assert_eq!(problems(&tampered(2, 8, &[1])), [ZipProblem::Encrypted { path: name() }]);
    assert_eq!(problems(&tampered(2, 10, &[93])), [ZipProblem::Method { path: name(), method: 93 }]);
    assert_eq!(problems(&tampered(2, 46, b"\xff\xfe"))[0].severity(), Severity::Error);
    let mut link = tampered(2, 5, &[3]);
    let at = record(&link, 2) + 38;
    link[at..at + 4].copy_from_slice(&(0o120_777_u32 << 16).to_le_bytes());
    assert_eq!(problems(&link), [ZipProblem::Symlink { path: name() }]);
}

#[test]
fn bytes_that_are_another_entrys_are_told() {
    // The third entry begins where the first does: one lies in the other.
    let zip = tampered(2, 42, &[0; 4]);
    let found = problems(&zip);
    assert!(matches!(&found[..], [ZipProblem::Overlap { .. }, ..]), "{found:?}");
    let beyond = tampered(2, 42, &0x7fff_ffff_u32.to_le_bytes());
    assert!(problems(&beyond).contains(&ZipProblem::Overlap { path: "a.deb".to_owned() }));
}

#[test]
fn scripts_are_looked_into() {
    let bashism =
        zip(&[("install.sh", "if [[ -f a ]]; then exit 0; fi\nexit 0\n"), ("uninstall.sh", SCRIPT)]);
    let found = problems(&bashism);
    assert!(matches!(&found[..], [ZipProblem::Script { path, .. }, ..] if path == "install.sh"), "{found:?}");
    assert!(found.iter().all(|problem| problem.severity() == Severity::Warning));
    let mut damaged = with(&[]);
    let at = damaged.windows(4).position(|bytes| bytes == b"echo").unwrap();
    damaged[at] = b'E';
    assert_eq!(problems(&damaged), [ZipProblem::ScriptDamaged { path: "install.sh".to_owned() }]);
    let large = zip(&[("install.sh", &"a".repeat(300_000)), ("uninstall.sh", SCRIPT)]);
    assert_eq!(problems(&large), [ZipProblem::ScriptNotRead { path: "install.sh".to_owned() }]);
}

#[test]
fn what_is_no_zip_or_too_much_of_one_is_told_at_once() {
    assert_eq!(problems(b""), [ZipProblem::NotZip]);
    assert_eq!(problems(&b"<!DOCTYPE html>".repeat(10_000)), [ZipProblem::NotZip]);
    let whole = with(&[]);
    assert_eq!(problems(&whole[..whole.len() - 30]), [ZipProblem::NotZip]);
    let names: Vec<String> = (0..1001).map(|number| format!("{number}.txt")).collect();
    let many: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(problems(&zip(&many)), [ZipProblem::TooManyFiles]);
}

#[test]
fn folders_are_not_counted_as_files_and_are_not_without_end() {
    let files = (0..998).map(|number| format!("data/{number}.txt"));
    let names: Vec<String> = (0..100).map(|number| format!("folder-{number}/")).chain(files).collect();
    let entries: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
    let found = looked(&with(&entries));
    assert_eq!((found.problems, found.files), (Vec::new(), 1000));
    let names: Vec<String> = (0..20_000).map(|number| format!("{number:0>200}/")).collect();
    let entries: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(problems(&with(&entries)), [ZipProblem::TooManyFiles]);
}

#[test]
fn a_source_that_cannot_be_read_is_no_fault_of_the_zip() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the connection is gone"))
        }
    }
    impl Seek for Broken {
        fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
            Ok(1 << 20)
        }
    }
    assert_eq!(look(Broken).unwrap_err().to_string(), "the connection is gone");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(!problems(&bytes).is_empty());
    }

    #[test]
    fn a_damaged_zip_is_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), cut in any::<prop::sample::Index>()) {
        let mut zip = with(&[("data/deflated.txt", "a"), ("a.deb", "software")]);
        for (index, byte) in changes {
            let at = index.index(zip.len());
            zip[at] = byte;
        }
        let _ = looked(&zip);
        zip.truncate(cut.index(zip.len()));
        let found = looked(&zip);
        prop_assert!(found.listed.len() <= LISTED_PATHS && found.problems.len() <= LISTED_PROBLEMS + 1);
    }
}
