mod interrupted;
mod uploads;
mod world;

use app::ports::{Checks as _, Drafts as _};
use domain::packages::drafts::{DraftChange, DraftKind, FileState, NewDraft};
use domain::packages::preview::Problem;
use domain::packages::publications::{Origin, Plan};
use sha2::{Digest as _, Sha256};

use super::*;
use crate::aws::{DocumentState, Registered};
use crate::hash::hex;
use crate::publish::Checker;
use crate::publish::testing::{deb, manifest_of, zip_of};
use crate::store::testing::fresh_stores;
use world::{BUCKET, KEY, LARGE, World, ended, failure};

#[tokio::test]
async fn a_draft_becomes_an_active_version_of_the_bytes_that_were_shown() {
    for database in fresh_stores().await {
        let world = World::start(database).await;
        let publisher = world.publisher("here");
        let draft = world.desk.complete("Tool", BUCKET, LARGE).await;
        let zip = world.desk.drafts.preview(&draft).await.unwrap().zips.remove(0);
        let new = world.new_publication(&draft).await;
        publisher.begin(new.clone()).await.unwrap();
        publisher.begin(new.clone()).await.unwrap();
        let publication = ended(&publisher, &new.id).await;
        let published = Stage::Published { document_version: "1".to_owned() };
        assert_eq!(publication.stage, published, "{}", world.database.name);
        let object = world.account.aws.publishing().object(BUCKET, KEY).await;
        assert_eq!((object.len() as u64, hex(&Sha256::digest(&object))), (zip.size, zip.sha256));
        let state = world.aws.document_state("Tool", "1").await;
        assert_eq!(state, Ok(DocumentState::Active));
        assert_eq!(world.left().await, (vec!["Tool/1.0/manifest.json".to_owned(), KEY.to_owned()], 0));
        assert_eq!(world.desk.drafts.get(&draft).await, Err(ApiError::NotFound), "it is done with");
        world.without_files().await;
        assert_eq!(world.heard.load(Ordering::Relaxed), 2, "begun, and active");
        let listed = publisher.list(Some("Tool")).await.unwrap();
        assert_eq!(listed.iter().map(|line| line.username.as_str()).collect::<Vec<_>>(), ["ann"]);
        assert_eq!(publisher.list(Some("Other")).await.unwrap(), []);
        world.stop.cancel();
        publisher.stopped().await;
    }
}

#[tokio::test]
async fn a_sign_of_life_after_the_end_does_not_stop_who_still_removes_the_files() {
    for database in fresh_stores().await {
        let world = World::start(database).await;
        let publisher = world.publisher("here");
        let draft = world.desk.complete("Tool", BUCKET, 1000).await;
        let new = world.new_publication(&draft).await;
        publisher.begin(new.clone()).await.unwrap();
        ended(&publisher, &new.id).await;
        let pulse = publisher.note_sent(&new.id, &[]).await.unwrap();
        assert!(matches!(pulse, Pulse::GoOn), "{}", world.database.name);
        let elsewhere = world.publisher("elsewhere");
        assert!(matches!(elsewhere.note_sent(&new.id, &[]).await.unwrap(), Pulse::Lost));
        world.without_files().await;
    }
}

#[tokio::test]
async fn only_what_was_shown_is_published() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    let publisher = world.publisher("here");
    let draft = world.desk.complete("Tool", BUCKET, 1000).await;
    let mut new = world.new_publication(&draft).await;
    world.desk.upload(&draft, "other.deb", &deb("other", 10)).await;
    let conflict = publisher.begin(new.clone()).await.unwrap_err();
    assert!(matches!(conflict, ApiError::Conflict { .. }), "{conflict:?}");
    // What cannot be published has no fingerprint.
    new.fingerprint = world.desk.drafts.preview(&draft).await.unwrap().fingerprint;
    assert_eq!(new.fingerprint, "");
    let conflict = publisher.begin(new.clone()).await.unwrap_err();
    assert!(matches!(conflict, ApiError::Conflict { .. }), "{conflict:?}");
    assert_eq!(publisher.get(&new.id).await, Err(ApiError::NotFound));
}

