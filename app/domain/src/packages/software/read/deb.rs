//! Debian packages (deb(5), deb-control(5)).

mod archive;
mod compression;
mod control;

use super::source::Source;
use super::text::{invalid, line, word};
use crate::packages::software::{Architecture, Part, Software, SoftwareFault, SoftwareKind};
use archive::control_archive;
use control::Control;
use std::io::{Read, Seek};

/// How large the control archive may be, compressed or not, in bytes. Maintainer scripts of real packages are far
/// below; the lists of files of the largest ones have some MB.
const CONTROL_ARCHIVE: u64 = 16 << 20;

/// How large the file `control` may be, in bytes.
const CONTROL_FILE: u64 = 1 << 20;

pub fn read(source: &mut Source<impl Read + Seek>) -> Result<Software, SoftwareFault> {
    let member = control_archive(source)?;
    source.go(member.start);
    // Readers before the decompressor ask for more than they use.
    source.allow(CONTROL_ARCHIVE + (1 << 20));
    let compressed = source.by_ref().take(member.size);
    let archive = compression::open(&member.name, compressed)?;
    let text = control_file(archive)?;
    software(&Control::parse(&text)?)
}

/// The text of the file `control` in the unpacked archive.
fn control_file(archive: impl Read) -> Result<String, SoftwareFault> {
    let mut limited = archive.take(CONTROL_ARCHIVE);
    let found = find_control(&mut limited);
    if limited.limit() == 0 && found.is_err() {
        return Err(SoftwareFault::TooLarge { part: Part::ControlArchive, limit: CONTROL_ARCHIVE });
    }
    found
}

fn find_control(archive: impl Read) -> Result<String, SoftwareFault> {
    let damaged = |_| SoftwareFault::Damaged(Part::ControlArchive);
    let mut archive = tar::Archive::new(archive);
    for entry in archive.entries().map_err(damaged)? {
        let entry = entry.map_err(damaged)?;
        let path = entry.path_bytes();
        if !matches!(&*path, b"./control" | b"control") || !entry.header().entry_type().is_file() {
            continue;
        }
        drop(path);
        if entry.size() > CONTROL_FILE {
            return Err(SoftwareFault::TooLarge { part: Part::ControlFile, limit: CONTROL_FILE });
        }
        let mut text = Vec::new();
        entry.take(CONTROL_FILE).read_to_end(&mut text).map_err(damaged)?;
        // Policy wants UTF-8; the fields of old packages that are not are names of people.
        return Ok(String::from_utf8_lossy(&text).into_owned());
    }
    Err(SoftwareFault::Missing(Part::ControlFile))
}

fn software(control: &Control) -> Result<Software, SoftwareFault> {
    let required = |name: &str| control.get(name).ok_or_else(|| SoftwareFault::NoField(name.to_owned()));
    // Debian policy 5.6.1 and 5.6.12; dpkg itself takes capitals and underscores too.
    let name = word("Package", required("Package")?, "+-._")?;
    let full = word("Version", required("Version")?, ".+~-:_")?;
    let (epoch, version, release) = parse_version(&full).ok_or_else(|| invalid("Version", &full))?;
    let native = required("Architecture")?;
    let architecture = Architecture::from_deb(native)
        .ok_or_else(|| SoftwareFault::Architecture(line(native).unwrap_or_default()))?;
    Ok(Software {
        kind: SoftwareKind::Deb,
        name,
        version,
        release,
        epoch,
        architecture,
        native_architecture: native.to_owned(),
        publisher: control.get("Maintainer").and_then(line),
        dependencies: dependencies(control),
        product_code: None,
        upgrade_code: None,
        summary: control.get("Description").and_then(line),
        signed: false,
    })
}

/// `[epoch:]upstream[-revision]`: the revision is what follows the last hyphen.
fn parse_version(full: &str) -> Option<(Option<u32>, String, Option<String>)> {
    let (epoch, rest) = match full.split_once(':') {
        Some((epoch, rest)) => (Some(epoch.parse().ok()?), rest),
        None => (None, full),
    };
    let (version, release) = match rest.rsplit_once('-') {
        Some((version, release)) => (version, Some(release.to_owned())),
        None => (rest, None),
    };
    let empty = version.is_empty() || release.as_ref().is_some_and(String::is_empty);
    (!empty).then(|| (epoch, version.to_owned(), release))
}

fn dependencies(control: &Control) -> Vec<String> {
    let fields = ["Pre-Depends", "Depends"].into_iter().filter_map(|name| control.get(name));
    let all: Vec<String> = fields.map(|field| field.replace('\n', " ")).collect();
    let each = all.iter().flat_map(|field| field.split(','));
    each.filter_map(line).take(Software::DEPENDENCIES).collect()
}

#[cfg(test)]
pub(super) mod tests;
