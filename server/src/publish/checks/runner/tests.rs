use app::ports::Drafts as _;
use domain::packages::drafts::{DraftChange, NewDraft};
use domain::packages::inspection::{FileProblem, Report, judge};
use domain::packages::manifest::read;
use domain::packages::scripts::{Action, ImplementationFault};
use sha2::{Digest as _, Sha256};

use super::*;
use crate::aws::testing::{Account, account};
use crate::hash::hex;
use crate::publish::testing::{Desk, manifest_of, zip_of};
use crate::store::testing::{Fresh, fresh_stores};

const BUCKET: &str = "my-packages";
const SCRIPTS: [(&str, &str); 2] =
    [("install.sh", "echo in\nexit 0\n"), ("uninstall.sh", "echo out\nexit 0\n")];

struct World {
    desk: Desk,
    account: Account,
    checker: Checker,
    stop: CancellationToken,
    database: Fresh,
}

impl World {
    async fn start(database: Fresh) -> Self {
        let account = account().await;
        account.aws.publishing().make_bucket(BUCKET).await;
        let (desk, stop) = (Desk::new(&database), CancellationToken::new());
        let aws = account.aws.publishing();
        let checker = Checker::new(desk.drafts.clone(), aws, Duration::from_millis(20), stop.clone());
        Self { desk, account, checker, stop, database }
    }

    async fn put(&self, key: &str, bytes: &[u8]) {
        self.account.aws.publishing().overwrite(BUCKET, key, bytes).await;
    }

    async fn draft(&self, manifest: &str) -> String {
        let draft = self.desk.drafts.create("ann", NewDraft::new(DraftKind::Advanced)).await.unwrap();
        let changes = vec![
            DraftChange::Location { bucket: BUCKET.to_owned(), prefix: "tool/1.0".to_owned() },
            DraftChange::Manifest { text: Some(manifest.to_owned()) },
        ];
        self.desk.drafts.change(&draft.id, draft.revision, changes).await.unwrap();
        draft.id
    }

    async fn checked(&self, draft: &str) -> Check {
        self.checker.begin(draft).await.unwrap();
        self.ended(draft).await
    }

