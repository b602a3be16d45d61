use time::macros::datetime;

use super::*;
use crate::packages::drafts::{Base, BaseZip, Contents, DraftKind, EditedScripts, NewDraft};
use crate::packages::platform::Target;
use crate::packages::scripts::{Action, Language};

fn file(id: &str, platform: &str) -> DraftFile {
    DraftFile {
        id: id.to_owned(),
        file_name: format!("{id}.deb"),
        size: 7,
        received: 7,
        state: FileState::Ready { sha256: "cd".repeat(32), base: None },
        software: None,
        targets: vec![Target::new(platform, "_any", "x86_64")],
        scripts: EditedScripts::default(),
    }
}

fn draft(files: Vec<DraftFile>) -> Draft {
    let mut contents = Contents::new(&NewDraft::new(DraftKind::Simple));
    contents.name = "Tool".to_owned();
    contents.version_name = "1.0".to_owned();
    contents.bucket = "my-bucket".to_owned();
    contents.prefix = "Tool/1.0".to_owned();
    Draft {
        id: "draft".to_owned(),
        username: "ann".to_owned(),
        revision: 4,
        files_revision: 2,
        contents,
        files,
        created: datetime!(2026-11-22 03:00 UTC),
        updated: datetime!(2026-11-22 03:00 UTC),
        publication: None,
    }
}

fn zip(id: &str) -> ZipPreview {
    let sha256 = format!("{:0<64}", id.bytes().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}")));
    ZipPreview { file: id.to_owned(), name: format!("{id}.deb.zip"), sha256, size: 9, entries: Vec::new() }
}

fn scripts(id: &str) -> ScriptsPreview {
    let used = EditedScripts {
        install: Some("exit 0".to_owned()),
        uninstall: Some("exit 0".to_owned()),
        ..EditedScripts::default()
    };
    ScriptsPreview {
        file: id.to_owned(),
        language: Language::Sh,
        generated: EditedScripts::default(),
        used,
        findings: Vec::new(),
    }
}

fn assembled(draft: &Draft) -> (Preview, Option<Plan>) {
    let ready: Vec<_> =
        draft.files.iter().filter(|file| file.is_ready()).map(|file| file.id.as_str()).collect();
    assemble(draft, ready.iter().map(|id| zip(id)).collect(), ready.iter().map(|id| scripts(id)).collect())
}

#[test]
fn what_fits_together_is_a_plan() {
    let draft = draft(vec![file("a", "ubuntu"), file("b", "debian")]);
    let (preview, plan) = assembled(&draft);
    assert_eq!((preview.problems, preview.findings), (Vec::new(), Vec::new()));
    let plan = plan.unwrap();
    assert_eq!(
        (plan.version_name.as_deref(), plan.new_version, plan.key("x")),
        (Some("1.0"), false, "Tool/1.0/x".to_owned())
    );
    let names: Vec<_> = plan.files.iter().map(|file| file.zip_name.as_str()).collect();
    assert_eq!(names, ["a.deb.zip", "b.deb.zip"]);
    let manifest = read(&plan.manifest).manifest.unwrap();
    assert_eq!((manifest.version.as_str(), manifest.platforms()), ("1.0", vec!["debian", "ubuntu"]));
    assert_eq!(manifest.files["a.deb.zip"].sha256, zip("a").sha256);
}

#[test]
fn a_version_without_a_name_has_one_in_the_manifest_that_stays() {
    let mut draft = draft(vec![file("a", "ubuntu")]);
    draft.contents.version_name.clear();
    let (preview, plan) = assembled(&draft);
    let plan = plan.unwrap();
    assert_eq!(plan.version_name, None);
    assert!(plan.manifest.contains("Auto-Generated-1795316400000"), "{}", plan.manifest);
    assert_eq!(assembled(&draft).0, preview);
}

#[test]
fn everything_that_is_missing_is_told() {
    let mut empty = draft(Vec::new());
    empty.contents = Contents::new(&NewDraft::new(DraftKind::Simple));
    let (preview, plan) = assembled(&empty);
    assert_eq!(plan, None);
    let required =
        |field: &str| Problem::Field { field: FieldError { field: field.to_owned(), rule: Rule::Required } };
    assert_eq!(preview.problems, [required("name"), required("bucket"), Problem::NoFiles]);
}

