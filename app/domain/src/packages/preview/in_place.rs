//! From a draft whose zips lie in S3, and what a check has found of them, to what is published.

use super::assemble::field_problems;
use super::{Preview, Problem, ZipPreview};
use crate::packages::drafts::Draft;
use crate::packages::inspection::{FileProblem, InspectedZip, Inspection, Report, judge};
use crate::packages::manifest::{Severity, read, read::has_errors};
use crate::packages::publications::{Origin, Plan, PlannedFile};

/// What a draft comes to whose zips were looked at where they are.
///
/// There is a plan when nothing stands in the way; the fingerprint is left to whoever can take it. What was found elsewhere
/// than where the draft points now does not count.
#[must_use]
pub fn assemble_in_place(draft: &Draft, inspection: Option<&Inspection>) -> (Preview, Option<Plan>) {
    let contents = &draft.contents;
    let inspection =
        inspection.filter(|found| found.bucket == contents.bucket && found.prefix == contents.prefix);
    let manifest = contents.manifest.clone().filter(|text| !text.trim().is_empty());
    let mut problems = field_problems(draft);
    let (mut zips, mut findings) = (Vec::new(), Vec::new());
    match &manifest {
        None => problems.push(Problem::NoManifest),
        Some(text) => {
            let report = judge(&read(text), &contents.version_name, inspection, None);
            problems.extend(report_problems(&report));
            let named = report.files.iter().filter_map(|file| inspection?.zip(&file.name));
            zips = named.collect();
            findings = report.manifest;
        }
    }
    let manifest = manifest.unwrap_or_default();
    let plan = problems.is_empty().then(|| plan(draft, &manifest, &zips));
    let preview = Preview {
        revision: draft.revision,
        fingerprint: String::new(),
        zips: zips.into_iter().filter_map(shown).collect(),
        scripts: Vec::new(),
        generated_manifest: String::new(),
        manifest,
        findings,
        problems,
    };
    (preview, plan)
}

/// What a check's report means for publishing.
#[must_use]
pub fn report_problems(report: &Report) -> Vec<Problem> {
    let mut problems = Vec::new();
    if has_errors(&report.manifest) {
        problems.push(Problem::Manifest);
    }
    if report.is_outdated() {
        problems.push(Problem::NotChecked);
    }
    let unseen = |problem: &FileProblem| matches!(problem, FileProblem::NotChecked | FileProblem::Changed);
    let mut errors = report.files.iter().flat_map(|file| &file.problems);
    if errors.any(|problem| problem.severity() == Severity::Error && !unseen(problem)) {
        problems.push(Problem::CheckErrors);
    }
    problems
}

fn shown(zip: &InspectedZip) -> Option<ZipPreview> {
    Some(ZipPreview {
        file: zip.file.name.clone(),
        name: zip.file.name.clone(),
        sha256: zip.sha256.clone()?,
        size: zip.file.size,
        entries: zip.contents.listed.clone(),
    })
}

fn plan(draft: &Draft, manifest: &str, zips: &[&InspectedZip]) -> Plan {
    let contents = &draft.contents;
    let file = |zip: &&InspectedZip| {
        Some(PlannedFile {
            zip_name: zip.file.name.clone(),
            zip_sha256: zip.sha256.clone()?,
            zip_size: zip.file.size,
            origin: Origin::InPlace { etag: zip.file.etag.clone() },
        })
    };
    Plan {
        name: contents.name.clone(),
        version_name: Some(contents.version_name.clone()).filter(|name| !name.is_empty()),
        new_version: contents.base.is_some(),
        bucket: contents.bucket.clone(),
        prefix: contents.prefix.clone(),
        manifest: manifest.to_owned(),
        files: zips.iter().filter_map(file).collect(),
    }
}

#[cfg(test)]
mod tests;
