//! From a draft and its zips to what is published.

use std::collections::BTreeMap;

use super::{Preview, Problem, ScriptsPreview, ZipPreview};
use crate::errors::{FieldError, Rule};
use crate::packages::drafts::{Draft, DraftFile, FileState};
use crate::packages::limits::MAX_FILE_BYTES;
use crate::packages::location::{bucket_rule, prefix_rule};
use crate::packages::manifest::build::{Conflict, Entry, build};
use crate::packages::manifest::compare::PresentFile;
use crate::packages::manifest::{Finding, Reading, read, read::has_errors};
use crate::packages::name::{auto_version, name_rule, version_rule};
use crate::packages::publications::{Origin, Plan, PlannedFile};

/// What a draft comes to with these zips and scripts, those of its files that are ready. There is a plan when nothing
/// stands in the way; the fingerprint is left to whoever can take it.
#[must_use]
pub fn assemble(
    draft: &Draft,
    zips: Vec<ZipPreview>,
    scripts: Vec<ScriptsPreview>,
) -> (Preview, Option<Plan>) {
    let contents = &draft.contents;
    let mut problems = field_problems(draft);
    problems.extend(file_problems(draft));
    problems.extend(scripts.iter().flat_map(|scripts| script_problems(draft, scripts)));
    problems.extend(zips.iter().filter(|zip| zip.size > MAX_FILE_BYTES).map(too_large));

    let (generated_manifest, conflicts) = generate(draft, &zips);
    problems.extend(conflicts.into_iter().map(|conflict| Problem::Target { conflict }));
    let manifest = contents.manifest.clone().unwrap_or_else(|| generated_manifest.clone());
    // While files are missing, a generated manifest that lacks them is no news.
    let findings = if contents.manifest.is_some() || !zips.is_empty() {
        findings(&read(&manifest), draft, &zips)
    } else {
        Vec::new()
    };
    if has_errors(&findings) {
        problems.push(Problem::Manifest);
    }
    let plan = problems.is_empty().then(|| plan(draft, &manifest, &zips));
    let revision = draft.revision;
    let fingerprint = String::new();
    (Preview { revision, fingerprint, zips, scripts, generated_manifest, manifest, findings, problems }, plan)
}

/// The version that the manifest has: as AWS's console makes it up where none is given, but of the draft's own time, so
/// that it stays the same for as long as the draft does.
fn manifest_version(draft: &Draft) -> String {
    match draft.contents.version_name.as_str() {
        "" => auto_version(draft.created),
        given => given.to_owned(),
    }
}

pub(super) fn field_problems(draft: &Draft) -> Vec<Problem> {
    let contents = &draft.contents;
    let name = match contents.name.as_str() {
        "" => Some(Rule::Required),
        // It exists, whatever the rules are today.
        _ if contents.base.is_some() => None,
        name => name_rule(name),
    };
    let version = Some(contents.version_name.as_str()).filter(|name| !name.is_empty());
    let rules = [
        ("name", name),
        ("version_name", version.and_then(version_rule)),
        ("bucket", bucket_rule(&contents.bucket)),
        ("prefix", prefix_rule(&contents.prefix)),
    ];
    let problem = |(field, rule): (&str, Option<Rule>)| {
        Some(Problem::Field { field: FieldError { field: field.to_owned(), rule: rule? } })
    };
    rules.into_iter().filter_map(problem).collect()
}

fn file_problems(draft: &Draft) -> Vec<Problem> {
    let accepted = draft.accepted();
    if accepted.is_empty() {
        return vec![Problem::NoFiles];
    }
    let waiting = accepted.into_iter().filter(|(file, _)| !file.is_ready());
    waiting.map(|(file, _)| Problem::NotReady { file_name: file.file_name.clone() }).collect()
}

