use time::macros::datetime;

use super::*;
use crate::packages::drafts::{Contents, DraftKind, NewDraft};
use crate::packages::inspection::{FoundFile, ZipContents, ZipProblem};
use crate::packages::manifest::testing::{OTHER_SUM, SUM, TEXT};

fn draft(manifest: Option<&str>) -> Draft {
    let mut contents = Contents::new(&NewDraft::new(DraftKind::Advanced));
    contents.name = "Tool".to_owned();
    contents.version_name = "1.0.1".to_owned();
    contents.bucket = "my-bucket".to_owned();
    contents.prefix = "Tool/1.0".to_owned();
    contents.manifest = manifest.map(str::to_owned);
    Draft {
        id: "draft".to_owned(),
        username: "ann".to_owned(),
        revision: 4,
        files_revision: 1,
        contents,
        files: Vec::new(),
        created: datetime!(2026-11-22 03:00 UTC),
        updated: datetime!(2026-11-22 03:00 UTC),
        publication: None,
    }
}

fn inspection(sha256: &str) -> Inspection {
    let zip = |name: &str| InspectedZip {
        file: FoundFile { name: name.to_owned(), size: 9, etag: "\"1\"".to_owned() },
        sha256: Some(sha256.to_owned()),
        contents: ZipContents { listed: vec![("install.sh".to_owned(), 3)], ..ZipContents::default() },
    };
    Inspection {
        bucket: "my-bucket".to_owned(),
        prefix: "Tool/1.0".to_owned(),
        // One that the manifest does not name, from a check of another text.
        zips: vec![zip("agent.deb.zip"), zip("agent.rpm.zip"), zip("old.zip")],
    }
}

fn problems(draft: &Draft, inspection: Option<&Inspection>) -> Vec<Problem> {
    let (preview, plan) = assemble_in_place(draft, inspection);
    assert_eq!(plan.is_some(), preview.problems.is_empty());
    preview.problems
}

#[test]
fn what_was_checked_is_planned_where_it_lies() {
    let (preview, plan) = assemble_in_place(&draft(Some(TEXT)), Some(&inspection(SUM)));
    let plan = plan.unwrap();
    let files: Vec<_> =
        plan.files.iter().map(|file| (file.zip_name.as_str(), file.to_send(), &file.origin)).collect();
    let in_place = Origin::InPlace { etag: "\"1\"".to_owned() };
    assert_eq!(files, [("agent.deb.zip", 0, &in_place), ("agent.rpm.zip", 0, &in_place)]);
    assert_eq!((plan.manifest.as_str(), plan.version_name.as_deref()), (TEXT, Some("1.0.1")));
    assert_eq!(preview.zips[0].entries, [("install.sh".to_owned(), 3)]);
}

#[test]
fn nothing_is_planned_before_all_is_checked_and_right() {
    assert_eq!(problems(&draft(None), None), [Problem::NoManifest]);
    assert_eq!(problems(&draft(Some("  ")), None), [Problem::NoManifest]);
    assert_eq!(problems(&draft(Some("{")), None), [Problem::Manifest]);
    assert_eq!(problems(&draft(Some(TEXT)), None), [Problem::NotChecked]);
    assert_eq!(problems(&draft(Some(TEXT)), Some(&inspection(OTHER_SUM))), [Problem::CheckErrors]);
    let mut faulty = inspection(SUM);
    faulty.zips[1].contents = ZipContents::unreadable(ZipProblem::NotZip);
    assert_eq!(problems(&draft(Some(TEXT)), Some(&faulty)), [Problem::CheckErrors]);
    let mut nameless = draft(Some(TEXT));
    nameless.contents.name = String::new();
    assert!(matches!(problems(&nameless, Some(&inspection(SUM)))[..], [Problem::Field { .. }]));
}

#[test]
fn what_was_found_elsewhere_does_not_count() {
    let mut elsewhere = inspection(SUM);
    elsewhere.prefix = "Tool/0.9".to_owned();
    assert_eq!(problems(&draft(Some(TEXT)), Some(&elsewhere)), [Problem::NotChecked]);
    let another = TEXT.replace("agent.rpm.zip", "new.rpm.zip");
    assert_eq!(problems(&draft(Some(&another)), Some(&inspection(SUM))), [Problem::NotChecked]);
}