#[test]
fn files_that_are_not_there_or_serve_the_same_nodes_stand_in_the_way() {
    let arriving = DraftFile { state: FileState::Uploading, ..file("c", "amazon") };
    let refused = FileState::Refused { reason: crate::packages::drafts::FileRefused::Empty };
    let refused = DraftFile { state: refused, ..file("d", "redhat") };
    let nowhere = DraftFile { targets: Vec::new(), ..file("e", "") };
    let draft = draft(vec![file("a", "ubuntu"), file("b", "ubuntu"), arriving, refused, nowhere]);
    let (preview, plan) = assembled(&draft);
    assert_eq!(plan, None);
    let (first, second) = ("a.deb.zip".to_owned(), "b.deb.zip".to_owned());
    let target = Target::new("ubuntu", "_any", "x86_64");
    let expected = [
        Problem::NotReady { file_name: "c.deb".to_owned() },
        Problem::Target { conflict: Conflict::SameTarget { target, first, second } },
        Problem::Target { conflict: Conflict::NoTarget { file: "e.deb.zip".to_owned() } },
    ];
    assert_eq!(preview.problems, expected);
    let manifest = read(&preview.generated_manifest).manifest.unwrap();
    assert_eq!(manifest.files.keys().collect::<Vec<_>>(), ["a.deb.zip"], "what fits is shown");
}

#[test]
fn an_edited_manifest_must_not_contradict_the_files() {
    let mut draft = draft(vec![file("a", "ubuntu")]);
    let (preview, _) = assembled(&draft);
    let other = preview.generated_manifest.replace(&zip("a").sha256, &"0".repeat(64));
    draft.contents.manifest = Some(other.clone());
    let (preview, plan) = assembled(&draft);
    assert_eq!((preview.manifest, preview.problems, plan), (other, vec![Problem::Manifest], None));
}

#[test]
fn a_file_without_its_scripts_or_too_large_is_not_published() {
    let draft = draft(vec![file("a", "ubuntu")]);
    let without = ScriptsPreview { used: EditedScripts::default(), ..scripts("a") };
    let large = ZipPreview { size: MAX_FILE_BYTES + 1, ..zip("a") };
    let (preview, _) = assemble(&draft, vec![large], vec![without]);
    let no_script = |action: Action| Problem::NoScript { file_name: "a.deb".to_owned(), action };
    let too_large = Problem::ZipTooLarge { zip_name: "a.deb.zip".to_owned() };
    assert_eq!(preview.problems, [no_script(Action::Install), no_script(Action::Uninstall), too_large]);
}

#[test]
fn what_is_carried_over_is_named_by_the_version_that_has_it() {
    let state =
        FileState::Carried { zip: BaseZip { name: "old.zip".to_owned(), sha256: "ef".repeat(32), size: 5 } };
    let mut draft = draft(vec![DraftFile { state, ..file("a", "ubuntu") }]);
    draft.contents.base = Some(Base { name: "Tool".to_owned(), document_version: "3".to_owned() });
    assert_eq!(draft.accepted()[0].1, "old.zip");
    let zip = ZipPreview { name: "old.zip".to_owned(), ..zip("a") };
    let (preview, plan) = assemble(&draft, vec![zip], Vec::new());
    let plan = plan.unwrap_or_else(|| panic!("{:?}", preview.problems));
    assert!(plan.new_version);
    assert_eq!(plan.files[0].origin, Origin::Carried { document_version: "3".to_owned() });
    assert_eq!(plan.files[0].to_send(), 0);
}

#[test]
fn a_file_that_was_taken_out_of_its_zip_stays_that_zip_until_it_is_another() {
    let base = BaseZip { name: "old.zip".to_owned(), sha256: zip("a").sha256, size: 9 };
    let state = FileState::Ready { sha256: "cd".repeat(32), base: Some(base) };
    let mut draft = draft(vec![DraftFile { state, ..file("a", "ubuntu") }]);
    draft.contents.base = Some(Base { name: "Tool".to_owned(), document_version: "3".to_owned() });
    assert_eq!(draft.accepted()[0].1, "old.zip");
    let origin = |zip: ZipPreview| {
        let zip = ZipPreview { name: "old.zip".to_owned(), ..zip };
        assemble(&draft, vec![zip], vec![scripts("a")]).1.unwrap().files.remove(0).origin
    };
    assert_eq!(origin(zip("a")), Origin::Carried { document_version: "3".to_owned() });
    let edited = ZipPreview { sha256: zip("b").sha256, ..zip("a") };
    assert!(matches!(origin(edited), Origin::Uploaded { .. }));
}
