//! Reading and writing: every fault at its line, and the same bytes each time.

use proptest::prelude::*;

use super::finding::JsonType;
use super::json::JsonFault;
use super::read::has_errors;
use super::testing::{TEXT, any_manifest};
use super::*;
use crate::errors::Rule;
use crate::packages::limits::MAX_MANIFEST_BYTES;
use crate::packages::platform::VersionKeyFault;

/// The findings for the text with one part of it replaced, and the lines that they are at.
fn found(from: &str, to: &str) -> Vec<(u32, Problem)> {
    assert!(TEXT.contains(from), "{from}");
    let findings = read(&TEXT.replacen(from, to, 1)).findings;
    findings.into_iter().map(|finding| (finding.from.line, finding.problem)).collect()
}

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn a_manifest_is_read_and_written_to_the_same_bytes() {
    let reading = read(TEXT);
    assert_eq!(reading.findings, []);
    assert!(reading.is_sound());
    let manifest = reading.manifest.unwrap();
    assert_eq!(manifest.publisher.as_deref(), Some("Example"));
    assert_eq!(manifest.platforms(), ["redhat", "ubuntu"]);
    assert_eq!(manifest.to_text(), TEXT);
    let compact: serde_json::Value = serde_json::from_str(TEXT).unwrap();
    assert_eq!(read(&compact.to_string()).manifest.unwrap().to_text(), TEXT);
}

#[test]
fn what_is_not_json_is_told_where_it_stops_being_so() {
    let fault = |from, to| match &found(from, to)[..] {
        [(line, Problem::Json { fault })] => (*line, *fault),
        other => panic!("{other:?}"),
    };
    assert_eq!(fault("\"1.0.1\",", "\"1.0.1\""), (4, JsonFault::Comma));
    assert_eq!(fault("\"agent.rpm.zip\"", "\"agent.rpm.zip\","), (9, JsonFault::TrailingComma));
    assert_eq!(fault("\"9.*\"", "9.*"), (7, JsonFault::Name));
    assert_eq!(fault("\"9.*\"", "\"9.*"), (7, JsonFault::Unclosed));
    let reading = read("{");
    assert_eq!(reading.findings[0].from, Position { line: 1, column: 2 });
    assert!(reading.manifest.is_none() && !reading.is_sound());
}

#[test]
fn members_are_there_once_and_of_their_type() {
    let missing = |member: &str| Problem::Missing { member: text(member) };
    assert_eq!(found("  \"version\": \"1.0.1\",\n", ""), [(1, missing("version"))]);
    assert_eq!(
        found("\"file\": \"agent.deb.zip\"", ""),
        [(15, missing("file")), (22, Problem::FileUnused { file: text("agent.deb.zip") }),]
    );
    let wrong = |member: &str, expected| Problem::WrongType { member: text(member), expected };
    assert_eq!(found("\"1.0.1\"", "1.0"), [(3, wrong("version", JsonType::Text))]);
    assert_eq!(
        found("\"checksums\": {", "\"size\": \"1\", \"checksums\": {"),
        [(23, wrong("size", JsonType::WholeNumber))]
    );
    assert_eq!(
        found("\"publisher\": \"Example\"", "\"publisher\": null"),
        [(4, wrong("publisher", JsonType::Text))]
    );
    let twice = Problem::Duplicate { member: text("version") };
    assert_eq!(found("\"publisher\": \"Example\"", "\"version\": \"1.0.1\""), [(4, twice)]);
    let unknown = Problem::UnknownMember { member: text("vendor") };
    assert_eq!(found("\"publisher\"", "\"vendor\""), [(4, unknown)]);
    assert_eq!(read("[]").findings[0].problem, wrong("", JsonType::Object));
    let names: Vec<_> = read("{}").findings.into_iter().map(|finding| finding.problem).collect();
    assert_eq!(names, ["schemaVersion", "version", "packages", "files"].map(missing));
}

#[test]
fn values_are_what_distributor_takes() {
    let schema = Problem::SchemaVersion { found: text("1.0") };
    assert_eq!(found("\"2.0\"", "\"1.0\""), [(2, schema)]);
    let version = Problem::Version { rule: Rule::Identifier { min: 1, max: 128 } };
    assert_eq!(found("1.0.1", "1.0 beta"), [(3, version)]);
    let sum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let checksum = || Problem::Checksum { file: text("agent.deb.zip") };
    assert_eq!(found(sum, &sum[..63]), [(24, checksum())]);
    assert_eq!(found(sum, &sum.replace('e', "g")), [(24, checksum())]);
    assert_eq!(found(sum, &sum.to_uppercase()), []);
    let md5 = Problem::Missing { member: text("sha256") };
    let unknown = Problem::UnknownMember { member: text("md5") };
    assert_eq!(found("\"sha256\"", "\"md5\""), [(23, md5), (24, unknown)]);
}

