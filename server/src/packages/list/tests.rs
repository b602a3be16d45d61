use std::sync::atomic::{AtomicU64, Ordering};

use app::ports::FileBody;
use async_trait::async_trait;
use domain::packages::catalogue::PackageStatus;
use domain::packages::detail::{PackageContent, PackageDetail, SharedAccount};
use domain::tags::Tag;

use super::*;
use crate::packages::testing::{FakeClock, NOW};

/// One package of the account's own, and how often each call was made.
#[derive(Default)]
struct Counting {
    lists: AtomicU64,
    versions: AtomicU64,
    /// The version that is the newest, and still being created.
    creating: AtomicU64,
    failing: std::sync::atomic::AtomicBool,
}

#[async_trait]
impl PackageSource for Counting {
    async fn list(&self, ownership: Ownership) -> Result<Vec<Package>, ApiError> {
        if self.failing.load(Ordering::SeqCst) {
            return Err(ApiError::Throttled);
        }
        if ownership != Ownership::Own {
            return Ok(Vec::new());
        }
        self.lists.fetch_add(1, Ordering::SeqCst);
        Ok(vec![Package {
            name: "tool".to_owned(),
            ownership,
            owner: None,
            platforms: Vec::new(),
            default_version: None,
            newest_version: None,
            created: None,
            tags: Vec::new(),
        }])
    }

    async fn versions(&self, _: &str) -> Result<Vec<PackageVersion>, ApiError> {
        self.versions.fetch_add(1, Ordering::SeqCst);
        let version = |number, status| PackageVersion {
            number,
            name: Some(format!("{number}.0")),
            created: None,
            is_default: number == 1,
            status: Some(status),
            status_information: None,
        };
        Ok(match self.creating.load(Ordering::SeqCst) {
            0 => vec![version(1, PackageStatus::Active)],
            newest => vec![version(newest, PackageStatus::Creating), version(1, PackageStatus::Active)],
        })
    }

    async fn describe(&self, _: &str) -> Result<PackageDetail, ApiError> {
        Err(ApiError::NotFound)
    }

    async fn content(&self, _: &str, _: u64) -> Result<PackageContent, ApiError> {
        Err(ApiError::NotFound)
    }

    async fn open(&self, _: &str, _: u64, _: &str) -> Result<FileBody, ApiError> {
        Err(ApiError::NotFound)
    }

    async fn set_default_version(&self, _: &str, _: u64) -> Result<(), ApiError> {
        Ok(())
    }

    async fn delete(&self, _: &str, _: Option<u64>) -> Result<(), ApiError> {
        Ok(())
    }

    async fn shared_with(&self, _: &str) -> Result<Vec<SharedAccount>, ApiError> {
        Ok(Vec::new())
    }

    async fn share(&self, _: &str, _: &[String], _: &[String]) -> Result<(), ApiError> {
        Ok(())
    }

    async fn change_tags(&self, _: &str, _: &[Tag], _: &[String]) -> Result<(), ApiError> {
        Ok(())
    }
}

struct Watched {
    source: Arc<Counting>,
    states: watch::Sender<FleetState>,
    clock: Arc<FakeClock>,
    list: ListKeeper,
}

fn watched() -> Watched {
    let source = Arc::new(Counting::default());
    let (states, receiver) = watch::channel(FleetState::default());
    let clock = FakeClock::new();
    let list = ListKeeper::new(Arc::clone(&source) as _, receiver, clock.clone(), Duration::from_secs(10));
    Watched { source, states, clock, list }
}

impl Watched {
    /// How often the list and versions were asked for.
    fn asked(&self) -> (u64, u64) {
        (self.source.lists.load(Ordering::SeqCst), self.source.versions.load(Ordering::SeqCst))
    }
}

#[tokio::test]
async fn who_looks_within_a_while_shares_one_answer() {
    let watched = watched();
    for _ in 0..100 {
        let catalogue = watched.list.get().await.unwrap();
        assert_eq!(catalogue.fetched_at, Some(NOW));
        assert_eq!(catalogue.packages[0].status(), Some(PackageStatus::Active));
    }
    assert_eq!(watched.asked(), (1, 1));
    watched.clock.set(NOW + Duration::from_secs(11));
    watched.list.get().await.unwrap();
    assert_eq!(watched.asked(), (2, 1), "what has settled is not asked for again");
}

#[tokio::test]
async fn word_of_a_change_makes_the_next_ask_anew() {
    let watched = watched();
    watched.list.get().await.unwrap();
    watched.states.send_replace(FleetState { packages_version: 1, ..FleetState::default() });
    watched.source.creating.store(2, Ordering::SeqCst);
    watched.list.forget().await;
    let catalogue = watched.list.get().await.unwrap();
    assert_eq!(watched.asked(), (2, 2));
    let newest = catalogue.packages[0].newest_version.clone().unwrap();
    assert_eq!((newest.number, newest.status), (2, Some(PackageStatus::Creating)));
}

#[tokio::test]
async fn what_has_not_settled_is_asked_for_each_time() {
    let watched = watched();
    watched.source.creating.store(2, Ordering::SeqCst);
    for round in 0..3 {
        watched.clock.set(NOW + Duration::from_secs(11 * round));
        watched.list.get().await.unwrap();
    }
    assert_eq!(watched.asked(), (3, 3));
}

#[tokio::test]
async fn a_failure_leaves_the_older_list_and_says_so() {
    let watched = watched();
    watched.source.failing.store(true, Ordering::SeqCst);
    assert_eq!(watched.list.get().await.unwrap_err(), ApiError::Throttled);
    watched.source.failing.store(false, Ordering::SeqCst);
    watched.list.get().await.unwrap();
    watched.source.failing.store(true, Ordering::SeqCst);
    watched.clock.set(NOW + Duration::from_secs(11));
    let older = watched.list.get().await.unwrap();
    assert_eq!((older.packages.len(), older.failure.clone()), (1, Some(ApiError::Throttled)));
}
