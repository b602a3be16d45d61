//! RPM packages (RPM package format, versions 3 to 6).

mod shape;

use super::source::Source;
use super::text::{line, word};
use crate::packages::software::{Architecture, Part, Software, SoftwareFault, SoftwareKind};
use ::rpm::{IndexSignatureTag, IndexTag, PackageMetadata};
use std::io::{BufReader, Read, Seek};

/// The signatures over a header that rpm has known: RSA and DSA over the header, PGP and GPG over it and the payload,
/// and `OpenPGP` of any kind.
const SIGNATURES: [IndexSignatureTag; 5] = [
    IndexSignatureTag::RPMSIGTAG_RSA,
    IndexSignatureTag::RPMSIGTAG_DSA,
    IndexSignatureTag::RPMSIGTAG_PGP,
    IndexSignatureTag::RPMSIGTAG_GPG,
    IndexSignatureTag::RPMSIGTAG_OPENPGP,
];

pub fn read(source: &mut Source<impl Read + Seek>) -> Result<Software, SoftwareFault> {
    let shape = shape::check(source)?;
    source.go(0);
    source.allow(shape.payload + (1 << 16));
    let metadata = PackageMetadata::parse(&mut BufReader::new(&mut *source))
        .map_err(|_| SoftwareFault::Damaged(Part::Header))?;
    check_length(&metadata, &shape, source.len())?;
    software(&metadata)
}

/// The signature header says how long header and payload are. Version 6 of the format leaves that out.
fn check_length(metadata: &PackageMetadata, shape: &shape::Shape, actual: u64) -> Result<(), SoftwareFault> {
    let signature = &metadata.signature;
    let short = || signature.get_entry_data_as_u32(IndexSignatureTag::RPMSIGTAG_SIZE).map(u64::from);
    let size = signature.get_entry_data_as_u64(IndexSignatureTag::RPMSIGTAG_LONGSIZE).or_else(|_| short());
    let expected = match size {
        Ok(size) => shape.header.saturating_add(size),
        // Even a package without files has an archive that says so.
        Err(_) => shape.payload + 1,
    };
    if expected > actual { Err(SoftwareFault::Truncated { expected, actual }) } else { Ok(()) }
}

fn software(metadata: &PackageMetadata) -> Result<Software, SoftwareFault> {
    if metadata.is_source_package() {
        return Err(SoftwareFault::SourcePackage);
    }
    let text = |tag: IndexTag| metadata.header.get_entry_data_as_string(tag).unwrap_or_default();
    let system = text(IndexTag::RPMTAG_OS);
    if !system.is_empty() && !system.eq_ignore_ascii_case("linux") {
        return Err(SoftwareFault::OperatingSystem(line(system).unwrap_or_default()));
    }
    let native = text(IndexTag::RPMTAG_ARCH);
    if native.is_empty() {
        return Err(SoftwareFault::NoField("ARCH".to_owned()));
    }
    let architecture = Architecture::from_rpm(native)
        .ok_or_else(|| SoftwareFault::Architecture(line(native).unwrap_or_default()))?;
    let publisher = metadata.get_vendor().ok().and_then(line);
    Ok(Software {
        kind: SoftwareKind::Rpm,
        // As rpmbuild checks them.
        name: word("NAME", text(IndexTag::RPMTAG_NAME), "-._+")?,
        version: word("VERSION", text(IndexTag::RPMTAG_VERSION), "._+~^")?,
        release: Some(word("RELEASE", text(IndexTag::RPMTAG_RELEASE), "._+~^")?),
        epoch: metadata.get_epoch().ok(),
        architecture,
        native_architecture: native.to_owned(),
        publisher: publisher.or_else(|| metadata.get_packager().ok().and_then(line)),
        dependencies: dependencies(metadata),
        product_code: None,
        upgrade_code: None,
        summary: metadata.get_summary().ok().and_then(line),
        signed: SIGNATURES.into_iter().any(|tag| metadata.signature.entry_is_present(tag)),
    })
}

/// Without what rpm asks of itself.
fn dependencies(metadata: &PackageMetadata) -> Vec<String> {
    let mut dependencies = Vec::new();
    for dependency in metadata.get_requires().unwrap_or_default() {
        if dependency.name.starts_with("rpmlib(") || dependencies.len() == Software::DEPENDENCIES {
            continue;
        }
        if let Some(text) = line(&dependency.to_string()).filter(|text| !dependencies.contains(text)) {
            dependencies.push(text);
        }
    }
    dependencies
}

#[cfg(test)]
pub(super) mod tests;