fn script_problems(draft: &Draft, scripts: &ScriptsPreview) -> Vec<Problem> {
    let file_name = draft.file(&scripts.file).map(|file| file.file_name.clone()).unwrap_or_default();
    let missing = |script: &Option<String>| script.as_ref().is_none_or(|text| text.trim().is_empty());
    let required = scripts.used.by_action().into_iter().filter(|(action, _)| action.is_required());
    required
        .filter(|(_, script)| missing(script))
        .map(|(action, _)| Problem::NoScript { file_name: file_name.clone(), action })
        .collect()
}

fn too_large(zip: &ZipPreview) -> Problem {
    Problem::ZipTooLarge { zip_name: zip.name.clone() }
}

/// The manifest of what fits together, and what does not.
fn generate(draft: &Draft, zips: &[ZipPreview]) -> (String, Vec<Conflict>) {
    let entry = |zip: &ZipPreview| Entry {
        file: zip.name.clone(),
        sha256: zip.sha256.clone(),
        targets: draft.file(&zip.file).map(|file| file.targets.clone()).unwrap_or_default(),
    };
    let mut entries: Vec<Entry> = zips.iter().map(entry).collect();
    let publisher = Some(draft.contents.publisher.as_str()).filter(|publisher| !publisher.is_empty());
    let version = manifest_version(draft);
    match build(&version, publisher, &entries) {
        Ok(manifest) => (manifest.to_text(), Vec::new()),
        Err(conflicts) => {
            conflicts.iter().for_each(|conflict| leave_out(&mut entries, conflict));
            let text = build(&version, publisher, &entries).map(|manifest| manifest.to_text());
            (text.unwrap_or_default(), conflicts)
        }
    }
}

fn leave_out(entries: &mut Vec<Entry>, conflict: &Conflict) {
    match conflict {
        Conflict::SameTarget { target, second, .. } => {
            for entry in entries.iter_mut().filter(|entry| entry.file == *second) {
                entry.targets.retain(|found| found != target);
            }
            entries.retain(|entry| !entry.targets.is_empty());
        }
        Conflict::SameFile { file } => {
            let mut first = true;
            entries.retain(|entry| entry.file != *file || std::mem::take(&mut first));
        }
        Conflict::NoTarget { file } => entries.retain(|entry| entry.file != *file),
    }
}

fn findings(reading: &Reading, draft: &Draft, zips: &[ZipPreview]) -> Vec<Finding> {
    let present: BTreeMap<_, _> = zips
        .iter()
        .map(|zip| (zip.name.clone(), PresentFile { sha256: Some(zip.sha256.clone()), size: zip.size }))
        .collect();
    let mut findings = reading.findings.clone();
    findings.extend(reading.compare(&present));
    if !draft.contents.version_name.is_empty() {
        findings.extend(reading.compare_version(&draft.contents.version_name));
    }
    findings.sort_by_key(|finding| finding.from);
    findings
}

fn plan(draft: &Draft, manifest: &str, zips: &[ZipPreview]) -> Plan {
    let contents = &draft.contents;
    let file = |zip: &ZipPreview| {
        Some(PlannedFile {
            zip_name: zip.name.clone(),
            zip_sha256: zip.sha256.clone(),
            zip_size: zip.size,
            origin: origin(draft, draft.file(&zip.file)?, zip)?,
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

fn origin(draft: &Draft, file: &DraftFile, zip: &ZipPreview) -> Option<Origin> {
    let is_base = file.base_zip().is_some_and(|base| base.sha256 == zip.sha256);
    match &file.state {
        FileState::Ready { .. } if is_base => carried(draft),
        FileState::Ready { sha256, .. } => Some(Origin::Uploaded {
            file: file.id.clone(),
            file_name: file.file_name.clone(),
            sha256: sha256.clone(),
        }),
        FileState::Carried { .. } => carried(draft),
        FileState::Uploading | FileState::Checking | FileState::Refused { .. } => None,
    }
}

fn carried(draft: &Draft) -> Option<Origin> {
    let base = draft.contents.base.as_ref()?;
    Some(Origin::Carried { document_version: base.document_version.clone() })
}

#[cfg(test)]
mod tests;
