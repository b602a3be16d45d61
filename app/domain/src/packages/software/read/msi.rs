//! Windows Installer packages: a relational database in a compound file.

mod compound;

use super::source::Source;
use super::text::{invalid, line};
use crate::packages::software::{Architecture, Part, Software, SoftwareFault, SoftwareKind};
use ::msi::{Package, Select};
use std::collections::BTreeMap;
use std::io::{Read, Seek};

const PROPERTY: &str = "Property";

/// What the properties and the summary information may make the reader read, in bytes.
const DATABASE: u64 = 48 << 20;

pub fn read(source: &mut Source<impl Read + Seek>) -> Result<Software, SoftwareFault> {
    compound::check(source)?;
    source.allow(DATABASE);
    let mut package = Package::open(source).map_err(|_| SoftwareFault::Damaged(Part::CompoundFile))?;
    let properties = properties(&mut package)?;
    software(&package, &properties)
}

type Properties = BTreeMap<String, String>;

/// The properties that say what the product is.
fn properties(package: &mut Package<impl Read + Seek>) -> Result<Properties, SoftwareFault> {
    const NAMES: [&str; 5] = ["ProductName", "ProductVersion", "ProductCode", "UpgradeCode", "Manufacturer"];
    let table = package.get_table(PROPERTY).ok_or(SoftwareFault::Missing(Part::PropertyTable))?;
    if !(table.has_column("Property") && table.has_column("Value")) {
        return Err(SoftwareFault::Damaged(Part::PropertyTable));
    }
    let rows = package
        .select_rows(Select::table(PROPERTY).columns(&["Property", "Value"]))
        .map_err(|_| SoftwareFault::Damaged(Part::PropertyTable))?;
    let pairs = rows.filter_map(|row| {
        let name = row[0].as_str().filter(|name| NAMES.contains(name))?;
        Some((name.to_owned(), row[1].as_str()?.trim().to_owned()))
    });
    Ok(pairs.filter(|(_, value)| !value.is_empty()).collect())
}

fn software<F: Read + Seek>(
    package: &Package<F>,
    properties: &Properties,
) -> Result<Software, SoftwareFault> {
    let required = |name: &str| properties.get(name).ok_or_else(|| SoftwareFault::NoField(name.to_owned()));
    let summary = package.summary_info();
    // "x64;1033": platforms, then languages. Windows Installer 2 and later take one platform only.
    let native = summary.arch().unwrap_or_default();
    let architecture = Architecture::from_msi(native)
        .ok_or_else(|| SoftwareFault::Architecture(line(native).unwrap_or_default()))?;
    let name = required("ProductName")?;
    Ok(Software {
        kind: SoftwareKind::Msi,
        name: line(name).ok_or_else(|| invalid("ProductName", name))?,
        version: version(required("ProductVersion")?)?,
        release: None,
        epoch: None,
        architecture,
        native_architecture: if native.is_empty() { "Intel".to_owned() } else { native.to_owned() },
        publisher: properties.get("Manufacturer").and_then(|text| line(text)),
        dependencies: Vec::new(),
        product_code: Some(guid("ProductCode", required("ProductCode")?)?),
        upgrade_code: match properties.get("UpgradeCode") {
            Some(code) => Some(guid("UpgradeCode", code)?),
            None => None,
        },
        summary: summary.comments().or_else(|| summary.subject()).and_then(line),
        signed: package.has_digital_signature(),
    })
}

/// `major.minor.build`, with a fourth field that Windows Installer keeps and ignores.
fn version(text: &str) -> Result<String, SoftwareFault> {
    let number =
        |part: &str| (1..=10).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if (1..=4).contains(&text.split('.').count()) && text.split('.').all(number) {
        Ok(text.to_owned())
    } else {
        Err(invalid("ProductVersion", text))
    }
}

/// A GUID in braces, which Windows Installer wants in capitals.
fn guid(field: &str, text: &str) -> Result<String, SoftwareFault> {
    const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];
    let inner = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    let fits = inner.is_some_and(|inner| {
        inner.split('-').map(str::len).eq(GROUPS)
            && inner.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
    });
    if fits { Ok(text.to_ascii_uppercase()) } else { Err(invalid(field, text)) }
}

#[cfg(test)]
pub(super) mod tests;
