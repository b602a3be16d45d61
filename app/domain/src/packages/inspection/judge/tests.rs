use super::*;
use crate::packages::inspection::{FoundFile, ZipContents, ZipProblem};
use crate::packages::manifest::read;
use crate::packages::manifest::testing::{OTHER_SUM, SUM, TEXT};
use crate::packages::scripts::Action;

fn found(name: &str) -> FoundFile {
    FoundFile { name: name.to_owned(), size: 10, etag: "\"1\"".to_owned() }
}

fn zip(name: &str, sha256: &str) -> InspectedZip {
    let scripts = vec![(Action::Install, Language::Sh), (Action::Uninstall, Language::Sh)];
    let contents = ZipContents { files: 3, unpacked: 30, scripts, ..ZipContents::default() };
    InspectedZip { file: found(name), sha256: Some(sha256.to_owned()), contents }
}

fn inspection() -> Inspection {
    let zips = vec![zip("agent.deb.zip", SUM), zip("agent.rpm.zip", SUM)];
    Inspection { bucket: "packages".to_owned(), prefix: "agent".to_owned(), zips }
}

fn place() -> Place {
    Place { files: vec![found("agent.deb.zip"), found("agent.rpm.zip")], ..Place::default() }
}

fn judged(text: &str, inspection: &Inspection, place: &Place) -> Report {
    judge(&read(text), "1.0.1", Some(inspection), Some(place))
}

fn problems(report: &Report) -> Vec<(&str, &FileProblem)> {
    let files = report.files.iter();
    files.flat_map(|file| file.problems.iter().map(|problem| (file.name.as_str(), problem))).collect()
}

#[test]
fn what_is_right_has_no_faults() {
    let report = judged(TEXT, &inspection(), &place());
    assert_eq!((report.counts(), report.is_outdated(), report.correctable), ((0, 0), false, false));
    assert_eq!(report.files[0].unpacked, Some((3, 30)));
}

#[test]
fn a_manifest_that_nobody_has_checked_is_outdated() {
    let report = judge(&read(TEXT), "", None, Some(&place()));
    assert!(report.is_outdated());
    assert_eq!(report.counts(), (2, 0));
    // Without a look at the place, what was found counts.
    assert!(!judge(&read(TEXT), "", Some(&inspection()), None).is_outdated());
}

#[test]
fn what_has_changed_since_is_checked_anew() {
    let mut there = place();
    there.files[0].etag = "\"2\"".to_owned();
    there.files.remove(1);
    let report = judged(TEXT, &inspection(), &there);
    let expected = [("agent.deb.zip", &FileProblem::Changed), ("agent.rpm.zip", &FileProblem::Absent)];
    assert_eq!(problems(&report), expected);
    assert!(report.is_outdated());
    let renamed = TEXT.replace("agent.rpm.zip", "other.rpm.zip");
    let report = judged(&renamed, &inspection(), &place());
    assert_eq!(problems(&report), [("other.rpm.zip", &FileProblem::Absent)]);
    assert_eq!(report.unnamed, ["agent.rpm.zip"]);
}

#[test]
fn wrong_checksums_are_told_and_can_be_put_right() {
    let text = TEXT.replacen(SUM, OTHER_SUM, 1);
    let report = judged(&text, &inspection(), &place());
    let (expected, actual) = (OTHER_SUM.to_owned(), SUM.to_owned());
    assert_eq!(problems(&report), [("agent.deb.zip", &FileProblem::HashDiffers { expected, actual })]);
    assert!(report.correctable);
    let corrected = read(&text).with_checksums(&present(Some(&inspection()), Some(&place())));
    assert_eq!(judged(&corrected, &inspection(), &place()).counts(), (0, 0));
    // No checksum at all is told once, where it can be put right.
    let none = TEXT.replacen(SUM, "", 1);
    let report = judged(&none, &inspection(), &place());
    assert_eq!((report.manifest.len(), report.counts(), report.correctable), (0, (1, 0), true));
}

#[test]
fn nodes_run_what_their_system_runs() {
    let text = TEXT.replace("\"redhat\"", "\"windows\"").replace("9.*", "10.0.*");
    let report = judged(&text, &inspection(), &place());
    let wrong = |action| FileProblem::WrongLanguage { action, platform: "windows".to_owned() };
    let (install, uninstall) = (wrong(Action::Install), wrong(Action::Uninstall));
    assert_eq!(problems(&report), [("agent.rpm.zip", &install), ("agent.rpm.zip", &uninstall)]);
    assert_eq!(report.counts().0, 2);
    let mut powershell = inspection();
    powershell.zips[0].contents.scripts = vec![(Action::Install, Language::PowerShell)];
    assert_eq!(judged(TEXT, &powershell, &place()).counts(), (0, 1));
}

#[test]
fn a_zips_own_faults_and_the_versions_name_are_part_of_it() {
    let mut inspection = inspection();
    inspection.zips[0].contents = ZipContents::unreadable(ZipProblem::NotZip);
    let report = judge(&read(TEXT), "1.0.2", Some(&inspection), Some(&place()));
    assert_eq!(problems(&report), [("agent.deb.zip", &FileProblem::Zip { problem: ZipProblem::NotZip })]);
    assert_eq!((report.manifest.len(), report.counts()), (1, (2, 0)));
    let nothing = judge(&read("{"), "", None, None);
    assert_eq!((nothing.manifest.len(), nothing.files.len()), (1, 0));
}
