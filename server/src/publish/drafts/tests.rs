use bytes::Bytes;
use domain::packages::drafts::{Base, DraftKind, EditedScripts};
use domain::packages::limits::MAX_FILES;
use domain::packages::platform::Target;
use time::Duration;

use super::*;
use crate::publish::testing::{Desk, QUOTA, deb, pieces};
use crate::publish::{FormFile, Receipt, UploadFailure};
use crate::store::testing::fresh_stores;

fn details(name: &str) -> Vec<DraftChange> {
    let (name, empty) = (name.to_owned(), String::new());
    vec![DraftChange::Details { name, version_name: empty.clone(), publisher: empty }]
}

async fn announce(desk: &Desk, draft: &str, name: &str, size: u64) -> DraftFile {
    desk.drafts.add_file(draft, NewFile { file_name: name.to_owned(), size }).await.unwrap()
}

fn refused(file: &DraftFile) -> Option<&FileRefused> {
    match &file.state {
        FileState::Refused { reason } => Some(reason),
        _ => None,
    }
}

#[tokio::test]
async fn drafts_are_kept_listed_and_removed() {
    for database in fresh_stores().await {
        let desk = Desk::new(&database);
        let base = Some(Base { name: "Tool".to_owned(), document_version: "2".to_owned() });
        let first =
            desk.drafts.create("ann", NewDraft { base, ..NewDraft::new(DraftKind::Simple) }).await.unwrap();
        desk.clock.pass(Duration::seconds(5));
        let second = desk.drafts.create("bob", NewDraft::new(DraftKind::Advanced)).await.unwrap();
        assert_eq!(desk.drafts.get(&first.id).await.unwrap().contents.name, "Tool", "{}", database.name);
        let ids = async |username: Option<&str>| {
            let drafts = desk.drafts.list(username).await.unwrap();
            drafts.into_iter().map(|draft| draft.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(None).await, [second.id.clone(), first.id.clone()]);
        assert_eq!(ids(Some("ann")).await, [first.id.as_str()]);
        desk.upload(&first.id, "tool.deb", &deb("tool", 10)).await;
        assert_eq!(desk.files(), 1);
        desk.drafts.remove(&first.id).await.unwrap();
        assert_eq!((desk.files(), desk.drafts.get(&first.id).await), (0, Err(ApiError::NotFound)));
        assert_eq!(desk.drafts.remove(&first.id).await, Err(ApiError::NotFound));
    }
}

#[tokio::test]
async fn of_two_who_change_a_draft_the_second_is_told() {
    for database in fresh_stores().await {
        let desk = Desk::new(&database);
        let draft = desk.draft().await;
        let changed = desk.drafts.change(&draft, 1, details("Tool")).await.unwrap();
        assert_eq!((changed.revision, changed.contents.name.as_str()), (2, "Tool"), "{}", database.name);
        let conflict = desk.drafts.change(&draft, 1, details("Other")).await.unwrap_err();
        assert!(matches!(conflict, ApiError::Conflict { .. }), "{conflict:?}");
        assert_eq!(desk.drafts.change(&draft, 2, details("Tool")).await.unwrap().revision, 2, "nothing new");
        let invalid = desk.drafts.change(&draft, 2, details("aws-tool")).await.unwrap_err();
        assert!(matches!(invalid, ApiError::Invalid { .. }), "{invalid:?}");
    }
}

#[tokio::test]
async fn a_file_that_has_arrived_says_what_it_is() {
    for database in fresh_stores().await {
        let desk = Desk::new(&database);
        let draft = desk.draft().await;
        let bytes = deb("tool", 200_000);
        let file = desk.upload(&draft, "anything.bin", &bytes).await;
        let sha256 = crate::hash::hex(&<sha2::Sha256 as sha2::Digest>::digest(&bytes));
        assert_eq!(file.state, FileState::Ready { sha256, base: None }, "{}", database.name);
        let software = file.software.clone().unwrap();
        assert_eq!((software.name.as_str(), software.version.as_str()), ("tool", "1.0"));
        assert!(file.targets.iter().any(|target| target.platform == "ubuntu"), "{:?}", file.targets);
        let kept = desk.drafts.get(&draft).await.unwrap();
        assert_eq!((kept.files, kept.revision), (vec![file], 1), "a file changes nothing that a person gave");
    }
}

#[tokio::test]
async fn nodes_that_somebody_gives_while_a_file_arrives_stay() {
    for database in fresh_stores().await {
        let desk = Desk::new(&database);
        let draft = desk.draft().await;
        let bytes = deb("tool", 1000);
        let file = announce(&desk, &draft, "tool.deb", bytes.len() as u64).await.id;
        let targets = vec![Target::new("debian", "_any", "x86_64")];
        let change = vec![DraftChange::Targets { file: file.clone(), targets: targets.clone() }];
        let (drafts, id) = (desk.drafts.clone(), draft.clone());
        let arriving = async move {
            drafts.change(&id, 1, change).await.unwrap();
            Ok::<_, io::Error>(Bytes::from(bytes))
        };
        let received = desk.drafts.receive(&draft, &file, 0, futures::stream::once(arriving)).await;
        let Ok(Receipt::Whole(ready)) = received else { panic!("{received:?}") };
        assert_eq!(ready.targets, targets, "{}", database.name);
        assert_eq!(desk.drafts.get(&draft).await.unwrap().files, [ready]);
    }
}

#[tokio::test]
async fn saving_leaves_alone_what_became_of_files_meanwhile() {
    for database in fresh_stores().await {
        let desk = Desk::new(&database);
        let draft = desk.draft().await;
        let bytes = deb("tool", 1000);
        desk.upload(&draft, "first.deb", &bytes).await;
        let file = announce(&desk, &draft, "second.deb", bytes.len() as u64).await.id;
        // Read before the second file has arrived, and written after.
        let before = desk.drafts.read(&draft).await.unwrap();
        desk.drafts.receive(&draft, &file, 0, pieces(&bytes)).await.unwrap();
        let mut changed = before.clone();
        changed.contents.name = "Tool".to_owned();
        changed.files[0].targets.clear();
        let done = desk.drafts.store.update(&changed, &before, desk.clock.now()).await.unwrap();
        assert_eq!(done, Changed::Done, "{}", database.name);
        let kept = desk.drafts.get(&draft).await.unwrap();
        assert_eq!((kept.contents.name.as_str(), kept.files[0].targets.len()), ("Tool", 0));
        assert!(!kept.files[1].targets.is_empty(), "{}", database.name);
    }
}

#[tokio::test]
async fn a_file_that_has_arrived_waits_for_who_saves_the_draft() {
    // SQLite has one writer at a time.
    let databases = fresh_stores().await.into_iter().filter(|database| database.name == "PostgreSQL");
    for database in databases {
        let (desk, pool) = (Desk::new(&database), database.store.pool());
        let draft = desk.draft().await;
        let file = desk.upload(&draft, "tool.deb", &deb("tool", 10)).await;
        let mut saving = pool.begin().await.unwrap();
        let sql = "UPDATE package_drafts SET revision = revision + 1 WHERE id = $1";
        sqlx::query(sql).bind(&draft).execute(&mut *saving).await.unwrap();
        let (drafts, id, settled, now) = (desk.drafts.clone(), draft.clone(), file.clone(), desk.clock.now());
        let settling =
            tokio::spawn(async move { drafts.store.settle_file(&id, &settled, None, now).await.unwrap() });
        let sql = "SELECT COUNT(*) FROM pg_stat_activity \
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
        loop {
            let waiting: i64 = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
            if waiting > 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let sql = "UPDATE package_draft_files SET scripts = scripts WHERE id = $1";
        sqlx::query(sql).bind(&file.id).execute(&mut *saving).await.unwrap();
        saving.commit().await.unwrap();
        assert_eq!(settling.await.unwrap(), Changed::Done);
    }
}

#[tokio::test]
async fn what_is_no_software_is_refused_with_the_reason_and_goes() {
    for database in fresh_stores().await {
        let desk = Desk::new(&database);
        let draft = desk.draft().await;
        let file = desk.upload(&draft, "tool.deb", b"GIF89a, and certainly no package").await;
        assert!(matches!(refused(&file), Some(FileRefused::Software { .. })), "{file:?}");
        let cut = deb("tool", 5000);
        let file = desk.upload(&draft, "tool.deb", &cut[..cut.len() - 1000]).await;
        assert!(matches!(refused(&file), Some(FileRefused::Software { .. })), "{file:?}");
        assert_eq!((desk.files(), desk.drafts.room("ann").await.unwrap().used), (0, 0), "{}", database.name);
    }
}

#[tokio::test]
async fn an_upload_goes_on_where_it_broke_off() {
    let database = fresh_stores().await.remove(0);
    let desk = Desk::new(&database);
    let draft = desk.draft().await;
    let bytes = deb("tool", 300_000);
    let file = announce(&desk, &draft, "tool.deb", bytes.len() as u64).await.id;
    let broken = futures::StreamExt::chain(
        pieces(&bytes[..100_000]),
        futures::stream::iter([Err(io::Error::other("the cable"))]),
    );
    assert_eq!(desk.drafts.receive(&draft, &file, 0, broken).await, Err(UploadFailure::Broken));
    assert_eq!(desk.drafts.offset(&draft, &file).await.unwrap(), (100_000, bytes.len() as u64));
    // As after a restart: nothing but the folder and the database is known.
    let desk = Desk { drafts: StoredDrafts { slots: Arc::default(), ..desk.drafts.clone() }, ..desk };
    let gap = desk.drafts.receive(&draft, &file, 100_001, pieces(&bytes)).await;
    assert_eq!(gap, Err(UploadFailure::Offset { received: 100_000 }));
    let part = desk.drafts.receive(&draft, &file, 100_000, pieces(&bytes[100_000..150_000])).await.unwrap();
    assert!(matches!(part, Receipt::Partial(file) if file.received == 150_000));
    // What came last may be sent again.
    let rest = desk.drafts.receive(&draft, &file, 120_000, pieces(&bytes[120_000..])).await.unwrap();
    let Receipt::Whole(ready) = rest else { panic!("{rest:?}") };
    let sha256 = crate::hash::hex(&<sha2::Sha256 as sha2::Digest>::digest(&bytes));
    assert_eq!(ready.state, FileState::Ready { sha256, base: None });
    let again = desk.drafts.receive(&draft, &file, 0, pieces(&bytes)).await;
    assert_eq!(again, Err(UploadFailure::Settled(Box::new(ready))));
}

#[tokio::test]
async fn a_file_is_looked_at_though_the_server_ended_before() {
    let database = fresh_stores().await.remove(0);
    let desk = Desk::new(&database);
    let draft = desk.draft().await;
    let bytes = deb("tool", 1000);
    let file = announce(&desk, &draft, "tool.deb", bytes.len() as u64).await;
    let path = desk.drafts.area.path(&draft, &file.id).unwrap();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, &bytes).unwrap();
    assert_eq!(desk.drafts.get(&draft).await.unwrap().files[0].state, FileState::Checking);
    while !desk.drafts.get(&draft).await.unwrap().files[0].is_ready() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn more_than_was_announced_is_not_taken() {
    let database = fresh_stores().await.remove(0);
    let desk = Desk::new(&database);
    let draft = desk.draft().await;
    let bytes = deb("tool", 1000);
    let file = announce(&desk, &draft, "tool.deb", bytes.len() as u64 - 1).await;
    let Ok(Receipt::Whole(file)) = desk.drafts.receive(&draft, &file.id, 0, pieces(&bytes)).await else {
        panic!()
    };
    assert_eq!((refused(&file), desk.files()), (Some(&FileRefused::Longer), 0));
}

#[tokio::test]
async fn who_sends_anew_takes_the_place_of_the_old_connection() {
    let database = fresh_stores().await.remove(0);
    let desk = Desk::new(&database);
    let draft = desk.draft().await;
    let bytes = deb("tool", 1000);
    let file = announce(&desk, &draft, "tool.deb", bytes.len() as u64).await.id;
    let hanging = futures::StreamExt::chain(pieces(&bytes[..10]), futures::stream::pending());
    let (drafts, in_draft, of_file) = (desk.drafts.clone(), draft.clone(), file.clone());
    let old = tokio::spawn(async move { drafts.receive(&in_draft, &of_file, 0, hanging).await });
    while desk.drafts.offset(&draft, &file).await.unwrap().0 < 10 {
        tokio::task::yield_now().await;
    }
    let new = desk.drafts.receive(&draft, &file, 10, pieces(&bytes[10..])).await.unwrap();
    assert!(matches!(new, Receipt::Whole(file) if file.is_ready()));
    assert_eq!(old.await.unwrap(), Err(UploadFailure::Broken));
}

#[tokio::test]
async fn removing_a_file_ends_its_upload() {
    let database = fresh_stores().await.remove(0);
    let desk = Desk::new(&database);
    let draft = desk.draft().await;
    let file = announce(&desk, &draft, "tool.deb", 1000).await.id;
    let hanging = futures::StreamExt::chain(pieces(b"!<arch>\n"), futures::stream::pending());
    let (drafts, in_draft, of_file) = (desk.drafts.clone(), draft.clone(), file.clone());
    let upload = tokio::spawn(async move { drafts.receive(&in_draft, &of_file, 0, hanging).await });
    while desk.drafts.offset(&draft, &file).await.unwrap().0 == 0 {
        tokio::task::yield_now().await;
    }
    assert!(desk.drafts.remove_file(&draft, &file).await.unwrap().files.is_empty());
    assert_eq!(upload.await.unwrap(), Err(UploadFailure::Broken));
    assert_eq!((desk.files(), desk.drafts.room("ann").await.unwrap().used), (0, 0));
}

#[tokio::test]
async fn there_is_room_for_so_many_files_and_bytes() {
    for database in fresh_stores().await {
        let desk = Desk::new(&database);
        let draft = desk.draft().await;
        for number in 0..MAX_FILES {
            let file = announce(&desk, &draft, &format!("tool-{number}.deb"), 1).await;
            assert_eq!(file.state, FileState::Uploading, "{}", database.name);
        }
        let more = announce(&desk, &draft, "more.deb", 1).await;
        assert_eq!(refused(&more), Some(&FileRefused::TooMany { max: 20 }));
        let other = desk.draft().await;
        announce(&desk, &other, "tool.deb", 10).await;
        let same = announce(&desk, &other, "Tool.deb", 10).await;
        assert_eq!(refused(&same), Some(&FileRefused::NameTaken));
        let left = desk.drafts.room("ann").await.unwrap().left();
        assert_eq!(left, QUOTA.person - 30);
        let large = announce(&desk, &other, "large.deb", left + 1).await;
        assert_eq!(refused(&large), Some(&FileRefused::Quota { left }));
        assert_eq!(announce(&desk, &other, "fits.deb", left).await.state, FileState::Uploading);
        let bobs = desk.drafts.create("bob", NewDraft::new(DraftKind::Simple)).await.unwrap().id;
        let left = QUOTA.all - QUOTA.person;
        let large = announce(&desk, &bobs, "large.deb", left + 1).await;
        assert_eq!(refused(&large), Some(&FileRefused::Quota { left }), "all drafts together");
        desk.drafts.remove(&other).await.unwrap();
        assert_eq!(announce(&desk, &bobs, "large.deb", left + 1).await.state, FileState::Uploading);
    }
}

#[tokio::test]
async fn of_many_who_ask_at_once_no_more_get_room_than_there_is() {
    for database in fresh_stores().await {
        let desk = Desk::new(&database);
        let draft = desk.draft().await;
        let asked = (0..8).map(|number| {
            let (drafts, draft) = (desk.drafts.clone(), draft.clone());
            let file = NewFile { file_name: format!("{number}.deb"), size: QUOTA.person / 3 };
            tokio::spawn(async move { drafts.add_file(&draft, file).await.unwrap() })
        });
        let files = futures::future::join_all(asked).await;
        let taken = files.iter().filter(|file| refused(file.as_ref().unwrap()).is_none()).count();
        assert_eq!(taken, 3, "{}", database.name);
    }
}

#[tokio::test]
async fn a_form_brings_files_whose_size_nobody_said() {
    let database = fresh_stores().await.remove(0);
    let desk = Desk::new(&database);
    let draft = desk.draft().await;
    let form = |name: &str, bytes: &[u8], at_most: u64| FormFile {
        name: name.to_owned(),
        at_most,
        bytes: pieces(bytes),
    };
    let bytes = deb("tool", 1000);
    let file = desk.drafts.receive_form(&draft, form("tool.deb", &bytes, 50_000)).await.unwrap();
    assert!(file.is_ready() && file.size == bytes.len() as u64, "{file:?}");
    assert_eq!(desk.drafts.room("ann").await.unwrap().used, file.size, "no more than it took");
    let empty = desk.drafts.receive_form(&draft, form("empty.deb", b"", 50_000)).await.unwrap();
    assert_eq!(refused(&empty), Some(&FileRefused::Empty));
    let named = desk.drafts.receive_form(&draft, form("my tool.deb", &bytes, 50_000)).await.unwrap();
    assert_eq!(refused(&named), Some(&FileRefused::FileName));
    let left = desk.drafts.room("ann").await.unwrap().left();
    announce(&desk, &draft, "other.deb", left - 100).await;
    let large = desk.drafts.receive_form(&draft, form("large.deb", &bytes, 50_000)).await.unwrap();
    assert_eq!(refused(&large), Some(&FileRefused::Quota { left: 100 }));
    assert_eq!(desk.files(), 1);
}

#[tokio::test]
async fn forgotten_drafts_and_files_of_none_are_cleaned_up() {
    for database in fresh_stores().await {
        let desk = Desk::new(&database);
        let old = desk.draft().await;
        desk.upload(&old, "tool.deb", &deb("tool", 10)).await;
        desk.clock.pass(KEPT_FOR - Duration::hours(1));
        let draft = desk.draft().await;
        desk.upload(&draft, "tool.deb", &deb("tool", 10)).await;
        let stray = desk.folder.path().join(&draft).join("4e4d1f3b-0a0b-4e1c-9d43-3a2f6f8f9a11");
        std::fs::write(&stray, "a file that nobody knows").unwrap();
        desk.drafts.clean_up().await.unwrap();
        assert_eq!((desk.files(), stray.exists()), (2, false), "{}", database.name);
        desk.clock.pass(Duration::hours(2));
        desk.drafts.clean_up().await.unwrap();
        assert_eq!((desk.files(), desk.drafts.list(None).await.unwrap().len()), (1, 1), "{}", database.name);
    }
}

#[tokio::test]
async fn a_preview_knows_every_byte_and_what_is_missing() {
    let database = fresh_stores().await.remove(0);
    let desk = Desk::new(&database);
    let draft = desk.complete("Tool", "my-bucket", 70_000).await;
    let preview = desk.drafts.preview(&draft).await.unwrap();
    assert_eq!((preview.problems, preview.findings), (Vec::new(), Vec::new()));
    assert_eq!(preview.zips[0].name, "tool_1.0_amd64.deb.zip");
    assert!(preview.manifest.contains(&preview.zips[0].sha256));
    assert_eq!(desk.drafts.preview(&draft).await.unwrap().fingerprint, preview.fingerprint);
    let twin = desk.complete("Tool", "my-bucket", 70_000).await;
    let twin = desk.drafts.preview(&twin).await.unwrap();
    assert_eq!(twin.zips[0].sha256, preview.zips[0].sha256, "the same makes the same bytes");
    let file = preview.zips[0].file.clone();
    let scripts = EditedScripts { install: Some("exit 1\n".to_owned()), ..preview.scripts[0].used.clone() };
    let changes = vec![DraftChange::Scripts { file, scripts }];
    desk.drafts.change(&draft, 2, changes).await.unwrap();
    let other = desk.drafts.preview(&draft).await.unwrap();
    assert_ne!(other.zips[0].sha256, preview.zips[0].sha256);
    assert_ne!(other.fingerprint, preview.fingerprint);
}

#[tokio::test]
async fn what_was_not_edited_goes_on_being_generated() {
    let database = fresh_stores().await.remove(0);
    let desk = Desk::new(&database);
    let draft = desk.complete("Tool", "my-bucket", 1000).await;
    let preview = desk.drafts.preview(&draft).await.unwrap();
    let generated = preview.scripts[0].generated.clone();
    assert!(generated.install.as_ref().is_some_and(|script| script.contains("apt-get")), "{generated:?}");
    let file = preview.zips[0].file.clone();
    let as_sent = vec![DraftChange::Scripts { file, scripts: generated }];
    let changed = desk.drafts.change(&draft, 2, as_sent).await.unwrap();
    assert_eq!(changed.files[0].scripts, EditedScripts::default());
    let manifest = async |revision: i64, text: String| {
        let change = vec![DraftChange::Manifest { text: Some(text) }];
        desk.drafts.change(&draft, revision, change).await.unwrap().contents.manifest
    };
    let generated = desk.drafts.preview(&draft).await.unwrap().generated_manifest;
    assert_eq!(manifest(3, generated.clone()).await, None);
    let edited = generated.replace("ACME", "Other");
    assert_eq!(manifest(3, edited.clone()).await, Some(edited));
    assert_eq!(manifest(4, generated).await, None);
    assert_eq!(desk.drafts.preview(&draft).await.unwrap().problems, []);
}
