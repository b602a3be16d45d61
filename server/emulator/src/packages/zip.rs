//! Writes small zip archives, uncompressed: the files of the packages that exist from the start.

use s3s::crypto::Crc32;

/// 1980-01-01, the earliest date that the format has: the same archive every time.
const DATE: u16 = 0x0021;
/// A regular file that anybody may read, in the upper half of the external attributes.
const READABLE: u32 = 0o100_644 << 16;

/// An archive of these names and contents.
pub(super) fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in files {
        let offset = length(bytes.len());
        bytes.extend_from_slice(&0x0403_4b50_u32.to_le_bytes());
        bytes.extend(common(name, content));
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(content.as_bytes());
        directory.extend_from_slice(&0x0201_4b50_u32.to_le_bytes());
        directory.extend_from_slice(&0x0314_u16.to_le_bytes());
        directory.extend(common(name, content));
        directory.extend_from_slice(&[0; 6]);
        directory.extend_from_slice(&READABLE.to_le_bytes());
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let (begin, size) = (length(bytes.len()), length(directory.len()));
    let count = u16::try_from(files.len()).unwrap_or(u16::MAX).to_le_bytes();
    bytes.extend(directory);
    bytes.extend_from_slice(&0x0605_4b50_u32.to_le_bytes());
    bytes.extend_from_slice(&[0; 4]);
    bytes.extend_from_slice(&count);
    bytes.extend_from_slice(&count);
    bytes.extend_from_slice(&size.to_le_bytes());
    bytes.extend_from_slice(&begin.to_le_bytes());
    bytes.extend_from_slice(&[0; 2]);
    bytes
}

/// What both headers of a file have in common, from the version needed to the length of the extra field.
fn common(name: &str, content: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for number in [20_u16, 0, 0, 0, DATE] {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    let size = length(content.len());
    for number in [Crc32::checksum_u32(content.as_bytes()), size, size] {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    bytes.extend_from_slice(&u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
    bytes.extend_from_slice(&[0; 2]);
    bytes
}

/// The archives written here are far below the format's limits.
fn length(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