#[tokio::test]
async fn nothing_changes_in_a_draft_that_is_being_published() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    let publisher = world.publisher("here");
    let draft = world.desk.complete("Tool", BUCKET, LARGE).await;
    let new = world.new_publication(&draft).await;
    world.gate.let_parts(1);
    publisher.begin(new.clone()).await.unwrap();
    world.gate.parts_waiting(1).await;
    let file = world.desk.drafts.get(&draft).await.unwrap().files[0].id.clone();
    let refused = world.desk.drafts.remove_file(&draft, &file).await.unwrap_err();
    assert!(matches!(refused, ApiError::Conflict { .. }), "{refused:?}");
    assert!(matches!(world.desk.drafts.remove(&draft).await, Err(ApiError::Conflict { .. })));
    let twice = NewPublication { id: world.desk.drafts.random.uuid(), ..new.clone() };
    assert!(matches!(publisher.begin(twice).await, Err(ApiError::Conflict { .. })));
    world.gate.let_parts(100);
    assert!(matches!(ended(&publisher, &new.id).await.stage, Stage::Published { .. }));
}

#[tokio::test]
async fn cancelling_leaves_nothing_behind_and_the_draft_as_it_was() {
    for database in fresh_stores().await {
        let world = World::start(database).await;
        let publisher = world.publisher("here");
        let draft = world.desk.complete("Tool", BUCKET, LARGE).await;
        let new = world.new_publication(&draft).await;
        world.gate.let_parts(1);
        publisher.begin(new.clone()).await.unwrap();
        world.gate.parts_waiting(1).await;
        publisher.cancel(&new.id).await.unwrap();
        let publication = ended(&publisher, &new.id).await;
        assert_eq!(failure(&publication), &Failure::Cancelled, "{}", world.database.name);
        assert_eq!(world.left().await, (Vec::new(), 0));
        let kept = world.desk.drafts.get(&draft).await.unwrap();
        assert_eq!((kept.publication, kept.files[0].is_ready()), (None, true));
        assert!(matches!(publisher.cancel(&new.id).await, Err(ApiError::Conflict { .. })), "it has ended");
        // And it can be tried again.
        world.gate.let_parts(100);
        let again = world.new_publication(&draft).await;
        publisher.begin(again.clone()).await.unwrap();
        assert!(matches!(ended(&publisher, &again.id).await.stage, Stage::Published { .. }));
    }
}

#[tokio::test]
async fn a_file_that_has_changed_on_the_disk_is_not_published() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    let publisher = world.publisher("here");
    let draft = world.desk.complete("Tool", BUCKET, 5000).await;
    let new = world.new_publication(&draft).await;
    let file = world.desk.drafts.get(&draft).await.unwrap().files[0].id.clone();
    let path = world.desk.folder.path().join(&draft).join(file);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[4000] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    publisher.begin(new.clone()).await.unwrap();
    let publication = ended(&publisher, &new.id).await;
    let zip_name = "tool_1.0_amd64.deb.zip".to_owned();
    assert_eq!(failure(&publication), &Failure::HashDiffers { zip_name });
    assert_eq!(world.left().await, (Vec::new(), 0));
}

#[tokio::test]
async fn an_object_that_is_there_already_stays_as_it_is() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    let publisher = world.publisher("here");
    let key = "Tool/1.0/manifest.json";
    world.aws.put(BUCKET, key, "somebody else", "{}").await.unwrap();
    let draft = world.desk.complete("Tool", BUCKET, 1000).await;
    let new = world.new_publication(&draft).await;
    publisher.begin(new.clone()).await.unwrap();
    let publication = ended(&publisher, &new.id).await;
    assert_eq!(failure(&publication), &Failure::ObjectExists { key: key.to_owned() });
    assert_eq!(world.left().await, (vec![key.to_owned()], 0), "and what was sent before it is gone");
    assert_eq!(world.account.aws.publishing().object(BUCKET, key).await, b"{}");
}

