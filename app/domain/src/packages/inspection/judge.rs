//! What was found against the manifest as it is now: nothing that was found of another manifest or object counts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::problem::WINDOWS;
use super::{FileProblem, InspectedZip, Inspection, Place};
use crate::packages::manifest::compare::PresentFile;
use crate::packages::manifest::{Finding, Manifest, ManifestFile, Problem, Reading, Severity};
use crate::packages::scripts::Language;

/// What is to be said of a manifest and the zips that it names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What is wrong with the manifest, by itself.
    pub manifest: Vec<Finding>,
    /// The files that it names, by name.
    pub files: Vec<FileReport>,
    /// Zips that it does not name.
    pub unnamed: Vec<String>,
    /// Whether it has checksums that are known better.
    pub correctable: bool,
}

impl Report {
    /// How many errors there are, and how many warnings.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let manifest = self.manifest.iter().map(Finding::severity);
        let files = self.files.iter().flat_map(|file| &file.problems).map(FileProblem::severity);
        let (errors, warnings): (Vec<_>, Vec<_>) =
            manifest.chain(files).partition(|severity| *severity == Severity::Error);
        (errors.len(), warnings.len() + self.unnamed.len())
    }

    /// Whether files must be looked at before this says everything.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        let unseen =
            |problem: &FileProblem| matches!(problem, FileProblem::NotChecked | FileProblem::Changed);
        self.files.iter().any(|file| file.problems.iter().any(unseen))
    }
}

/// What is to be said of a file that the manifest names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileReport {
    /// Its name.
    pub name: String,
    /// Its size in bytes and its SHA-256, as far as it was looked at.
    pub size: Option<u64>,
    /// In lower-case hexadecimal.
    pub sha256: Option<String>,
    /// How many files are in it, and their bytes when unpacked.
    pub unpacked: Option<(u32, u64)>,
    /// What is wrong with it.
    pub problems: Vec<FileProblem>,
}

/// The report of a manifest. Without a place, objects count as what they were when they were looked at.
#[must_use]
pub fn judge(
    reading: &Reading,
    version_name: &str,
    inspection: Option<&Inspection>,
    place: Option<&Place>,
) -> Report {
    let mut manifest: Vec<_> =
        reading.findings.iter().filter(|finding| !is_checksum(finding, inspection)).cloned().collect();
    if !version_name.is_empty() {
        manifest.extend(reading.compare_version(version_name));
    }
    manifest.sort_by_key(|finding| finding.from);
    let Some(named) = &reading.manifest else {
        return Report { manifest, ..Report::default() };
    };
    let file = |(name, entry): (&String, &ManifestFile)| {
        let looked_at = inspection.and_then(|inspection| inspection.zip(name));
        report(named, name, entry, looked_at, place)
    };
    let unnamed = place.map(|place| {
        let names = place.zips().map(|zip| &zip.name);
        names.filter(|name| !named.files.contains_key(*name)).cloned().collect()
    });
    Report {
        manifest,
        files: named.files.iter().map(file).collect(),
        unnamed: unnamed.unwrap_or_default(),
        correctable: reading.with_checksums(&present(inspection, place)) != reading.text(),
    }
}

/// Whether it says of a file's checksum what the file's own report says better.
fn is_checksum(finding: &Finding, inspection: Option<&Inspection>) -> bool {
    let known =
        |file: &str| inspection.and_then(|inspection| inspection.zip(file)?.sha256.as_ref()).is_some();
    matches!(&finding.problem, Problem::Checksum { file } if known(file))
}

fn report(
    manifest: &Manifest,
    name: &str,
    entry: &ManifestFile,
    looked_at: Option<&InspectedZip>,
    place: Option<&Place>,
) -> FileReport {
    let found = place.map(|place| place.files.iter().find(|file| file.name == name));
    let mut report =
        FileReport { name: name.to_owned(), size: None, sha256: None, unpacked: None, problems: Vec::new() };
    let zip = match (found, looked_at) {
        (Some(None), _) => {
            report.problems.push(FileProblem::Absent);
            return report;
        }
        (Some(Some(found)), Some(zip)) if *found != zip.file => {
            report.size = Some(found.size);
            report.problems.push(FileProblem::Changed);
            return report;
        }
        (found, None) => {
            report.size = found.flatten().map(|found| found.size);
            report.problems.push(FileProblem::NotChecked);
            return report;
        }
        (_, Some(zip)) => zip,
    };
    report.size = Some(zip.file.size);
    report.sha256.clone_from(&zip.sha256);
    let contents = &zip.contents;
    report.unpacked = (contents.files > 0).then_some((contents.files, contents.unpacked));
    if let Some(actual) = zip.sha256.as_ref().filter(|actual| !actual.eq_ignore_ascii_case(&entry.sha256)) {
        let (expected, actual) = (entry.sha256.clone(), actual.clone());
        report.problems.push(FileProblem::HashDiffers { expected, actual });
    }
    if let Some(expected) = entry.size.filter(|size| *size != zip.file.size) {
        report.problems.push(FileProblem::SizeDiffers { expected, actual: zip.file.size });
    }
    report.problems.extend(wrong_languages(manifest, name, zip));
    let own = contents.problems.iter().map(|problem| FileProblem::Zip { problem: problem.clone() });
    report.problems.extend(own);
    report
}

/// Windows nodes run `.ps1` only; on Linux it needs PowerShell, which few have.
fn wrong_languages(manifest: &Manifest, name: &str, zip: &InspectedZip) -> Vec<FileProblem> {
    let mut problems = Vec::new();
    let for_file = |platform: &str| {
        let versions = manifest.packages.get(platform).into_iter().flatten();
        versions.flat_map(|(_, architectures)| architectures.values()).any(|file| file == name)
    };
    for platform in manifest.platforms().into_iter().filter(|platform| for_file(platform)) {
        let wrong = if platform == WINDOWS { Language::Sh } else { Language::PowerShell };
        for (action, _) in zip.contents.scripts.iter().filter(|(_, language)| *language == wrong) {
            problems.push(FileProblem::WrongLanguage { action: *action, platform: platform.to_owned() });
        }
    }
    problems
}

/// The zips that are there, for [`Reading::compare`] and [`Reading::with_checksums`]: with their checksums where they
/// were looked at and have not changed since.
#[must_use]
pub fn present(inspection: Option<&Inspection>, place: Option<&Place>) -> BTreeMap<String, PresentFile> {
    let known = |name: &str| inspection.and_then(|inspection| inspection.zip(name));
    match place {
        Some(place) => place
            .files
            .iter()
            .map(|found| {
                let zip = known(&found.name).filter(|zip| zip.file == *found);
                let sha256 = zip.and_then(|zip| zip.sha256.clone());
                (found.name.clone(), PresentFile { sha256, size: found.size })
            })
            .collect(),
        None => {
            let zips = inspection.map(|inspection| inspection.zips.iter()).unwrap_or_default();
            let present = |zip: &InspectedZip| {
                (zip.file.name.clone(), PresentFile { sha256: zip.sha256.clone(), size: zip.file.size })
            };
            zips.map(present).collect()
        }
    }
}

#[cfg(test)]
mod tests;
