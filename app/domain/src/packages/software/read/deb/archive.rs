//! The `ar` archive around a Debian package.
//!
//! deb(5) allows a small part of what `ar` can do, and in one order. dpkg reads just that, and so does this: general
//! readers follow name tables whose size the file claims.

use super::{CONTROL_ARCHIVE, Source};
use crate::packages::software::{Part, SoftwareFault};
use std::io::{Read, Seek};

const MAGIC: u64 = 8;
const HEADER: usize = 60;

/// How many members that begin with an underscore dpkg skips is not said; no tool writes any.
const SKIPPED: usize = 16;

/// A file in the archive.
pub struct Member {
    pub name: String,
    /// Where its content begins, in bytes from the file's beginning.
    pub start: u64,
    /// The length of its content, in bytes.
    pub size: u64,
}

impl Member {
    /// Contents begin at even places.
    const fn next(&self) -> u64 {
        self.start + self.size + self.size % 2
    }
}

/// Finds the control archive, with the members before and after it in the order of the format.
pub fn control_archive(source: &mut Source<impl Read + Seek>) -> Result<Member, SoftwareFault> {
    let version = expect(source, MAGIC, Part::FormatVersion)?;
    if version.name != "debian-binary" {
        return Err(SoftwareFault::Missing(Part::FormatVersion));
    }
    check_version(source, &version)?;
    let mut control = expect(source, version.next(), Part::ControlArchive)?;
    for _ in 0..SKIPPED {
        if !control.name.starts_with('_') {
            break;
        }
        control = expect(source, control.next(), Part::ControlArchive)?;
    }
    if !control.name.starts_with("control.tar") {
        return Err(SoftwareFault::Missing(Part::ControlArchive));
    }
    if control.size > CONTROL_ARCHIVE {
        return Err(SoftwareFault::TooLarge { part: Part::ControlArchive, limit: CONTROL_ARCHIVE });
    }
    let data = expect(source, control.next(), Part::DataArchive)?;
    if data.name.starts_with("data.tar") {
        Ok(control)
    } else {
        Err(SoftwareFault::Missing(Part::DataArchive))
    }
}

/// The format's version is `2.` and a number.
fn check_version(source: &mut Source<impl Read + Seek>, member: &Member) -> Result<(), SoftwareFault> {
    let mut text = [0; 2];
    source.go(member.start);
    if member.size < 4 || source.read_exact(&mut text).is_err() || text != *b"2." {
        return Err(SoftwareFault::Damaged(Part::FormatVersion));
    }
    Ok(())
}

/// The member whose header stands there, if it is all in the file.
fn expect(source: &mut Source<impl Read + Seek>, position: u64, part: Part) -> Result<Member, SoftwareFault> {
    let actual = source.len();
    if position >= actual {
        let ends_there = position == actual;
        return Err(if ends_there {
            SoftwareFault::Missing(part)
        } else {
            SoftwareFault::Truncated { expected: position, actual }
        });
    }
    let start = position + HEADER as u64;
    if start > actual {
        return Err(SoftwareFault::Truncated { expected: start, actual });
    }
    source.go(position);
    let mut header = [0; HEADER];
    source.read_exact(&mut header).map_err(|_| SoftwareFault::Damaged(Part::Archive))?;
    let (name, size) = parse(&header).ok_or(SoftwareFault::Damaged(Part::Archive))?;
    let expected = start + size;
    if expected > actual {
        return Err(SoftwareFault::Truncated { expected, actual });
    }
    Ok(Member { name, start, size })
}

/// Name and size: 16 and 10 characters, filled up with spaces. Some tools end the name with a slash.
fn parse(header: &[u8; HEADER]) -> Option<(String, u64)> {
    let text = std::str::from_utf8(header).ok().filter(|text| text.is_ascii())?;
    if !text.ends_with("`\n") {
        return None;
    }
    let name = text.get(..16)?.trim_end();
    let size = text.get(48..58)?.trim_end().parse().ok()?;
    Some((name.strip_suffix('/').unwrap_or(name).to_owned(), size))
}