#[tokio::test]
async fn a_name_that_is_taken_is_told_before_anything_is_sent() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    let publisher = world.publisher("here");
    let first = world.desk.complete("Tool", BUCKET, 1000).await;
    let first = world.new_publication(&first).await;
    publisher.begin(first.clone()).await.unwrap();
    ended(&publisher, &first.id).await;
    let draft = world.desk.complete("Tool", BUCKET, 2000).await;
    let elsewhere = vec![DraftChange::Location { bucket: BUCKET.to_owned(), prefix: "elsewhere".to_owned() }];
    world.desk.drafts.change(&draft, 2, elsewhere).await.unwrap();
    let new = world.new_publication(&draft).await;
    publisher.begin(new.clone()).await.unwrap();
    let publication = ended(&publisher, &new.id).await;
    assert_eq!(failure(&publication), &Failure::NameTaken);
    assert_eq!(publication.progress().0, 0);
    // And should it be taken meanwhile, SSM says so.
    let refused = world.aws.register(&publication.plan).await.unwrap();
    let Registered::Exists(ApiError::Upstream { code, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(code, "DocumentAlreadyExists");
    assert_eq!(world.left().await.0.len(), 2, "those of the first");
    assert_eq!(world.aws.document_state("Tool", "1").await, Ok(DocumentState::Active), "which is untouched");
}

#[tokio::test]
async fn another_version_takes_over_files_that_stay() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    let first = world.desk.complete("Tool", BUCKET, 1000).await;
    let first = world.new_publication(&first).await;
    let publisher = world.publisher("here");
    publisher.begin(first.clone()).await.unwrap();
    let plan = ended(&publisher, &first.id).await.plan;
    let of_first = plan.clone();
    let next = Plan {
        version_name: Some("2.0".to_owned()),
        new_version: true,
        prefix: "Tool/2.0".to_owned(),
        manifest: plan.manifest.replace("1.0", "2.0").replace("tool_2.0", "tool_1.0"),
        files: plan
            .files
            .into_iter()
            .map(|file| {
                let origin = Origin::Carried { document_version: "1".to_owned() };
                domain::packages::publications::PlannedFile { origin, ..file }
            })
            .collect(),
        ..plan
    };
    let Registered::Begun { document_version } = world.aws.register(&next).await.unwrap() else { panic!() };
    assert_eq!(document_version, "2");
    while world.aws.document_state("Tool", "2").await == Ok(DocumentState::Pending) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(world.aws.document_state("Tool", "2").await, Ok(DocumentState::Active));
    // Undoing the first does not take the second with it.
    let refused = world.aws.remove_version(&of_first, "1").await.unwrap_err();
    let ApiError::Upstream { code, .. } = refused else { panic!("{refused:?}") };
    assert_eq!(code, "InvalidDocumentOperation");
    assert_eq!(world.aws.document_state("Tool", "2").await, Ok(DocumentState::Active));
    world.aws.remove_version(&next, "2").await.unwrap();
    assert_eq!(world.aws.document_state("Tool", "2").await, Err(ApiError::NotFound));
    assert_eq!(world.aws.document_state("Tool", "1").await, Ok(DocumentState::Active));
}

#[tokio::test]
async fn a_version_that_ssm_does_not_take_is_removed() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    let publisher = world.publisher("here");
    let draft = world.desk.complete("Tool", BUCKET, 1000).await;
    let new = world.new_publication(&draft).await;
    // The bytes in S3 are others when SSM fetches them.
    world.gate.overwrite(world.account.aws.publishing(), BUCKET, KEY);
    publisher.begin(new.clone()).await.unwrap();
    let publication = ended(&publisher, &new.id).await;
    let Failure::Rejected { information } = failure(&publication) else { panic!("{publication:?}") };
    assert!(information.contains("SHA-256"), "{information}");
    assert_eq!(world.aws.document_state("Tool", "1").await, Err(ApiError::NotFound));
    assert_eq!(world.left().await, (vec![KEY.to_owned()], 0), "what is somebody else's stays");
    let kept = world.desk.drafts.get(&draft).await.unwrap();
    assert!(matches!(kept.files[0].state, FileState::Ready { .. }));
}

