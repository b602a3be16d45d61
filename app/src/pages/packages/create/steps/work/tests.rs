use domain::errors::Rule;
use domain::packages::drafts::{Contents, DraftFile, DraftKind, EditedScripts, FileRefused, NewDraft};
use domain::packages::platform::Target;
use time::OffsetDateTime;

use super::*;

fn draft() -> Draft {
    Draft {
        id: "1".to_owned(),
        username: "publisher".to_owned(),
        revision: 1,
        files_revision: 1,
        contents: Contents::new(&NewDraft::new(DraftKind::Simple)),
        files: Vec::new(),
        created: OffsetDateTime::UNIX_EPOCH,
        updated: OffsetDateTime::UNIX_EPOCH,
        publication: None,
    }
}

fn file(state: FileState, targets: Vec<Target>) -> DraftFile {
    DraftFile {
        id: "a".to_owned(),
        file_name: "a.deb".to_owned(),
        size: 1,
        received: 1,
        state,
        software: None,
        targets,
        scripts: EditedScripts::default(),
    }
}

#[test]
fn a_step_is_done_when_it_has_what_it_needs() {
    let mut draft = draft();
    assert_eq!(state_of(&draft, None, Step::Details), StepState::Open);
    draft.contents.name = "Tool".to_owned();
    draft.contents.bucket = "packages".to_owned();
    assert_eq!(state_of(&draft, None, Step::Details), StepState::Done);
    assert_eq!(state_of(&draft, None, Step::Location), StepState::Done);
    assert_eq!(state_of(&draft, None, Step::Software), StepState::Open);

    let ready = FileState::Ready { sha256: String::new(), base: None };
    draft.files = vec![file(ready.clone(), Vec::new())];
    assert_eq!(state_of(&draft, None, Step::Software), StepState::Open);
    draft.files = vec![file(ready, vec![Target::new("debian", "12", "x86_64")])];
    assert_eq!(state_of(&draft, None, Step::Software), StepState::Done);
    assert_eq!(state_of(&draft, None, Step::Manifest), StepState::Done);
    draft.files.push(file(FileState::Refused { reason: FileRefused::Empty }, Vec::new()));
    assert_eq!(state_of(&draft, None, Step::Software), StepState::Invalid);
}

#[test]
fn the_advanced_way_asks_for_a_manifest_and_a_check() {
    let mut draft = draft();
    draft.contents.kind = DraftKind::Advanced;
    assert_eq!(state_of(&draft, None, Step::Manifest), StepState::Open);
    draft.contents.manifest = Some("{}".to_owned());
    assert_eq!(state_of(&draft, None, Step::Manifest), StepState::Done);
    assert_eq!(state_of(&draft, None, Step::Check), StepState::Open);
    assert_eq!(state_of(&draft, Some(&[Problem::CheckErrors]), Step::Check), StepState::Invalid);
    assert_eq!(state_of(&draft, Some(&[]), Step::Check), StepState::Done);
    for problem in [Problem::NoManifest, Problem::Manifest, Problem::NotChecked] {
        assert_eq!(state_of(&draft, Some(&[problem]), Step::Check), StepState::Open);
    }
    assert_eq!(step_of(&Problem::NotChecked), Step::Check);
    assert_eq!(step_of(&Problem::NoManifest), Step::Manifest);
}

#[test]
fn a_manifest_that_is_yet_to_come_is_not_wrong() {
    let mut draft = draft();
    draft.contents.kind = DraftKind::Advanced;
    for manifest in [None, Some("  ".to_owned())] {
        draft.contents.manifest = manifest;
        assert_eq!(state_of(&draft, Some(&[Problem::NoManifest]), Step::Manifest), StepState::Open);
    }
}

#[test]
fn a_problem_belongs_to_the_step_that_solves_it() {
    let field =
        |field: &str| Problem::Field { field: FieldError { field: field.to_owned(), rule: Rule::Required } };
    assert_eq!(step_of(&field("prefix")), Step::Location);
    assert_eq!(step_of(&field("name")), Step::Details);
    let problems = [Problem::Manifest];
    assert_eq!(state_of(&draft(), Some(&problems), Step::Manifest), StepState::Invalid);
    assert_eq!(state_of(&draft(), Some(&problems), Step::Scripts), StepState::Open);
}
