use std::process::Command;

use axum::body::Body;
use domain::packages::drafts::{Base, DraftChange, DraftKind, NewDraft};
use domain::packages::platform::Target;
use domain::packages::publications::Origin;

use super::*;
use crate::publish::testing::{Desk, deb};
use crate::store::testing::fresh_stores;

/// The zip of a draft as it would be published.
async fn published(desk: &Desk) -> Vec<u8> {
    let draft = desk.complete("Tool", "packages", 200_000).await;
    let zip = desk.drafts.prepare(&draft).await.unwrap().zips.remove(0);
    let software = std::fs::read(&zip.software).unwrap();
    let bytes = [zip.layout.head.as_slice(), &software, &zip.layout.tail].concat();
    desk.drafts.remove(&draft).await.unwrap();
    bytes
}

/// A draft of another version that carries this zip.
async fn carrying(desk: &Desk, zip: &[u8]) -> Draft {
    let state = FileState::Carried {
        zip: BaseZip { name: "old.zip".to_owned(), sha256: sum(zip), size: zip.len() as u64 },
    };
    let file = DraftFile {
        id: "4e4d1f3b-0a0b-4e1c-9d43-3a2f6f8f9a11".to_owned(),
        file_name: "old".to_owned(),
        size: zip.len() as u64,
        received: 0,
        state,
        software: None,
        targets: vec![Target::new("ubuntu", "_any", "x86_64")],
        scripts: EditedScripts::default(),
    };
    let base = Base { name: "Tool".to_owned(), document_version: "3".to_owned() };
    let new = NewDraft { base: Some(base), files: vec![file], ..NewDraft::new(DraftKind::Simple) };
    let draft = desk.drafts.create("ann", new).await.unwrap();
    let place = DraftChange::Location { bucket: "packages".to_owned(), prefix: "Tool/2.0".to_owned() };
    desk.drafts.change(&draft.id, 1, vec![place]).await.unwrap()
}

async fn take_apart(desk: &Desk, draft: &Draft, zip: &[u8]) -> Result<Draft, ApiError> {
    let body =
        FileBody { name: "old.zip".to_owned(), size: zip.len() as u64, body: Body::from(zip.to_vec()) };
    desk.drafts.take_apart(&draft.id, &draft.files[0].id, body).await
}

fn sum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// A zip that Python makes of files with these names, all with the same content.
fn by_python(names: &[&str], content: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("content"), content).unwrap();
    let program = "import sys, zipfile\nz = zipfile.ZipFile('out.zip', 'w', zipfile.ZIP_DEFLATED)\n\
        for n in sys.argv[1:]: z.write('content', n)\nz.close()";
    let made = Command::new("python3").args(["-c", program]).args(names).current_dir(&folder).status();
    assert!(made.unwrap().success());
    std::fs::read(folder.path().join("out.zip")).unwrap()
}

#[tokio::test]
async fn scripts_come_back_and_the_zip_stays_until_they_change() {
    for database in fresh_stores().await {
        let desk = Desk::new(&database);
        let zip = published(&desk).await;
        let draft = carrying(&desk, &zip).await;
        let draft = take_apart(&desk, &draft, &zip).await.unwrap();
        let file = &draft.files[0];
        assert_eq!(file.file_name, "tool_1.0_amd64.deb");
        assert_eq!(file.scripts.install.as_deref(), Some("dpkg -i tool_1.0_amd64.deb\nexit 0\n"));
        assert_eq!(file.targets, [Target::new("ubuntu", "_any", "x86_64")]);
        assert_eq!(desk.files(), 1, "the zip itself is not kept");
        let plan = desk.drafts.prepare(&draft.id).await.unwrap().plan.unwrap();
        assert_eq!((plan.files[0].zip_name.as_str(), &plan.files[0].zip_sha256), ("old.zip", &sum(&zip)));
        assert_eq!(plan.files[0].origin, Origin::Carried { document_version: "3".to_owned() });

        let install = Some("exit 1\n".to_owned());
        let scripts = EditedScripts { install, ..file.scripts.clone() };
        let change = DraftChange::Scripts { file: file.id.clone(), scripts };
        desk.drafts.change(&draft.id, draft.revision, vec![change]).await.unwrap();
        let plan = desk.drafts.prepare(&draft.id).await.unwrap().plan.unwrap();
        assert!(matches!(plan.files[0].origin, Origin::Uploaded { .. }), "{}", database.name);
        // A second click does nothing.
        assert_eq!(
            take_apart(&desk, &draft, b"").await.unwrap().files[0].scripts.install.as_deref(),
            Some("exit 1\n")
        );
    }
}

