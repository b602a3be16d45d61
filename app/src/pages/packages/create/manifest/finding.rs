//! What is wrong with a manifest, in words.

use std::collections::BTreeMap;

use domain::language::Language;
use domain::packages::drafts::DraftKind;
use domain::packages::manifest::JsonFault;
use domain::packages::manifest::compare::PresentFile;
use domain::packages::manifest::finding::JsonType;
use domain::packages::manifest::{Finding, Problem, Reading, Severity, read};
use domain::packages::platform::VersionKeyFault;

use crate::components::code_editor::Remark;
use crate::error_text::rule_text;
use crate::pages::packages::create::steps::Work;
use crate::pages::packages::size::size_text;
use crate::text::publish_manifest as text;
use leptos::prelude::*;

/// What is to be said of a manifest, by itself and beside the zips that the draft comes to.
pub(super) fn findings(work: Work, manifest: &str) -> Vec<Finding> {
    let reading = read(manifest);
    let mut findings = reading.findings.clone();
    if work.kind() == DraftKind::Advanced {
        findings.extend(reading.compare(&there(work, &reading)));
    }
    work.preview.with(|preview| {
        if let Some(Ok(preview)) = preview.as_ref().filter(|_| work.kind() == DraftKind::Simple) {
            let present: BTreeMap<_, _> = preview
                .zips
                .iter()
                .map(|zip| {
                    (zip.name.clone(), PresentFile { sha256: Some(zip.sha256.clone()), size: zip.size })
                })
                .collect();
            findings.extend(reading.compare(&present));
        }
    });
    work.draft.with(|draft| {
        let name = &draft.contents.version_name;
        if !name.is_empty() {
            findings.extend(reading.compare_version(name));
        }
    });
    findings.sort_by_key(|finding| finding.from);
    findings
}

/// The files that lie in S3: those that the manifest lists, and every zip.
fn there(work: Work, reading: &Reading) -> BTreeMap<String, PresentFile> {
    let listed =
        |name: &str| reading.manifest.as_ref().is_some_and(|manifest| manifest.files.contains_key(name));
    work.place.with(|place| {
        let Some(Ok(Some(shown))) = place else {
            // What is not known is not missed.
            let names = reading.manifest.iter().flat_map(|manifest| &manifest.files);
            return names
                .map(|(name, file)| {
                    (name.clone(), PresentFile { sha256: None, size: file.size.unwrap_or_default() })
                })
                .collect();
        };
        let sum = |name: &str| shown.sums.iter().find(|(found, _)| found == name).map(|(_, sum)| sum.clone());
        let files = shown.place.files.iter();
        let files =
            files.filter(|file| listed(&file.name) || file.name.to_ascii_lowercase().ends_with(".zip"));
        files
            .map(|file| (file.name.clone(), PresentFile { sha256: sum(&file.name), size: file.size }))
            .collect()
    })
}

/// A finding as the editor shows it.
pub(in crate::pages::packages::create) fn remark(language: Language, finding: &Finding) -> Remark {
    Remark {
        from: (finding.from.line, finding.from.column),
        to: (finding.to.line, finding.to.column),
        error: finding.severity() == Severity::Error,
        text: problem_text(language, &finding.problem),
    }
}

fn problem_text(language: Language, problem: &Problem) -> String {
    match problem {
        Problem::TooLarge { bytes } => text::too_large(language, size_text(*bytes as u64)),
        Problem::Json { fault } => json_text(language, *fault).to_owned(),
        Problem::WrongType { member, expected } => {
            let expected = match expected {
                JsonType::Object => text::type_object(language),
                JsonType::Text => text::type_text(language),
                JsonType::WholeNumber => text::type_number(language),
            };
            text::wrong_type(language, member, expected)
        }
        Problem::Missing { member } => text::missing(language, member),
        Problem::Duplicate { member } => text::duplicate(language, member),
        Problem::SchemaVersion { found } => text::schema_version(language, found),
        Problem::Version { rule } => text::version(language, rule_text(language, rule)),
        Problem::VersionNameDiffers { version_name } => text::version_differs(language, version_name),
        Problem::NoTargets => text::no_targets(language).to_owned(),
        Problem::UnknownPlatform { platform, meant } => match meant {
            Some(meant) => text::unknown_platform_meant(language, platform, meant),
            None => text::unknown_platform(language, platform),
        },
        Problem::UnknownArchitecture { architecture, meant } => match meant {
            Some(meant) => text::unknown_architecture_meant(language, architecture, meant),
            None => text::unknown_architecture(language, architecture),
        },
        Problem::VersionKey { key, fault: VersionKeyFault::Characters } => {
            text::version_characters(language, key)
        }
        Problem::VersionKey { key, fault: VersionKeyFault::Wildcard } => {
            text::version_wildcard(language, key)
        }
        Problem::FileName { file } => text::file_name(language, file),
        Problem::FileNotListed { file } => text::file_not_listed(language, file),
        Problem::TooManyFiles { count } => text::too_many_files(language, count),
        Problem::Checksum { file } => text::checksum(language, file),
        Problem::FileAbsent { file } => text::file_absent(language, file),
        Problem::HashDiffers { file, actual } => text::hash_differs(language, file, actual),
        Problem::SizeDiffers { file, actual } => text::size_differs(language, file, actual),
        Problem::UnknownMember { member } => text::unknown_member(language, member),
        Problem::FileUnused { file } => text::file_unused(language, file),
        Problem::FileUnnamed { file } => text::file_unnamed(language, file),
        Problem::NotZip { file } => text::not_zip(language, file),
        Problem::UndocumentedPlatform { platform } => text::undocumented_platform(language, platform),
        Problem::UndocumentedArchitecture { platform, architecture } => {
            text::undocumented_architecture(language, platform, architecture)
        }
        Problem::VersionNeverOccurs { platform, version } => text::version_never(language, platform, version),
        Problem::Shadowed { general, architecture } => text::shadowed(language, general, architecture),
    }
}

fn json_text(language: Language, fault: JsonFault) -> &'static str {
    match fault {
        JsonFault::UnexpectedEnd => text::json_end(language),
        JsonFault::Value => text::json_value(language),
        JsonFault::Name => text::json_name(language),
        JsonFault::Colon => text::json_colon(language),
        JsonFault::Comma => text::json_comma(language),
        JsonFault::TrailingComma => text::json_trailing_comma(language),
        JsonFault::Unclosed => text::json_unclosed(language),
        JsonFault::Escape => text::json_escape(language),
        JsonFault::Number => text::json_number(language),
        JsonFault::AfterEnd => text::json_after_end(language),
        JsonFault::Depth => text::json_depth(language),
    }
}
