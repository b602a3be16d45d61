use super::super::{ReadError, read};
use super::*;
use crate::packages::software::testing;
use ::msi::{Column, Insert, PackageType, Value};
use std::io::{Cursor, Write};

const PROPERTIES: [(&str, &str); 5] = [
    ("Manufacturer", "Example"),
    ("ProductCode", "{0e8f2b7a-6b0f-4c3b-9d4b-1c1e6a3c5d11}"),
    ("ProductName", "Example Agent"),
    ("ProductVersion", "2.4.1"),
    ("UpgradeCode", "{7B1E0B53-2F39-4B2C-8C70-61D1F4F1B0A2}"),
];

pub fn fixture() -> Vec<u8> {
    package("x64", &PROPERTIES)
}

fn package(architecture: &str, properties: &[(&str, &str)]) -> Vec<u8> {
    let mut package = Package::create(PackageType::Installer, Cursor::new(Vec::new())).unwrap();
    package.summary_info_mut().set_arch(architecture);
    package.summary_info_mut().set_comments("reports what it measures");
    let columns = vec![
        Column::build("Property").primary_key().id_string(72),
        Column::build("Value").nullable().text_string(0),
    ];
    package.create_table("Property", columns).unwrap();
    let rows = properties.iter().map(|(name, value)| vec![Value::from(*name), Value::from(*value)]);
    package.insert_rows(Insert::into("Property").rows(rows.collect())).unwrap();
    package.write_stream("product.cab").unwrap().write_all(&[42; 20_000]).unwrap();
    package.into_inner().unwrap().into_inner()
}

fn with(name: &str, value: &str) -> Result<Software, SoftwareFault> {
    let properties = PROPERTIES.map(|(property, old)| (property, if property == name { value } else { old }));
    let kept: Vec<_> = properties.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    read_msi(package("x64", &kept))
}

fn read_msi(file: Vec<u8>) -> Result<Software, SoftwareFault> {
    match read(Cursor::new(file)) {
        Ok(software) => Ok(software),
        Err(ReadError::Fault(fault)) => Err(fault),
        Err(ReadError::Io(error)) => panic!("{error}"),
    }
}

#[test]
fn properties_are_read() {
    assert_eq!(read_msi(fixture()), Ok(testing::msi()));
}

#[test]
fn the_template_tells_the_architecture() {
    let of = |name: &str| read_msi(package(name, &PROPERTIES)).map(|software| software.architecture);
    assert_eq!(of("Intel"), Ok(Architecture::I386));
    assert_eq!(of(""), Ok(Architecture::I386));
    assert_eq!(of("Arm64"), Ok(Architecture::Arm64));
    assert_eq!(of("Intel64"), Err(SoftwareFault::Architecture("Intel64".to_owned())));
}

#[test]
fn fields_that_cannot_be_are_named() {
    assert_eq!(with("ProductName", ""), Err(SoftwareFault::NoField("ProductName".to_owned())));
    assert_eq!(with("ProductCode", ""), Err(SoftwareFault::NoField("ProductCode".to_owned())));
    for (field, value) in [
        ("ProductVersion", "one"),
        ("ProductVersion", "1.2.3.4.5"),
        ("ProductCode", "{0E8F2B7A}"),
        ("ProductCode", "{0E8F2B7A-6B0F-4C3B-9D4B-1C1E6A3C5D1'}"),
        ("UpgradeCode", "; Remove-Item"),
    ] {
        let fault = SoftwareFault::Field { field: field.to_owned(), value: value.to_owned() };
        assert_eq!(with(field, value), Err(fault));
    }
    assert_eq!(with("UpgradeCode", "").unwrap().upgrade_code, None);
    assert_eq!(with("ProductName", "計測エージェント").unwrap().name, "計測エージェント");
}

#[test]
fn other_compound_files_are_told_apart() {
    let empty = |kind| {
        let package = Package::create(kind, Cursor::new(Vec::new())).unwrap();
        package.into_inner().unwrap().into_inner()
    };
    assert_eq!(read_msi(empty(PackageType::Patch)), Err(SoftwareFault::Patch));
    assert_eq!(read_msi(empty(PackageType::Transform)), Err(SoftwareFault::Transform));
    assert_eq!(read_msi(empty(PackageType::Installer)), Err(SoftwareFault::Missing(Part::PropertyTable)));
    let mut document = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    document.create_stream("WordDocument").unwrap().write_all(b"words").unwrap();
    let document = document.into_inner().into_inner();
    assert_eq!(read_msi(document), Err(SoftwareFault::OtherCompoundFile));
}

#[test]
fn a_string_longer_than_all_strings_is_damage_before_memory_is_claimed() {
    let mut file = cfb::CompoundFile::open(Cursor::new(fixture())).unwrap();
    // _StringPool, as Windows Installer packs it.
    let mut pool = file.open_stream("\u{4840}\u{3f3f}\u{4577}\u{446c}\u{3e6a}\u{44b2}\u{482f}").unwrap();
    pool.set_len(4).unwrap();
    pool.seek(std::io::SeekFrom::End(0)).unwrap();
    pool.write_all(&[0, 0, 1, 0, 0xFF, 0xFF, 0xFF, 0xFF]).unwrap();
    pool.flush().unwrap();
    drop(pool);
    let file = file.into_inner().into_inner();
    assert_eq!(read_msi(file), Err(SoftwareFault::Damaged(Part::StringPool)));
}
