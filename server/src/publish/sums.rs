//! Checksums of a software file, taken once: enough to know the zip around it, whatever its scripts will be.

use std::fs::File;
use std::io::{self, Read, Seek as _};
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use crc_fast::{CrcAlgorithm, Digest as Crc};
use serde::{Deserialize, Serialize};
use sha2::digest::common::hazmat::SerializableState as _;
use sha2::{Digest as _, Sha256};

use super::zip::{Entry, Layout, software_header};
use crate::hash::hex;

/// Read at once.
const CHUNK: usize = 1024 * 1024;

/// What is known of a file's bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Size in bytes; less than 4 GiB.
    pub size: u32,
    /// SHA-256, in lower-case hexadecimal.
    pub sha256: String,
    /// CRC-32.
    pub crc32: u32,
    /// The state of SHA-256 after the zip's head and the file: what follows is all that is left to hash.
    midway: String,
}

impl Sums {
    /// Reads the file twice: the zip's head, which comes before its bytes, holds the CRC-32.
    ///
    /// # Errors
    /// What the operating system says; `InvalidData` for a file of 4 GiB or more.
    pub fn of(path: &Path, name: &str) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let mut sha256 = Sha256::new();
        let mut crc = Crc::new(CrcAlgorithm::Crc32IsoHdlc);
        let mut size = 0_u64;
        each_chunk(&mut file, |chunk| {
            sha256.update(chunk);
            crc.update(chunk);
            size += chunk.len() as u64;
        })?;
        let too_large = |_| io::Error::new(io::ErrorKind::InvalidData, "the file is too large for a zip");
        let size = u32::try_from(size).map_err(too_large)?;
        let crc32 = u32::try_from(crc.finalize()).map_err(too_large)?;
        file.rewind()?;
        let mut midway = Sha256::new();
        midway.update(software_header(&Entry { name: name.to_owned(), size, crc32 }));
        each_chunk(&mut file, |chunk| midway.update(chunk))?;
        Ok(Self {
            size,
            sha256: hex(&sha256.finalize()),
            crc32,
            midway: BASE64_STANDARD.encode(midway.serialize()),
        })
    }

    /// The zip of the file, under this name, with these scripts.
    #[must_use]
    pub fn layout(&self, name: &str, scripts: &[(String, Vec<u8>)]) -> Layout {
        Layout::new(&Entry { name: name.to_owned(), size: self.size, crc32: self.crc32 }, scripts)
    }

    /// The SHA-256 of a zip of this file that ends so; none where another version of Sekisho has taken these sums.
    #[must_use]
    pub fn zip_sha256(&self, tail: &[u8]) -> Option<String> {
        let state = BASE64_STANDARD.decode(&self.midway).ok()?;
        let mut sha256 = Sha256::deserialize(state.as_slice().try_into().ok()?).ok()?;
        sha256.update(tail);
        Some(hex(&sha256.finalize()))
    }
}

pub(super) fn each_chunk(file: &mut File, mut take: impl FnMut(&[u8])) -> io::Result<()> {
    let mut buffer = vec![0; CHUNK];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(()),
            length => take(&buffer[..length]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zips_hash_is_known_before_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        for length in [1, 63, 64, 65, 100_000, CHUNK + 7] {
            let bytes: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
            std::fs::write(&path, &bytes).unwrap();
            let sums = Sums::of(&path, "tool.deb").unwrap();
            assert_eq!(sums.sha256, hex(&Sha256::digest(&bytes)));
            for scripts in
                [&[("install.sh", "exit 0")][..], &[("install.sh", "exit 1"), ("uninstall.sh", "")]]
            {
                let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
                let layout = sums.layout("tool.deb", &scripts.iter().map(owned).collect::<Vec<_>>());
                let zip = [layout.head.as_slice(), &bytes, &layout.tail].concat();
                assert_eq!(sums.zip_sha256(&layout.tail), Some(hex(&Sha256::digest(&zip))), "{length}");
            }
        }
    }

    #[test]
    fn sums_that_cannot_be_read_are_none() {
        let sums = Sums { size: 1, sha256: String::new(), crc32: 0, midway: "AAAA".to_owned() };
        assert_eq!(sums.zip_sha256(b""), None);
    }
}