/// A draft of a zip that lies in S3, which was checked.
async fn in_place(world: &World, name: &str) -> String {
    let zip = zip_of(&[("install.sh", "echo in\nexit 0\n"), ("uninstall.sh", "echo out\nexit 0\n")]);
    let sha256 = hex(&Sha256::digest(&zip));
    world.account.aws.publishing().overwrite(BUCKET, "there/tool.zip", &zip).await;
    let draft = world.desk.drafts.create("ann", NewDraft::new(DraftKind::Advanced)).await.unwrap();
    let changes = vec![
        DraftChange::Details {
            name: name.to_owned(),
            version_name: "1.0".to_owned(),
            publisher: String::new(),
        },
        DraftChange::Location { bucket: BUCKET.to_owned(), prefix: "there".to_owned() },
        DraftChange::Manifest { text: Some(manifest_of(&[("tool.zip", &sha256)])) },
    ];
    world.desk.drafts.change(&draft.id, draft.revision, changes).await.unwrap();
    let problems = world.desk.drafts.preview(&draft.id).await.unwrap().problems;
    assert_eq!(problems, [Problem::NotChecked]);
    let (aws, pulse) = (world.account.aws.publishing(), Duration::from_millis(20));
    let checker = Checker::new(world.desk.drafts.clone(), aws, pulse, world.stop.clone());
    checker.begin(&draft.id).await.unwrap();
    while checker.get(&draft.id).await.unwrap().unwrap().ended.is_none() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    draft.id
}

#[tokio::test]
async fn zips_that_lie_in_s3_are_published_from_there() {
    for database in fresh_stores().await {
        let world = World::start(database).await;
        let publisher = world.publisher("here");
        let draft = in_place(&world, "Tool").await;
        let new = world.new_publication(&draft).await;
        publisher.begin(new.clone()).await.unwrap();
        let published = Stage::Published { document_version: "1".to_owned() };
        assert_eq!(ended(&publisher, &new.id).await.stage, published, "{}", world.database.name);
        let files = ["there/manifest.json", "there/tool.zip"].map(str::to_owned);
        assert_eq!(world.left().await, (files.to_vec(), 0), "nothing was uploaded but the manifest");
        // Another's manifest beside them is left alone.
        world.account.aws.publishing().overwrite(BUCKET, "there/manifest.json", b"{}").await;
        let draft = in_place(&world, "Other").await;
        let new = world.new_publication(&draft).await;
        publisher.begin(new.clone()).await.unwrap();
        assert!(matches!(ended(&publisher, &new.id).await.stage, Stage::Published { .. }));
        assert_eq!(world.account.aws.publishing().object(BUCKET, "there/manifest.json").await, b"{}");
    }
}

#[tokio::test]
async fn a_zip_that_was_changed_after_its_check_is_not_published() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    let publisher = world.publisher("here");
    let draft = in_place(&world, "Tool").await;
    let new = world.new_publication(&draft).await;
    let noted = publisher.note(new.clone()).await.unwrap().unwrap();
    world.account.aws.publishing().overwrite(BUCKET, "there/tool.zip", b"another").await;
    (*publisher).clone().run(noted, false).await;
    let publication = publisher.get(&new.id).await.unwrap();
    assert_eq!(failure(&publication), &Failure::ObjectChanged { key: "there/tool.zip".to_owned() });
    let again = NewPublication { id: world.desk.drafts.random.uuid(), ..new };
    assert!(matches!(publisher.begin(again).await, Err(ApiError::Conflict { .. })));
    assert_eq!(world.left().await, (vec!["there/tool.zip".to_owned()], 0), "what is another's stays");
}