#[tokio::test]
async fn zips_of_other_tools_come_apart_too() {
    let database = fresh_stores().await.remove(0);
    let desk = Desk::new(&database);
    let zip = by_python(&["tool.deb"], &deb("tool", 3000));
    let draft = carrying(&desk, &zip).await;
    let draft = take_apart(&desk, &draft, &zip).await.unwrap();
    assert!(draft.files[0].is_ready());
    let plan = desk.drafts.prepare(&draft.id).await.unwrap().plan.unwrap();
    assert!(matches!(plan.files[0].origin, Origin::Uploaded { .. }), "the same software in another zip");
}

#[tokio::test]
async fn what_does_not_come_apart_stays_as_it_is() {
    let database = fresh_stores().await.remove(0);
    let desk = Desk::new(&database);
    let (software, text) = (deb("tool", 3000), b"exit 0\n".as_slice());
    for zip in [
        by_python(&["a.deb", "b.deb"], &software),
        by_python(&["install.sh"], text),
        by_python(&["folder/tool.deb"], &software),
        by_python(&["notes.txt", "install.sh"], text),
        b"PK, but no more".to_vec(),
    ] {
        let draft = carrying(&desk, &zip).await;
        let refused = take_apart(&desk, &draft, &zip).await.unwrap_err();
        assert_eq!(refused, at(&draft.files[0].id, Rule::SoftwareZip));
        assert_eq!((desk.drafts.read(&draft.id).await.unwrap().files, desk.files()), (draft.files, 0));
        desk.drafts.remove(&draft.id).await.unwrap();
    }
    let zip = by_python(&["tool.deb"], &software);
    let draft = carrying(&desk, &zip).await;
    let mut tampered = zip.clone();
    tampered[100] ^= 1;
    let refused = take_apart(&desk, &draft, &tampered).await.unwrap_err();
    assert!(matches!(&refused, ApiError::Upstream { code, .. } if code == "ChecksumMismatch"), "{refused:?}");
    let cut = take_apart(&desk, &draft, &zip[..zip.len() - 1]).await.unwrap_err();
    assert!(matches!(cut, ApiError::Upstream { .. }), "{cut:?}");
    assert_eq!((desk.drafts.read(&draft.id).await.unwrap().files, desk.files()), (draft.files.clone(), 0));
    desk.upload(&draft.id, "tool.deb", &software).await;
    let taken = take_apart(&desk, &draft, &zip).await.unwrap_err();
    assert_eq!(taken, at(&draft.files[0].id, Rule::NameTaken));
    assert_eq!(desk.files(), 1, "that of the other file");
}

#[tokio::test]
async fn what_is_done_while_the_zip_arrives_is_kept() {
    for database in fresh_stores().await {
        let desk = Desk::new(&database);
        let zip = by_python(&["tool.deb"], &deb("tool", 3000));
        let draft = carrying(&desk, &zip).await;
        let file = draft.files[0].id.clone();
        let targets = vec![Target::new("debian", "_any", "x86_64")];
        let change = vec![DraftChange::Targets { file: file.clone(), targets: targets.clone() }];
        let (drafts, id, revision, size) =
            (desk.drafts.clone(), draft.id.clone(), draft.revision, zip.len() as u64);
        let arriving = async move {
            drafts.change(&id, revision, change).await.unwrap();
            Ok::<_, io::Error>(zip)
        };
        let body = Body::from_stream(futures::stream::once(arriving));
        let body = FileBody { name: "old.zip".to_owned(), size, body };
        let draft = desk.drafts.take_apart(&draft.id, &file, body).await.unwrap();
        assert!(draft.files[0].is_ready(), "{}", database.name);
        assert_eq!(draft.files[0].targets, targets, "{}", database.name);
    }
}
