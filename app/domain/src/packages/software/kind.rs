//! Telling what a file is by its content: its name may be wrong.

use super::SoftwareFault;
use serde::{Deserialize, Serialize};

/// How much of a file's beginning tells its kind, in bytes.
pub const HEAD: usize = 512;

/// A kind of software file that Distributor's simple way takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SoftwareKind {
    /// Debian binary package (deb(5), format 2.x).
    Deb,
    /// RPM package, version 3 or later.
    Rpm,
    /// Windows Installer package.
    Msi,
}

/// What a file is that is no software package of these kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OtherFormat {
    /// Windows program (`MZ`), often a setup program.
    Exe,
    /// macOS package (`xar!`).
    Pkg,
    /// gzip, as in `.tar.gz`.
    Gzip,
    /// xz.
    Xz,
    /// bzip2.
    Bzip2,
    /// Zstandard.
    Zstd,
    /// tar, not compressed.
    Tar,
    /// zip; also `.jar`, `.msix`, `.nupkg`, `.whl`.
    Zip,
    /// 7-Zip.
    SevenZip,
    /// RAR.
    Rar,
    /// Windows cabinet.
    Cabinet,
    /// Program or library for Linux (ELF); also `AppImage`.
    Elf,
    /// Static library: an `ar` archive that is no Debian package.
    StaticLibrary,
    /// A script with a shebang; also self-extracting `.run` files.
    Script,
    /// A web page: what a download saves when the server answered with an error or asked to sign in.
    Html,
    /// Delta RPM.
    DeltaRpm,
    /// Debian package of the format that ended in 1995.
    OldDeb,
}

/// The beginnings, longest first where one begins another.
const BEGINNINGS: &[(&[u8], OtherFormat)] = &[
    (b"!<arch>\n", OtherFormat::StaticLibrary),
    (b"xar!", OtherFormat::Pkg),
    (b"PK\x03\x04", OtherFormat::Zip),
    (b"PK\x05\x06", OtherFormat::Zip),
    (b"7z\xBC\xAF\x27\x1C", OtherFormat::SevenZip),
    (b"Rar!\x1A\x07", OtherFormat::Rar),
    (b"MSCF", OtherFormat::Cabinet),
    (b"\xFD7zXZ\0", OtherFormat::Xz),
    (b"\x28\xB5\x2F\xFD", OtherFormat::Zstd),
    (b"\x7FELF", OtherFormat::Elf),
    (b"drpm", OtherFormat::DeltaRpm),
    (b"0.93", OtherFormat::OldDeb),
    (b"BZh", OtherFormat::Bzip2),
    (b"\x1F\x8B", OtherFormat::Gzip),
    (b"#!", OtherFormat::Script),
    (b"MZ", OtherFormat::Exe),
];

impl SoftwareKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Deb, Self::Rpm, Self::Msi];

    /// The usual end of such a file's name, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Deb => "deb",
            Self::Rpm => "rpm",
            Self::Msi => "msi",
        }
    }

    /// Whether it is for Windows: its scripts are PowerShell then.
    #[must_use]
    pub const fn is_windows(self) -> bool {
        matches!(self, Self::Msi)
    }

    /// The kind of a file that begins so. Of every compound file one says [`SoftwareKind::Msi`]: what it holds tells
    /// whether it is one.
    ///
    /// # Errors
    /// What it is instead, as far as its first [`HEAD`] bytes say.
    pub fn recognise(head: &[u8]) -> Result<Self, SoftwareFault> {
        if head.is_empty() {
            return Err(SoftwareFault::Empty);
        }
        if head.starts_with(b"!<arch>\ndebian-binary") {
            return Ok(Self::Deb);
        }
        if head.starts_with(&[0xED, 0xAB, 0xEE, 0xDB]) {
            return Ok(Self::Rpm);
        }
        if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            return Ok(Self::Msi);
        }
        Err(other(head).map_or(SoftwareFault::Unknown, SoftwareFault::Other))
    }
}

fn other(head: &[u8]) -> Option<OtherFormat> {
    let begun = BEGINNINGS.iter().find(|(beginning, _)| head.starts_with(beginning));
    if let Some((_, format)) = begun {
        return Some(*format);
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some(OtherFormat::Tar);
    }
    let text = head.trim_ascii_start();
    let html = [&b"<!doctype html"[..], b"<html", b"<?xml"]
        .iter()
        .any(|tag| text.get(..tag.len()).is_some_and(|begun| begun.eq_ignore_ascii_case(tag)));
    html.then_some(OtherFormat::Html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_tells_the_kind() {
        let recognise = SoftwareKind::recognise;
        assert_eq!(recognise(b"!<arch>\ndebian-binary   "), Ok(SoftwareKind::Deb));
        assert_eq!(recognise(b"\xED\xAB\xEE\xDB\x03\x00"), Ok(SoftwareKind::Rpm));
        assert_eq!(recognise(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), Ok(SoftwareKind::Msi));
    }

    #[test]
    fn a_wrong_file_is_called_by_its_name() {
        let other = |head: &[u8]| match SoftwareKind::recognise(head) {
            Err(SoftwareFault::Other(format)) => format,
            answer => panic!("{answer:?}"),
        };
        assert_eq!(other(b"MZ\x90\x00"), OtherFormat::Exe);
        assert_eq!(other(b"xar!\x00"), OtherFormat::Pkg);
        assert_eq!(other(b"\x1F\x8B\x08"), OtherFormat::Gzip);
        assert_eq!(other(b"PK\x03\x04"), OtherFormat::Zip);
        assert_eq!(other(b"!<arch>\nlib.o/"), OtherFormat::StaticLibrary);
        assert_eq!(other(b"\n <!DOCTYPE HTML><title>403"), OtherFormat::Html);
        let mut tar = [0; HEAD];
        tar[257..262].copy_from_slice(b"ustar");
        assert_eq!(other(&tar), OtherFormat::Tar);
    }

    #[test]
    fn what_nothing_tells_is_unknown() {
        assert_eq!(SoftwareKind::recognise(b""), Err(SoftwareFault::Empty));
        assert_eq!(SoftwareKind::recognise(b"hello"), Err(SoftwareFault::Unknown));
    }
}
