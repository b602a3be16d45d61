use std::sync::Mutex;

use app::ports::ActivationTier as _;
use domain::tier::TierState;

use super::*;
use crate::fleet::tests::{Instance, NOW, ScriptedSource, node};
use crate::store::testing::{Fresh, fresh_stores};
use crate::testing::SetClock;

/// A setting in memory: what is asked for is pending until it is settled.
pub struct FakeTier {
    setting: Mutex<Result<TierSetting, ApiError>>,
    reads: Mutex<u32>,
}

impl FakeTier {
    pub fn new() -> Arc<Self> {
        Arc::new(Self { setting: Mutex::new(Ok(setting(Tier::Standard, false))), reads: Mutex::new(0) })
    }

    fn set(&self, setting: Result<TierSetting, ApiError>) {
        *self.setting.lock().unwrap() = setting;
    }

    fn reads(&self) -> u32 {
        *self.reads.lock().unwrap()
    }
}

#[async_trait]
impl TierSource for FakeTier {
    async fn read(&self) -> Result<TierSetting, ApiError> {
        *self.reads.lock().unwrap() += 1;
        self.setting.lock().unwrap().clone()
    }

    async fn change(&self, tier: Tier) -> Result<(), ApiError> {
        let mut held = self.setting.lock().unwrap();
        match &*held {
            Err(error) => Err(error.clone()),
            Ok(held) if held.pending => Err(ApiError::Conflict { reason: "pending".to_owned() }),
            Ok(_) => {
                *held = Ok(setting(tier, true));
                Ok(())
            }
        }
    }
}

fn setting(tier: Tier, pending: bool) -> TierSetting {
    TierSetting { tier, pending, changed: Some(NOW), changed_by: Some("System".to_owned()) }
}

struct Kept {
    keeper: TierKeeper,
    source: Arc<FakeTier>,
    clock: Arc<SetClock>,
    store: FleetStore,
}

fn keep(database: &Fresh) -> Kept {
    let (source, clock) = (FakeTier::new(), Arc::new(SetClock::at(NOW)));
    let store = FleetStore::new(database.store.pool());
    let keeper = TierKeeper::new(source.clone(), store.clone(), clock.clone());
    Kept { keeper, source, clock, store }
}

#[tokio::test]
async fn a_settled_tier_is_read_now_and_then_and_a_pending_one_always() {
    for database in fresh_stores().await {
        let Kept { keeper, source, clock, store } = keep(&database);
        assert_eq!(store.state().await.unwrap().tier, TierState::default(), "{}", database.name);
        for seconds in [0, 1, 14, 15, 16] {
            clock.set(NOW + Duration::seconds(seconds));
            keeper.refresh_when_due().await.unwrap();
        }
        assert_eq!(source.reads(), 2, "{}", database.name);
        let state = store.state().await.unwrap();
        assert_eq!(state.tier.setting, Some(setting(Tier::Standard, false)));
        assert_eq!(state.tier.read_at, Some(NOW + Duration::seconds(15)));
        assert_eq!(state.tier_version, 1, "the same again is nothing to tell");

        keeper.change(Tier::Advanced).await.unwrap();
        for reads in 4..7 {
            keeper.refresh_when_due().await.unwrap();
            assert_eq!(source.reads(), reads);
        }
        let pending = store.state().await.unwrap();
        assert_eq!((pending.tier.setting, pending.tier_version), (Some(setting(Tier::Advanced, true)), 2));
        source.set(Ok(setting(Tier::Advanced, false)));
        keeper.refresh_when_due().await.unwrap();
        let settled = store.state().await.unwrap();
        assert_eq!((settled.tier.setting, settled.tier_version), (Some(setting(Tier::Advanced, false)), 3));
    }
}

#[tokio::test]
async fn a_failure_leaves_what_was_known_and_says_why_once() {
    for database in fresh_stores().await {
        let Kept { keeper, source, clock, store } = keep(&database);
        keeper.refresh_when_due().await.unwrap();
        source.set(Err(ApiError::Throttled));
        for minutes in [1, 2] {
            clock.set(NOW + Duration::minutes(minutes));
            keeper.refresh_when_due().await.unwrap();
        }
        let failed = store.state().await.unwrap();
        let expected = TierState {
            setting: Some(setting(Tier::Standard, false)),
            read_at: Some(NOW),
            failure: Some(ApiError::Throttled),
        };
        assert_eq!((failed.tier, failed.tier_version), (expected, 2), "{}", database.name);
        assert_eq!(keeper.change(Tier::Advanced).await, Err(ApiError::Throttled));

        source.set(Ok(setting(Tier::Standard, false)));
        clock.set(NOW + Duration::minutes(3));
        keeper.refresh_when_due().await.unwrap();
        let mended = store.state().await.unwrap();
        assert_eq!((mended.tier.failure, mended.tier_version), (None, 3));
    }
}

#[tokio::test]
async fn what_was_read_before_a_change_does_not_undo_it() {
    for database in fresh_stores().await {
        let Kept { keeper, store, .. } = keep(&database);
        keeper.refresh_when_due().await.unwrap();
        let noted = store.state().await.unwrap().tier_version;
        keeper.change(Tier::Advanced).await.unwrap();
        store.note_tier(&setting(Tier::Standard, false), NOW, Some(noted)).await.unwrap();
        let tier = store.state().await.unwrap().tier;
        assert_eq!(tier.setting, Some(setting(Tier::Advanced, true)), "{}", database.name);
    }
}

#[tokio::test]
async fn a_change_that_cannot_be_seen_yet_is_under_way() {
    struct Late(FakeTier);

    #[async_trait]
    impl TierSource for Late {
        async fn read(&self) -> Result<TierSetting, ApiError> {
            self.0.read().await
        }

        async fn change(&self, _: Tier) -> Result<(), ApiError> {
            Ok(())
        }
    }

    for database in fresh_stores().await {
        let source = Late(FakeTier { setting: Mutex::new(Err(ApiError::Throttled)), reads: Mutex::new(0) });
        let store = FleetStore::new(database.store.pool());
        let keeper = TierKeeper::new(Arc::new(source), store.clone(), Arc::new(SetClock::at(NOW)));
        keeper.change(Tier::Advanced).await.unwrap();
        let setting = store.state().await.unwrap().tier.setting.unwrap();
        assert_eq!((setting.tier, setting.pending), (Tier::Advanced, true), "{}", database.name);
    }
}

#[tokio::test]
async fn every_instance_sees_the_tier_and_a_change() {
    for database in fresh_stores().await {
        let source = ScriptedSource::new(vec![node(1)]);
        let mut other = Instance::start(&database, "other", &source).await;
        let read = other.until(|state| state.tier.setting.is_some()).await;
        assert_eq!(read.tier.setting, Some(setting(Tier::Standard, false)), "{}", database.name);
        let here = Instance::start(&database, "here", &source).await;
        let changed = here.fleet.change(Tier::Advanced).await.unwrap();
        assert_eq!(changed.setting, Some(setting(Tier::Advanced, true)));
        assert_eq!(here.fleet.state().await.unwrap(), changed, "the next request sees it");
        other.until(|state| state.tier == changed).await;
        here.stop().await;
        other.stop().await;
    }
}
