use super::super::{ReadError, read};
use super::*;
use flate2::write::GzEncoder;
use lzma_rust2::{XzOptions, XzWriter};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::io::{Cursor, Write};
use std::process::Command;

pub const CONTROL: &str = "Package: example-agent\n\
    Version: 1:2.4.1-3\n\
    Architecture: amd64\n\
    Maintainer: Example <packages@example.com>\n\
    Pre-Depends: dpkg (>= 1.15)\n\
    Depends: libc6 (>= 2.31),\n adduser | user-tools\n\
    Description: reports what it measures\n Every minute.\n";

pub fn fixture() -> Vec<u8> {
    package("control.tar.gz", &gzip(&control_tar(CONTROL)))
}

fn control_tar(control: &str) -> Vec<u8> {
    tar(&[("./md5sums", b""), ("./control", control.as_bytes())])
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (path, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, *content).unwrap();
    }
    archive.into_inner().unwrap()
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn xz(content: &[u8]) -> Vec<u8> {
    let mut writer = XzWriter::new(Vec::new(), XzOptions::with_preset(0)).unwrap();
    writer.write_all(content).unwrap();
    writer.finish().unwrap()
}

fn ar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = b"!<arch>\n".to_vec();
    for (name, content) in members {
        let size = content.len();
        writeln!(file, "{name:<16}{:<12}{:<6}{:<6}{:<8}{size:<10}`", 0, 0, 0, 100_644).unwrap();
        file.extend_from_slice(content);
        file.resize(file.len().next_multiple_of(2), b'\n');
    }
    file
}

fn package(control_name: &str, control: &[u8]) -> Vec<u8> {
    ar(&[("debian-binary", b"2.0\n"), (control_name, control), ("data.tar", &[0; 1024])])
}

fn with_control(control: &str) -> Result<Software, SoftwareFault> {
    read_deb(package("control.tar", &control_tar(control)))
}

fn read_deb(file: Vec<u8>) -> Result<Software, SoftwareFault> {
    match read(Cursor::new(file)) {
        Ok(software) => Ok(software),
        Err(ReadError::Fault(fault)) => Err(fault),
        Err(ReadError::Io(error)) => panic!("{error}"),
    }
}

fn expected() -> Software {
    Software {
        dependencies: ["dpkg (>= 1.15)", "libc6 (>= 2.31)", "adduser | user-tools"].map(String::from).into(),
        ..crate::packages::software::testing::deb()
    }
}

#[test]
fn metadata_are_read_whatever_compresses_them() {
    let tar = control_tar(CONTROL);
    for (name, control) in [
        ("control.tar", tar.clone()),
        ("control.tar.gz", gzip(&tar)),
        ("control.tar.gz/", gzip(&tar)),
        ("control.tar.xz", xz(&tar)),
        ("control.tar.zst", compress_to_vec(&*tar, CompressionLevel::Fastest)),
    ] {
        assert_eq!(read_deb(package(name, &control)), Ok(expected()), "{name}");
    }
}

#[test]
fn what_dpkg_deb_builds_is_read() {
    if Command::new("dpkg-deb").arg("--version").output().is_err() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root");
    std::fs::create_dir_all(root.join("DEBIAN")).unwrap();
    std::fs::create_dir_all(root.join("usr/share/example")).unwrap();
    std::fs::write(root.join("DEBIAN/control"), CONTROL).unwrap();
    std::fs::write(root.join("usr/share/example/data"), vec![42; 100_000]).unwrap();
    for compression in ["none", "gzip", "xz", "zstd"] {
        let file = folder.path().join(format!("{compression}.deb"));
        let built = Command::new("dpkg-deb")
            .args([&format!("-Z{compression}"), "--root-owner-group", "--build"])
            .args([&root, &file])
            .output()
            .unwrap();
        // An older dpkg has no Zstandard.
        if compression == "zstd" && !built.status.success() {
            continue;
        }
        assert!(built.status.success(), "{built:?}");
        let software = read(std::fs::File::open(&file).unwrap()).unwrap();
        assert_eq!(software, expected(), "{compression}");
    }
}

