//! The nodes that a software file is probably for.

use super::{Architecture, Software, SoftwareKind};
use crate::packages::platform::{Target, is_supported};

/// Ubuntu's releases by name. A package that is built for one of them often carries it in its version.
const UBUNTU: &[(&str, &str)] = &[
    ("trusty", "14.04"),
    ("xenial", "16.04"),
    ("bionic", "18.04"),
    ("focal", "20.04"),
    ("jammy", "22.04"),
    ("noble", "24.04"),
];

/// Debian's releases by name.
const DEBIAN: &[(&str, &str)] =
    &[("stretch", "9"), ("buster", "10"), ("bullseye", "11"), ("bookworm", "12"), ("trixie", "13")];

/// The platforms that install RPMs, for one that does not say which it was built for.
const RPM: &[&str] =
    &["almalinux", "amazon", "opensuse", "opensuseleap", "oracle", "redhat", "rocky", "suse"];

/// The platforms of one release of Red Hat Enterprise Linux.
const EL: &[&str] = &["almalinux", "oracle", "redhat", "rocky"];

/// Where the file is probably for, from its metadata and its name. A person confirms or changes it.
///
/// Of several platforms only those are suggested on which Distributor supports the architecture, if there are any.
#[must_use]
pub fn suggested_targets(software: &Software, file_name: &str) -> Vec<Target> {
    let hints = format!("{} {file_name}", software.full_version()).to_ascii_lowercase();
    let words: Vec<&str> = hints.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').collect();
    let places = match software.kind {
        SoftwareKind::Deb => deb(&words),
        SoftwareKind::Rpm => rpm(&words, software),
        SoftwareKind::Msi => vec![("windows", "_any".to_owned())],
    };
    // 64-bit Windows installs 32-bit packages, and 32-bit Windows has no other place to be named.
    let architecture = match (software.kind, software.architecture) {
        (SoftwareKind::Msi, Architecture::I386) => Architecture::Any,
        (_, architecture) => architecture,
    };
    let supported = |(platform, _): &&Place| is_supported(platform, architecture.key());
    let kept: Vec<_> = places.iter().filter(supported).collect();
    let kept = if kept.is_empty() { places.iter().collect() } else { kept };
    kept.into_iter().map(|(platform, version)| Target::new(platform, version, architecture.key())).collect()
}

type Place = (&'static str, String);

fn everywhere(platforms: &[&'static str], version: &str) -> Vec<Place> {
    platforms.iter().map(|platform| (*platform, version.to_owned())).collect()
}

fn deb(words: &[&str]) -> Vec<Place> {
    let named = |releases: &[(&str, &str)]| {
        let found = releases.iter().find(|(name, _)| words.iter().any(|word| begins_with(word, name)));
        found.map(|(_, version)| (*version).to_owned())
    };
    if let Some(version) = named(UBUNTU).or_else(|| words.iter().find_map(|word| ubuntu_version(word))) {
        return vec![("ubuntu", version)];
    }
    if let Some(version) = named(DEBIAN).or_else(|| words.iter().find_map(|word| debian_version(word))) {
        return vec![("debian", version)];
    }
    everywhere(&["debian", "ubuntu"], "_any")
}

/// Whether the word is the name, or the name with a number behind it: `jammy1`.
fn begins_with(word: &str, name: &str) -> bool {
    let rest = word.split('.').find_map(|part| part.strip_prefix(name));
    rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `22.04` in `ubuntu22.04`, `ubuntu22.04.1` and `1ubuntu22.04`, but nothing in Ubuntu's own revisions (`3ubuntu2.1`).
fn ubuntu_version(word: &str) -> Option<String> {
    let (_, version) = word.split_once("ubuntu")?;
    let mut parts = version.split('.');
    let (year, month) = (parts.next()?, parts.next()?);
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    (two_digits(year) && matches!(month, "04" | "10")).then(|| format!("{year}.{month}"))
}

/// `12` in `deb12u1` and `debian12`.
fn debian_version(word: &str) -> Option<String> {
    let version =
        word.split('.').find_map(|part| part.strip_prefix("debian").or(part.strip_prefix("deb")))?;
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty() && digits.len() <= 2).then_some(digits)
}

fn rpm(words: &[&str], software: &Software) -> Vec<Place> {
    let tags = words.iter().flat_map(|word| word.split('.'));
    if let Some(places) = tags.clone().find_map(dist_tag) {
        return places;
    }
    let vendor = software.publisher.as_deref().unwrap_or_default().to_ascii_lowercase();
    if vendor.starts_with("suse") || tags.clone().any(|tag| tag == "suse") {
        return everywhere(&["suse"], "_any");
    }
    if vendor.contains("opensuse") || tags.clone().any(|tag| tag == "opensuse") {
        return everywhere(&["opensuse", "opensuseleap"], "_any");
    }
    everywhere(RPM, "_any")
}

/// The places of a dist tag, which packagers put at the end of the release.
fn dist_tag(tag: &str) -> Option<Vec<Place>> {
    let digits = |text: &str| {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then_some(digits)
    };
    if let Some(version) = tag.strip_prefix("amzn").and_then(digits) {
        // Amazon Linux 1 has versions such as 2018.03.
        let version = if version == "1" { "2018.*".to_owned() } else { format!("{version}.*") };
        return Some(vec![("amazon", version)]);
    }
    if let Some(version) = tag.strip_prefix("rhel").or(tag.strip_prefix("el")).and_then(digits) {
        return Some(everywhere(EL, &format!("{version}.*")));
    }
    if let Some(version) = tag.strip_prefix("sles").or(tag.strip_prefix("sle")).and_then(digits) {
        return Some(vec![("suse", format!("{version}.*"))]);
    }
    // openSUSE Leap: lp155 is 15.5.
    if let Some(version) = tag.strip_prefix("lp").filter(|version| version.len() == 3).and_then(digits) {
        let (major, minor) = version.split_at_checked(2)?;
        return Some(vec![("opensuseleap", format!("{major}.{minor}"))]);
    }
    let fedora = tag.strip_prefix("fc").and_then(digits)?;
    Some(vec![("fedora", fedora)])
}

#[cfg(test)]
mod tests;
