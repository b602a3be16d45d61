use time::macros::datetime;

use super::*;
use crate::packages::drafts::{Base, DraftFile, DraftKind, FileState};
use crate::packages::platform::Target;

fn draft(base: Option<Base>) -> Draft {
    let file = DraftFile {
        id: "a".to_owned(),
        file_name: "tool.deb".to_owned(),
        size: 1,
        received: 1,
        state: FileState::Ready { sha256: String::new(), base: None },
        software: None,
        targets: Vec::new(),
        scripts: EditedScripts::default(),
    };
    Draft {
        id: "draft".to_owned(),
        username: "ann".to_owned(),
        revision: 1,
        files_revision: 1,
        contents: Contents::new(&NewDraft { base, ..NewDraft::new(DraftKind::Simple) }),
        files: vec![file],
        created: datetime!(2026-11-22 03:00 UTC),
        updated: datetime!(2026-11-22 03:00 UTC),
        publication: None,
    }
}

fn details(name: &str, version_name: &str) -> DraftChange {
    let (name, version_name) = (name.to_owned(), version_name.to_owned());
    DraftChange::Details { name, version_name, publisher: "ACME".to_owned() }
}

fn fields(error: ApiError) -> Vec<String> {
    let ApiError::Invalid { fields } = error else { panic!("{error:?}") };
    fields.into_iter().map(|field| field.field).collect()
}

#[test]
fn a_draft_may_be_unfinished_but_not_wrong() {
    let mut draft = draft(None);
    draft.apply(vec![details("", "")]).unwrap();
    draft.apply(vec![details("Kinesis-Agent", "1.0.1")]).unwrap();
    assert_eq!((draft.contents.name.as_str(), draft.contents.publisher.as_str()), ("Kinesis-Agent", "ACME"));
    let location = DraftChange::Location { bucket: "Not_A_Bucket".to_owned(), prefix: "a//b".to_owned() };
    let error = draft.apply(vec![details("aws-tool", "a b"), location]).unwrap_err();
    assert_eq!(fields(error), ["name", "version_name", "bucket", "prefix"]);
    assert_eq!(draft.contents.name, "Kinesis-Agent", "nothing is changed by halves");
}

#[test]
fn another_version_keeps_the_packages_name() {
    let mut draft = draft(Some(Base { name: "Tool".to_owned(), document_version: "3".to_owned() }));
    draft.apply(vec![details("amazon", "2")]).unwrap();
    assert_eq!((draft.contents.name.as_str(), draft.contents.version_name.as_str()), ("Tool", "2"));
}

#[test]
fn slashes_at_the_ends_of_a_prefix_do_not_count() {
    let mut draft = draft(None);
    draft
        .apply(vec![DraftChange::Location { bucket: "my-bucket".to_owned(), prefix: "/a/b/".to_owned() }])
        .unwrap();
    assert_eq!(draft.contents.prefix, "a/b");
}

#[test]
fn what_cannot_be_a_buckets_name_is_told_where_addresses_are_given() {
    let mut draft = draft(None);
    let mut told = |bucket: &str| {
        let location = DraftChange::Location { bucket: bucket.to_owned(), prefix: "a b".to_owned() };
        fields(draft.apply(vec![location]).unwrap_err())
    };
    assert_eq!(told("http://example.com"), ["s3_url", "prefix"]);
    assert_eq!(told("packages/web"), ["s3_url", "prefix"]);
    assert_eq!(told("My_Bucket"), ["bucket", "prefix"]);
}

#[test]
fn targets_are_sorted_and_stand_once() {
    let mut draft = draft(None);
    let targets = ["ubuntu", "debian", "ubuntu"].map(|platform| Target::new(platform, "_any", "x86_64"));
    draft.apply(vec![DraftChange::Targets { file: "a".to_owned(), targets: targets.to_vec() }]).unwrap();
    assert_eq!(draft.files[0].targets, [targets[1].clone(), targets[0].clone()]);
    let wrong = vec![Target::new("ubuntu", "_any", "x86"), Target::new("", "_any", "386")];
    let error = draft.apply(vec![DraftChange::Targets { file: "a".to_owned(), targets: wrong }]).unwrap_err();
    assert_eq!(fields(error), ["target.a.0.architecture", "target.a.1.platform"]);
    let nothing = || Target::new("", "", "");
    let wrong = vec![nothing(), Target::new("ubuntu", "", "386"), nothing()];
    let error = draft.apply(vec![DraftChange::Targets { file: "a".to_owned(), targets: wrong }]).unwrap_err();
    assert_eq!(fields(error), ["target.a.1.version"], "at the form's own row");
    let spaced = vec![nothing(), targets[0].clone()];
    draft.apply(vec![DraftChange::Targets { file: "a".to_owned(), targets: spaced }]).unwrap();
    assert_eq!(draft.files[0].targets, [targets[0].clone()]);
    let other = DraftChange::Targets { file: "b".to_owned(), targets: Vec::new() };
    assert_eq!(draft.apply(vec![other]), Err(ApiError::NotFound));
}

#[test]
fn scripts_have_an_end_and_need_not_all_be_there() {
    let mut draft = draft(None);
    let script = |update: &str| {
        let scripts = EditedScripts {
            install: Some(" ".to_owned()),
            update: Some(update.to_owned()),
            ..EditedScripts::default()
        };
        DraftChange::Scripts { file: "a".to_owned(), scripts }
    };
    draft.apply(vec![script("\n")]).unwrap();
    assert_eq!(
        (draft.files[0].scripts.install.as_deref(), &draft.files[0].scripts.update),
        (Some(" "), &None)
    );
    let error = draft.apply(vec![script(&"x".repeat(MAX_SCRIPT as usize + 1))]).unwrap_err();
    assert_eq!(fields(error), ["update.a"]);
}