    async fn ended(&self, draft: &str) -> Check {
        loop {
            let check = self.checker.get(draft).await.unwrap().unwrap();
            if check.ended.is_some() {
                return check;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn report(&self, check: &Check, manifest: &str) -> Report {
        let place = self.checker.place(BUCKET, "tool/1.0").await.unwrap();
        judge(&read(manifest), "", check.inspection.as_ref(), Some(&place))
    }
}

fn sum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[tokio::test]
async fn zips_are_looked_at_where_they_lie() {
    for database in fresh_stores().await {
        let world = World::start(database).await;
        // Larger than a range.
        let software = "software ".repeat(60_000);
        let good = zip_of(&[SCRIPTS[0], SCRIPTS[1], ("tool.deb", &software)]);
        let bad = zip_of(&[("tool/install.sh", "exit 0\n"), SCRIPTS[1]]);
        world.put("tool/1.0/good.zip", &good).await;
        world.put("tool/1.0/bad.zip", &bad).await;
        world.put("tool/1.0/page.zip", b"<!DOCTYPE html>").await;
        world.put("tool/1.0/other.zip", &good).await;
        world.put("tool/1.0/older/good.zip", &bad).await;
        let manifest = manifest_of(&[
            ("good.zip", &sum(&good)),
            ("bad.zip", &sum(&good)),
            ("page.zip", &sum(b"<!DOCTYPE html>")),
            ("missing.zip", &sum(b"")),
        ]);
        let draft = world.draft(&manifest).await;
        let check = world.checked(&draft).await;
        assert_eq!(check.state, CheckState::Done, "{}", world.database.name);
        let report = world.report(&check, &manifest).await;
        let problems =
            |name: &str| report.files.iter().find(|file| file.name == name).unwrap().problems.clone();
        let zip = |problem| FileProblem::Zip { problem };
        assert_eq!(problems("good.zip"), []);
        assert_eq!(problems("missing.zip"), [FileProblem::Absent]);
        assert_eq!(problems("page.zip"), [zip(ZipProblem::NotZip)]);
        let in_folder =
            ImplementationFault::InFolder { action: Action::Install, path: "tool/install.sh".to_owned() };
        assert_eq!(
            problems("bad.zip"),
            [
                FileProblem::HashDiffers { expected: sum(&good), actual: sum(&bad) },
                zip(ZipProblem::Implementation { fault: in_folder }),
            ]
        );
        assert_eq!(report.unnamed, ["other.zip"]);
        let read = report.files.iter().find(|file| file.name == "good.zip").unwrap();
        assert_eq!((read.size, read.unpacked.unwrap().0), (Some(good.len() as u64), 3));
    }
}

#[tokio::test]
async fn what_changes_is_told_and_read_anew() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    let (one, two) = (zip_of(&SCRIPTS), zip_of(&[SCRIPTS[0], SCRIPTS[1], ("more.txt", "more")]));
    world.put("tool/1.0/one.zip", &one).await;
    world.put("tool/1.0/two.zip", &one).await;
    let manifest = manifest_of(&[("one.zip", &sum(&one)), ("two.zip", &sum(&one))]);
    let draft = world.draft(&manifest).await;
    let check = world.checked(&draft).await;
    assert_eq!(world.report(&check, &manifest).await.counts(), (0, 0));
    assert!(!world.desk.drafts.preview(&draft).await.unwrap().problems.is_empty(), "it has no name yet");
    world.put("tool/1.0/two.zip", &two).await;
    let report = world.report(&check, &manifest).await;
    assert_eq!(
        (report.files[0].problems.as_slice(), report.files[1].problems.as_slice()),
        (&[][..], &[FileProblem::Changed][..])
    );
    let again = world.checked(&draft).await;
    let sums: Vec<_> = again.inspection.as_ref().unwrap().zips.iter().map(|zip| zip.sha256.clone()).collect();
    assert_eq!(sums, [Some(sum(&one)), Some(sum(&two))]);
    // Another place is another matter.
    let elsewhere = DraftChange::Location { bucket: BUCKET.to_owned(), prefix: "empty".to_owned() };
    let revision = world.desk.drafts.get(&draft).await.unwrap().revision;
    world.desk.drafts.change(&draft, revision, vec![elsewhere]).await.unwrap();
    assert_eq!(world.checked(&draft).await.inspection.unwrap().zips, []);
}

#[tokio::test]
async fn one_check_at_a_time_and_none_for_ever() {
    for database in fresh_stores().await {
        let world = World::start(database).await;
        world.put("tool/1.0/one.zip", &zip_of(&SCRIPTS)).await;
        let draft = world.draft(&manifest_of(&[("one.zip", "")])).await;
        // As another instance would have begun it, which then ends.
        let other = world.desk.drafts.random.uuid();
        let now = world.desk.drafts.clock.now();
        assert!(world.checker.store.begin(&draft, &other, now).await.unwrap(), "{}", world.database.name);
        world.checker.begin(&draft).await.unwrap();
        assert_eq!(world.checker.get(&draft).await.unwrap().unwrap().id, other);
        world.desk.clock.pass(time::Duration::seconds(20));
        let check = world.checked(&draft).await;
        assert!(check.id != other && check.state == CheckState::Done);
        let late = world.checker.store.pulse(&other, &check.state, now).await.unwrap();
        assert_eq!(late, Pulse::Lost, "who comes back finds that it is another's");
        // A draft that goes takes its check with it.
        world.desk.drafts.remove(&draft).await.unwrap();
        assert_eq!(world.checker.get(&draft).await, Ok(None));
    }
}

#[tokio::test]
async fn a_check_can_be_cancelled_and_keeps_what_was_known() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    world.put("tool/1.0/one.zip", &zip_of(&SCRIPTS)).await;
    let draft = world.draft(&manifest_of(&[("one.zip", "")])).await;
    let first = world.checked(&draft).await;
    // All places are taken: the next waits.
    let all = u32::try_from(AT_ONCE).unwrap();
    let taken = Arc::clone(&world.checker.slots).acquire_many_owned(all).await.unwrap();
    world.checker.begin(&draft).await.unwrap();
    world.checker.cancel(&draft).await.unwrap();
    let cancelled = world.ended(&draft).await;
    assert_eq!((cancelled.state, cancelled.inspection), (CheckState::Cancelled, first.inspection));
    drop(taken);
    world.stop.cancel();
    world.checker.stopped().await;
}

#[tokio::test]
async fn there_must_be_something_to_check() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    let draft = world.draft("{").await;
    assert_eq!(world.checker.begin(&draft).await, Err(ApiError::field("manifest", Rule::Required)));
    let simple = world.desk.draft().await;
    assert!(matches!(world.checker.begin(&simple).await, Err(ApiError::Conflict { .. })));
    let nowhere = world.desk.drafts.create("ann", NewDraft::new(DraftKind::Advanced)).await.unwrap().id;
    assert_eq!(world.checker.begin(&nowhere).await, Err(ApiError::field("bucket", Rule::Required)));
    assert_eq!(world.checker.get(&nowhere).await, Ok(None));
    let gone = world.draft(&manifest_of(&[("one.zip", "")])).await;
    let change = DraftChange::Location { bucket: "no-such-bucket".to_owned(), prefix: String::new() };
    let revision = world.desk.drafts.get(&gone).await.unwrap().revision;
    world.desk.drafts.change(&gone, revision, vec![change]).await.unwrap();
    let check = world.checked(&gone).await;
    assert!(matches!(check.state, CheckState::Failed { .. }), "{check:?}");
}

#[tokio::test]
async fn an_object_is_read_as_it_was_listed_or_not_at_all() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    let bytes = zip_of(&SCRIPTS);
    world.put("tool/1.0/one.zip", &bytes).await;
    let file = world.checker.place(BUCKET, "tool/1.0").await.unwrap().files.remove(0);
    let aws = world.account.aws.publishing();
    let object = Object { aws, bucket: BUCKET.to_owned(), key: "tool/1.0/one.zip".to_owned(), file };
    let read = AtomicU64::new(0);
    assert_eq!(object.sha256(&read).await, Ok(sum(&bytes)));
    assert_eq!(read.into_inner(), bytes.len() as u64);
    world.put("tool/1.0/one.zip", b"another").await;
    assert_eq!(object.sha256(&AtomicU64::new(0)).await, Err(ReadFailure::Changed));
    assert_eq!(object.contents().await, Err(ReadFailure::Changed));
    let inspected = inspect_zip(&object, &AtomicU64::new(0)).await.unwrap();
    assert_eq!((inspected.sha256, inspected.contents.problems), (None, vec![ZipProblem::ChangedMeanwhile]));
}