#[test]
fn versions_have_epoch_and_revision_or_not() {
    let version = |text: &str| {
        let software = with_control(&CONTROL.replace("1:2.4.1-3", text))?;
        Ok((software.epoch, software.version, software.release))
    };
    assert_eq!(version("2.4"), Ok((None, "2.4".to_owned(), None)));
    assert_eq!(version("2.4-rc-1"), Ok((None, "2.4-rc".to_owned(), Some("1".to_owned()))));
    for invalid in ["x:1", "1:", "1-", "1.0 beta", "-1", "1;reboot"] {
        let fault: Result<(Option<u32>, String, Option<String>), _> = version(invalid);
        assert!(matches!(fault, Err(SoftwareFault::Field { .. })), "{invalid}: {fault:?}");
    }
}

#[test]
fn fields_that_cannot_be_are_named() {
    let field = |name: &str| SoftwareFault::NoField(name.to_owned());
    assert_eq!(with_control("Version: 1\nArchitecture: all\n"), Err(field("Package")));
    assert_eq!(with_control("Package: a\nArchitecture: all\n"), Err(field("Version")));
    assert_eq!(with_control("Package: a\nVersion: 1\n"), Err(field("Architecture")));
    let power = CONTROL.replace("amd64", "ppc64el");
    assert_eq!(with_control(&power), Err(SoftwareFault::Architecture("ppc64el".to_owned())));
    let option = CONTROL.replace("example-agent", "--force-all");
    assert!(matches!(with_control(&option), Err(SoftwareFault::Field { .. })));
}

#[test]
fn missing_parts_are_named() {
    let version: (&str, &[u8]) = ("debian-binary", b"2.0\n");
    let tar = control_tar(CONTROL);
    let missing = |part| Err(SoftwareFault::Missing(part));
    assert_eq!(read_deb(ar(&[version])), missing(Part::ControlArchive));
    assert_eq!(read_deb(ar(&[version, ("data.tar", b"")])), missing(Part::ControlArchive));
    assert_eq!(read_deb(ar(&[version, ("control.tar", &tar)])), missing(Part::DataArchive));
    let other = tar_of_other_files();
    assert_eq!(read_deb(package("control.tar", &other)), missing(Part::ControlFile));
    assert_eq!(
        read_deb(ar(&[("debian-binary", b"3.0\n")])),
        Err(SoftwareFault::Damaged(Part::FormatVersion))
    );
    assert_eq!(
        read_deb(package("control.tar.bz2", b"BZh9")),
        Err(SoftwareFault::Compression("control.tar.bz2".to_owned()))
    );
}

fn tar_of_other_files() -> Vec<u8> {
    tar(&[("./postinst", b"#!/bin/sh\n"), ("./sub/control", b"Package: hidden\n")])
}

#[test]
fn bombs_are_refused_before_they_fill_the_memory() {
    let zeros = vec![0; 17 << 20];
    let header = tar(&[("./big", b"")]);
    // One file that claims to be as large as what follows, and nothing else.
    let mut bomb = header[..512].to_vec();
    bomb[124..136].copy_from_slice(b"00104000000\0");
    bomb[148..156].copy_from_slice(b"        ");
    let sum: u32 = bomb.iter().map(|byte| u32::from(*byte)).sum();
    bomb[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    bomb.extend_from_slice(&zeros);
    let limit = CONTROL_ARCHIVE;
    let too_large = Err(SoftwareFault::TooLarge { part: Part::ControlArchive, limit });
    assert_eq!(read_deb(package("control.tar.gz", &gzip(&bomb))), too_large);
    assert_eq!(read_deb(package("control.tar.xz", &xz(&bomb))), too_large);
    assert_eq!(read_deb(package("control.tar", &vec![0; (16 << 20) + 1])), too_large);
    let large = with_control(&format!("{CONTROL}X-Filler: {}\n", "x".repeat(2 << 20)));
    assert_eq!(large, Err(SoftwareFault::TooLarge { part: Part::ControlFile, limit: CONTROL_FILE }));
}