#[test]
fn keys_are_what_the_agent_looks_for() {
    let platform = |platform: &str, meant: Option<&str>| Problem::UnknownPlatform {
        platform: text(platform),
        meant: meant.map(text),
    };
    assert_eq!(found("\"redhat\"", "\"rhel\""), [(6, platform("rhel", Some("redhat")))]);
    assert_eq!(found("\"redhat\"", "\"solaris\""), [(6, platform("solaris", None))]);
    assert_eq!(
        found("\"redhat\"", "\"centos\""),
        [(6, Problem::UndocumentedPlatform { platform: text("centos") })]
    );
    let architecture = Problem::UnknownArchitecture { architecture: text("x86"), meant: Some(text("386")) };
    assert_eq!(found("\"x86_64\"", "\"x86\""), [(15, architecture)]);
    let undocumented =
        Problem::UndocumentedArchitecture { platform: text("ubuntu"), architecture: text("arm") };
    assert_eq!(found("\"x86_64\"", "\"arm\""), [(15, undocumented)]);
    let key = Problem::VersionKey { key: text("9*"), fault: VersionKeyFault::Wildcard };
    assert_eq!(found("9.*", "9*"), [(7, key)]);
    let never = Problem::VersionNeverOccurs { platform: text("redhat"), version: text("el9") };
    assert_eq!(found("9.*", "el9"), [(7, never)]);
}

#[test]
fn files_and_platforms_name_one_another() {
    let lost = found("\"file\": \"agent.deb.zip\"", "\"file\": \"agent.zip\"");
    assert_eq!(
        lost,
        [
            (16, Problem::FileNotListed { file: text("agent.zip") }),
            (22, Problem::FileUnused { file: text("agent.deb.zip") }),
        ]
    );
    let nothing = r#"{"schemaVersion": "2.0", "version": "1", "packages": {}, "files": {}}"#;
    assert_eq!(read(nothing).findings[0].problem, Problem::NoTargets);
    let spaced = TEXT.replace("agent.deb.zip", "my agent.zip");
    assert_eq!(read(&spaced).findings[0].problem, Problem::FileName { file: text("my agent.zip") });
    let tar = TEXT.replace("agent.deb.zip", "agent.tar");
    assert_eq!(read(&tar).findings[0].problem, Problem::NotZip { file: text("agent.tar") });
}

#[test]
fn a_version_that_hides_a_more_general_one_is_pointed_at() {
    let two = r#"{
      "schemaVersion": "2.0", "version": "1", "files": {"a.zip": {"checksums": {"sha256": "SUM"}}},
      "packages": {"amazon": {
        "2": {"x86_64": {"file": "a.zip"}},
        "_any": {"_any": {"file": "a.zip"}}
      }}
    }"#;
    let two = two.replace("SUM", testing::SUM);
    let reading = read(&two);
    assert!(reading.is_sound());
    let finding = &reading.findings[0];
    assert_eq!((finding.from.line, finding.from.column, finding.to.column), (4, 9, 12));
    assert_eq!(finding.problem, Problem::Shadowed { general: text("_any"), architecture: text("_any") });
    assert_eq!(finding.severity(), Severity::Warning);
    assert_eq!(read(&two.replace("\"x86_64\"", "\"_any\"")).findings, []);
}

#[test]
fn there_are_limits() {
    let long = TEXT.replace("Example", &"e".repeat(MAX_MANIFEST_BYTES));
    assert_eq!(read(&long).findings[0].problem, Problem::TooLarge { bytes: long.len() });
    let mut manifest = read(TEXT).manifest.unwrap();
    for number in 0..20 {
        let file = ManifestFile { sha256: text(testing::SUM), ..ManifestFile::default() };
        manifest.files.insert(format!("{number}.zip"), file);
    }
    let too_many = Problem::TooManyFiles { count: 22 };
    let reading = read(&manifest.to_text());
    assert!(reading.findings.iter().any(|finding| finding.problem == too_many));
    assert!(!reading.is_sound());
}

#[test]
fn the_text_of_a_person_is_quoted() {
    let manifest = Manifest { publisher: Some(text("\"村田\"\n\u{7}")), ..read(TEXT).manifest.unwrap() };
    let reading = read(&manifest.to_text());
    assert_eq!(reading.manifest.unwrap(), manifest);
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(manifest in any_manifest()) {
        let written = manifest.to_text();
        let reading = read(&written);
        prop_assert!(reading.is_sound(), "{:?}", reading.findings);
        let again = reading.manifest.unwrap();
        prop_assert_eq!(again.to_text(), written);
        prop_assert_eq!(again, manifest);
    }

    #[test]
    fn any_damage_is_found_within_the_text(at in 0_usize..650, length in 0_usize..12, put in "[\"{}:,a-z0-9é\n]{0,4}") {
        let start = at.min(TEXT.len());
        let damaged = format!("{}{put}{}", &TEXT[..start], &TEXT[(start + length).min(TEXT.len())..]);
        let reading = read(&damaged);
        let lines = u32::try_from(damaged.matches('\n').count() + 1).unwrap();
        for finding in &reading.findings {
            prop_assert!(finding.from <= finding.to);
            prop_assert!((1..=lines).contains(&finding.from.line) && finding.to.line <= lines);
        }
        if let Some(manifest) = reading.manifest.filter(|_| !has_errors(&reading.findings)) {
            let value: serde_json::Value = serde_json::from_str(&damaged).unwrap();
            prop_assert_eq!(value["version"].as_str(), Some(&*manifest.version));
            prop_assert_eq!(read(&manifest.to_text()).manifest, Some(manifest));
        }
    }

    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        let reading = read(&text);
        prop_assert_eq!(reading.manifest.is_some(), serde_json::from_str::<serde_json::Map<_, _>>(&text).is_ok());
    }
}
