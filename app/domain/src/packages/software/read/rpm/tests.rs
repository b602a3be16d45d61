use super::super::{ReadError, read};
use super::*;
use crate::packages::software::testing;
use ::rpm::{BuildConfig, CompressionType, Dependency, PackageBuilder};
use std::io::Cursor;

pub fn fixture() -> Vec<u8> {
    bytes(&mut builder("example-agent", "x86_64"))
}

fn builder(name: &str, architecture: &str) -> PackageBuilder {
    let mut builder =
        PackageBuilder::new(name, "2.4.1", "Apache-2.0", architecture, "reports what it measures");
    builder
        .using_config(BuildConfig::v4().compression(CompressionType::None).source_date(1_700_000_000))
        .release("3.el9")
        .vendor("Example")
        .requires(Dependency::greater_eq("glibc", "2.34"))
        .requires(Dependency::greater_eq("glibc", "2.34"))
        .requires(Dependency::any("/bin/sh"))
        .with_file_contents(vec![42; 2000], ::rpm::FileOptions::new("/usr/share/example/data"))
        .unwrap();
    builder
}

fn bytes(builder: &mut PackageBuilder) -> Vec<u8> {
    let mut file = Vec::new();
    builder.build().unwrap().write(&mut file).unwrap();
    file
}

fn read_rpm(file: Vec<u8>) -> Result<Software, SoftwareFault> {
    match read(Cursor::new(file)) {
        Ok(software) => Ok(software),
        Err(ReadError::Fault(fault)) => Err(fault),
        Err(ReadError::Io(error)) => panic!("{error}"),
    }
}

#[test]
fn metadata_are_read() {
    let expected =
        Software { dependencies: ["/bin/sh", "glibc >= 2.34"].map(String::from).into(), ..testing::rpm() };
    assert_eq!(read_rpm(fixture()), Ok(expected));
}

#[test]
fn both_versions_of_the_format_are_read() {
    let mut builder = builder("example-agent", "noarch");
    builder.using_config(BuildConfig::v6().source_date(1_700_000_000)).epoch(7);
    let software = read_rpm(bytes(&mut builder)).unwrap();
    assert_eq!(software.architecture, Architecture::Any);
    assert_eq!(software.full_version(), "7:2.4.1-3.el9");
    assert!(!software.signed);
}

#[test]
fn a_signature_is_noticed() {
    let mut file = fixture();
    assert!(!read_rpm(file.clone()).unwrap().signed);
    // The digest of the header becomes a signature by its tag. Whether one is right is the node's to check.
    let digest = (IndexSignatureTag::RPMSIGTAG_SHA256 as u32).to_be_bytes();
    let entry = file.windows(4).position(|bytes| bytes == digest).unwrap();
    file[entry..entry + 4].copy_from_slice(&(IndexSignatureTag::RPMSIGTAG_RSA as u32).to_be_bytes());
    assert!(read_rpm(file).unwrap().signed);
}

#[test]
fn architectures_without_nodes_are_refused() {
    let power = read_rpm(bytes(&mut builder("example-agent", "ppc64le")));
    assert_eq!(power, Err(SoftwareFault::Architecture("ppc64le".to_owned())));
    let arm = read_rpm(bytes(&mut builder("example-agent", "aarch64"))).unwrap();
    assert_eq!(arm.architecture, Architecture::Arm64);
    assert_eq!(arm.native_architecture, "aarch64");
}

#[test]
fn names_that_would_be_options_are_refused() {
    for name in ["--nodeps", "a b", "a;reboot", "$(reboot)"] {
        let innocent = "q".repeat(name.len());
        let mut file = bytes(&mut builder(&innocent, "x86_64"));
        while let Some(at) = file.windows(name.len()).position(|bytes| bytes == innocent.as_bytes()) {
            file[at..at + name.len()].copy_from_slice(name.as_bytes());
        }
        let fault = read_rpm(file);
        let expected = SoftwareFault::Field { field: "NAME".to_owned(), value: name.to_owned() };
        assert_eq!(fault, Err(expected));
    }
}

/// Where the header's index begins.
fn index(file: &[u8]) -> usize {
    let magic = [0x8E, 0xAD, 0xE8, 0x01];
    let begins = |from: usize| from + file[from..].windows(4).position(|bytes| bytes == magic).unwrap();
    begins(begins(96) + 4) + 16
}

#[test]
fn sizes_that_cannot_be_are_damage_before_memory_is_claimed() {
    let file = fixture();
    let index = index(&file);
    let with = |at: usize, number: u32| {
        let mut file = file.clone();
        file[at..at + 4].copy_from_slice(&number.to_be_bytes());
        read_rpm(file)
    };
    let too_large = Err(SoftwareFault::TooLarge { part: Part::Header, limit: 16 << 20 });
    assert_eq!(with(index - 8, u32::MAX), too_large, "tags");
    assert_eq!(with(index - 4, u32::MAX), too_large, "data");
    let damaged = Err(SoftwareFault::Damaged(Part::Header));
    // The second entry: tag, type, offset, count.
    assert_eq!(with(index + 16 + 4, 99), damaged, "type");
    assert_eq!(with(index + 16 + 8, u32::MAX), damaged, "offset");
    assert_eq!(with(index + 16 + 12, u32::MAX), damaged, "count");
}
