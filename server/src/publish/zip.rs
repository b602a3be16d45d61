//! The zips of a package: known to the byte before anything is written.
//!
//! Written by hand: sizes and checksums are known from the upload, so the plainest form of zip will do, without data
//! descriptors (which readers of a stream refuse for stored entries) and without zip64 (Distributor's files end at 1 GB).
//! The bytes depend on nothing but what is in the zip: a library's next version would change them, and with them the
//! checksums of what people publish again. The software comes first: its checksum need not be taken anew when a script
//! changes. It is stored, as .deb, .rpm and .msi are compressed already.

use crc_fast::{CrcAlgorithm, checksum};

/// 1980-01-01, the first day that a zip knows, in MS-DOS form.
const DATE: u16 = 0x0021;
/// Version 2.0: files and folders.
const VERSION: u16 = 20;
/// Made by version 2.0 on Unix, so that the permissions count.
const MADE_BY: u16 = 0x0300 | VERSION;
/// Permissions of scripts, and of everything else.
const SCRIPT_MODE: u32 = 0o100_755;
const FILE_MODE: u32 = 0o100_644;
/// Bit 11: the name is UTF-8.
const UTF8_NAME: u16 = 1 << 11;

/// A file that is to be in a zip, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, at the root of the zip.
    pub name: String,
    /// Its size in bytes; less than 4 GiB.
    pub size: u32,
    /// Its CRC-32.
    pub crc32: u32,
}

/// A zip: what comes before the software's bytes, and what comes after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The software's header.
    pub head: Vec<u8>,
    /// How many bytes the software has.
    pub software_size: u64,
    /// The scripts, and the directory.
    pub tail: Vec<u8>,
}

impl Layout {
    /// A zip of one software file and these scripts, by name, in this order.
    #[must_use]
    pub fn new(software: &Entry, scripts: &[(String, Vec<u8>)]) -> Self {
        let head = software_header(software);
        let mut directory = Vec::new();
        push_directory_entry(&mut directory, software, 0);
        let mut tail = Vec::new();
        let before = head.len() as u64 + u64::from(software.size);
        for (name, bytes) in scripts {
            let entry = entry_of(name, bytes);
            push_directory_entry(&mut directory, &entry, offset(before + tail.len() as u64));
            push_header(&mut tail, &entry);
            tail.extend_from_slice(bytes);
        }
        let directory_at = offset(before + tail.len() as u64);
        let (count, length) = (count(scripts.len() + 1), offset(directory.len() as u64));
        tail.append(&mut directory);
        push_end(&mut tail, count, length, directory_at);
        Self { head, software_size: software.size.into(), tail }
    }

    /// The whole zip's size in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.head.len() as u64 + self.software_size + self.tail.len() as u64
    }
}

/// What stands before the software's bytes, whatever the scripts are.
#[must_use]
pub fn software_header(software: &Entry) -> Vec<u8> {
    let mut head = Vec::new();
    push_header(&mut head, software);
    head
}

fn entry_of(name: &str, bytes: &[u8]) -> Entry {
    // A CRC-32 is 32 bits of the 64 that the crate gives for any.
    let crc32 = (checksum(CrcAlgorithm::Crc32IsoHdlc, bytes) & u64::from(u32::MAX)) as u32;
    Entry { name: name.to_owned(), size: offset(bytes.len() as u64), crc32 }
}

/// Local file header (APPNOTE 4.3.7).
fn push_header(zip: &mut Vec<u8>, entry: &Entry) {
    zip.extend(0x0403_4b50_u32.to_le_bytes());
    zip.extend(VERSION.to_le_bytes());
    push_common(zip, entry);
    zip.extend(0_u16.to_le_bytes());
    zip.extend(entry.name.as_bytes());
}

/// Central directory header (APPNOTE 4.3.12).
fn push_directory_entry(directory: &mut Vec<u8>, entry: &Entry, at: u32) {
    directory.extend(0x0201_4b50_u32.to_le_bytes());
    directory.extend(MADE_BY.to_le_bytes());
    directory.extend(VERSION.to_le_bytes());
    push_common(directory, entry);
    // No extra field, no comment, the first disk, no internal attributes.
    directory.extend([0; 8]);
    let mode = if entry.name.ends_with(".sh") { SCRIPT_MODE } else { FILE_MODE };
    directory.extend((mode << 16).to_le_bytes());
    directory.extend(at.to_le_bytes());
    directory.extend(entry.name.as_bytes());
}

/// Flags, method (stored), time, date, CRC-32, both sizes, and the name's length.
fn push_common(zip: &mut Vec<u8>, entry: &Entry) {
    let flags = if entry.name.is_ascii() { 0 } else { UTF8_NAME };
    zip.extend(flags.to_le_bytes());
    zip.extend([0; 4]);
    zip.extend(DATE.to_le_bytes());
    zip.extend(entry.crc32.to_le_bytes());
    zip.extend(entry.size.to_le_bytes());
    zip.extend(entry.size.to_le_bytes());
    zip.extend(count(entry.name.len()).to_le_bytes());
}

/// End of central directory record (APPNOTE 4.3.16).
fn push_end(zip: &mut Vec<u8>, entries: u16, length: u32, at: u32) {
    zip.extend(0x0605_4b50_u32.to_le_bytes());
    zip.extend([0; 4]);
    zip.extend(entries.to_le_bytes());
    zip.extend(entries.to_le_bytes());
    zip.extend(length.to_le_bytes());
    zip.extend(at.to_le_bytes());
    zip.extend(0_u16.to_le_bytes());
}

/// Drafts hold no file of 4 GiB, and names are short: see `domain::packages::drafts`.
fn offset(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn count(value: usize) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    const SOFTWARE: &[u8] = b"!<arch>\nnot really";
    const SCRIPTS: [(&str, &str); 2] = [("install.sh", "#!/bin/sh\nexit 0\n"), ("uninstall.sh", "exit 0\n")];

    fn written() -> Vec<u8> {
        let software = entry_of("tool.deb", SOFTWARE);
        let scripts = SCRIPTS.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let layout = Layout::new(&software, &scripts);
        let zip = [layout.head.as_slice(), SOFTWARE, &layout.tail].concat();
        assert_eq!(zip.len() as u64, layout.size());
        zip
    }

    fn python(zip: &[u8], program: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tool.zip");
        std::fs::write(&file, zip).unwrap();
        let output = Command::new("python3").arg("-c").arg(program).arg(file).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    #[test]
    fn python_reads_it() {
        let program = "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n\
            for i in z.infolist(): print(i.filename, i.file_size, i.date_time[0], oct(i.external_attr >> 16), i.flag_bits)\n\
            print(z.read('install.sh').decode().strip())";
        let expected = "tool.deb 18 1980 0o100644 0\ninstall.sh 17 1980 0o100755 0\nuninstall.sh 7 1980 0o100755 0\n\
            #!/bin/sh\nexit 0\n";
        assert_eq!(python(&written(), program), expected);
    }

    #[test]
    fn info_zip_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tool.zip");
        std::fs::write(&file, written()).unwrap();
        let output = Command::new("unzip").arg("-t").arg(&file).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("No errors detected"), "{said}");
    }

    #[test]
    fn the_same_makes_the_same_bytes() {
        assert_eq!(written(), written());
        let hash = crate::hash::hex(&<sha2::Sha256 as sha2::Digest>::digest(written()));
        // Should this ever change, versions that were published before can no longer be made again.
        assert_eq!(hash, "29bcfe81cd9fedead26ffe3d7c9f4cecb8d3744b4d0f24c1163591c1dfed772e");
    }
}
