use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::nodes::PingStatus;
use time::OffsetDateTime;
use time::macros::datetime;
use tokio::sync::Semaphore;

use super::tier::tests::FakeTier;
use super::*;
use crate::store::testing::{Fresh, fresh_stores};

pub const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);

/// A hybrid node like any other.
pub fn node(number: u32) -> ManagedNode {
    ManagedNode {
        id: format!("mi-{number:017x}"),
        name: Some("bb-ubuntu".to_owned()),
        state: None,
        platform_type: Some("Linux".to_owned()),
        platform_name: Some("Ubuntu".to_owned()),
        platform_version: Some("22.04".to_owned()),
        architecture: None,
        image_id: None,
        source_type: Some("AWS::SSM::ManagedInstance".to_owned()),
        source_id: Some(format!("mi-{number:017x}")),
        ping_status: Some(PingStatus::Online),
        last_ping: Some(NOW),
        agent_version: Some("3.3.987.0".to_owned()),
        computer_name: Some(format!("host-{number}")),
        ip_address: Some("192.0.2.7".to_owned()),
        activation_id: Some("255996e5-f42d-44c8-8fb8-eb17f76696bc".to_owned()),
        iam_role: Some("BB_Hybrid_Activation".to_owned()),
        registered: Some(NOW - time::Duration::seconds(i64::from(number))),
    }
}

struct FixedClock;

impl Clock for FixedClock {
    fn now(&self) -> OffsetDateTime {
        NOW
    }
}

/// A clock that is set, in seconds after [`NOW`].
struct SetClock(AtomicI64);

impl Clock for SetClock {
    fn now(&self) -> OffsetDateTime {
        NOW + time::Duration::seconds(self.0.load(Ordering::Relaxed))
    }
}

/// Answers what it is told to, each time that it is let.
pub struct ScriptedSource {
    answer: Mutex<Result<Vec<ManagedNode>, ApiError>>,
    permits: Semaphore,
}

impl ScriptedSource {
    pub fn new(answer: Vec<ManagedNode>) -> Arc<Self> {
        Arc::new(Self { answer: Mutex::new(Ok(answer)), permits: Semaphore::new(1) })
    }

    pub fn answer_next(&self, answer: Result<Vec<ManagedNode>, ApiError>) {
        *self.answer.lock().unwrap() = answer;
        self.permits.add_permits(1);
    }
}

#[async_trait]
impl NodeSource for ScriptedSource {
    async fn fetch(&self) -> Result<Vec<ManagedNode>, ApiError> {
        self.permits.acquire().await.unwrap().forget();
        self.answer.lock().unwrap().clone()
    }
}

/// One instance of the console on a database.
pub struct Instance {
    pub fleet: Arc<Fleet>,
    states: watch::Receiver<FleetState>,
    shutdown: CancellationToken,
}

impl Instance {
    pub async fn start(database: &Fresh, name: &str, source: &Arc<ScriptedSource>) -> Self {
        let shutdown = CancellationToken::new();
        let config = FleetConfig {
            tier: FakeTier::new(),
            interval: Duration::from_millis(10),
            jitter: Box::new(|| 0.0),
            instance: name.to_owned(),
        };
        let source = Arc::<ScriptedSource>::clone(source);
        let pool = database.store.pool();
        let fleet = Fleet::start(pool, source, Arc::new(FixedClock), config, shutdown.clone()).await.unwrap();
        Self { states: fleet.states(), fleet, shutdown }
    }

    pub async fn until(&mut self, condition: impl FnMut(&FleetState) -> bool) -> FleetState {
        let state = tokio::time::timeout(Duration::from_secs(30), self.states.wait_for(condition));
        state.await.expect("it happens in time").unwrap().clone()
    }

    pub async fn nodes(&self) -> Vec<ManagedNode> {
        self.fleet.snapshot().await.unwrap().nodes.iter().cloned().collect()
    }

    pub async fn stop(self) {
        self.shutdown.cancel();
        self.fleet.stopped().await;
    }
}

#[tokio::test]
async fn before_the_first_answer_there_are_no_nodes_and_no_time() {
    for database in fresh_stores().await {
        let source = ScriptedSource::new(Vec::new());
        source.permits.acquire().await.unwrap().forget();
        let instance = Instance::start(&database, "a", &source).await;
        assert_eq!(*instance.fleet.snapshot().await.unwrap(), NodeSnapshot::default(), "{}", database.name);
        instance.stop().await;
    }
}

#[tokio::test]
async fn nodes_come_change_and_go() {
    for database in fresh_stores().await {
        let source = ScriptedSource::new(vec![node(3), node(1), node(2)]);
        let mut instance = Instance::start(&database, "a", &source).await;
        let first = instance.until(|state| state.fetched_at.is_some()).await;
        assert_eq!((first.nodes_version, first.activations_version), (1, 1), "{}", database.name);
        let snapshot = instance.fleet.snapshot().await.unwrap();
        assert_eq!(instance.nodes().await, [node(1), node(2), node(3)]);
        assert_eq!((snapshot.fetched_at, &snapshot.failure), (Some(NOW), &None));

        let lost = ManagedNode { ping_status: Some(PingStatus::ConnectionLost), ..node(1) };
        source.answer_next(Ok(vec![lost.clone(), node(2), node(3)]));
        let second = instance.until(|state| state.version == 2).await;
        assert_eq!((second.nodes_version, second.activations_version), (2, 1));
        assert_eq!(instance.nodes().await, [lost.clone(), node(2), node(3)]);

        let beat = ManagedNode { last_ping: Some(NOW + time::Duration::seconds(9)), ..node(3) };
        source.answer_next(Ok(vec![lost, beat.clone()]));
        let third = instance.until(|state| state.version == 3).await;
        assert_eq!((third.nodes_version, third.activations_version), (3, 1));
        assert_eq!(instance.nodes().await[1], beat);

        source.answer_next(Ok(vec![node(1), ManagedNode { last_ping: Some(NOW), ..beat.clone() }]));
        instance.until(|state| state.version == 4).await;
        source.answer_next(Ok(vec![node(1), beat]));
        let beaten = instance.until(|state| state.version == 5).await;
        assert_eq!(beaten.nodes_version, 4, "a heartbeat alone is nothing to tell");
        instance.stop().await;
    }
}

#[tokio::test]
async fn a_failure_leaves_the_nodes_and_says_why() {
    for database in fresh_stores().await {
        let source = ScriptedSource::new(vec![node(1)]);
        let mut instance = Instance::start(&database, "a", &source).await;
        instance.until(|state| state.version == 1).await;
        source.answer_next(Err(ApiError::Throttled));
        let failed = instance.until(|state| state.failure.is_some()).await;
        assert_eq!(failed.nodes_version, 2, "{}", database.name);
        let snapshot = instance.fleet.snapshot().await.unwrap();
        assert_eq!(instance.nodes().await, [node(1)]);
        assert_eq!((snapshot.fetched_at, &snapshot.failure), (Some(NOW), &Some(ApiError::Throttled)));

        source.answer_next(Ok(vec![node(1)]));
        let mended = instance.until(|state| state.failure.is_none()).await;
        assert_eq!((mended.version, mended.nodes_version), (1, 3));
        instance.stop().await;
    }
}

#[tokio::test]
async fn of_two_instances_the_newer_polls_and_both_see() {
    for database in fresh_stores().await {
        let (older, newer) = (ScriptedSource::new(Vec::new()), ScriptedSource::new(vec![node(1)]));
        let mut a = Instance::start(&database, "a", &older).await;
        a.until(|state| state.fetched_at.is_some()).await;
        // The older one is now asking; by the time of its answer the newer one has the lease.
        let mut b = Instance::start(&database, "b", &newer).await;
        b.until(|state| state.version == 1).await;
        older.answer_next(Ok(vec![node(2)]));
        while older.permits.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        newer.answer_next(Ok(vec![node(1), node(3)]));
        a.until(|state| state.version == 2).await;
        assert_eq!(a.nodes().await, [node(1), node(3)], "{}", database.name);
        b.stop().await;
        a.stop().await;
    }
}

#[tokio::test]
async fn a_restart_goes_on_from_what_the_last_process_left() {
    for database in fresh_stores().await {
        let source = ScriptedSource::new(vec![node(1), node(2)]);
        let mut killed = Instance::start(&database, "killed", &source).await;
        killed.until(|state| state.version == 1).await;
        std::mem::forget(killed);

        source.answer_next(Ok(vec![node(1), node(2)]));
        let mut restarted = Instance::start(&database, "restarted", &source).await;
        assert_eq!(restarted.nodes().await, [node(1), node(2)]);
        source.answer_next(Ok(vec![node(1), node(2), node(3)]));
        source.permits.add_permits(1);
        let state = restarted.until(|state| state.version == 2).await;
        assert_eq!(state.nodes_version, 2, "{}", database.name);
        restarted.stop().await;
    }
}

#[tokio::test]
async fn who_asks_for_a_refresh_gets_one_unless_there_has_just_been_one() {
    for database in fresh_stores().await {
        let source = ScriptedSource::new(vec![node(1)]);
        let clock = Arc::new(SetClock(AtomicI64::new(0)));
        let config = FleetConfig {
            tier: FakeTier::new(),
            interval: Duration::from_secs(3600),
            jitter: Box::new(|| 0.0),
            instance: "a".to_owned(),
        };
        let shutdown = CancellationToken::new();
        let (pool, nodes) = (database.store.pool(), Arc::<ScriptedSource>::clone(&source));
        let fleet = Fleet::start(pool, nodes, Arc::<SetClock>::clone(&clock), config, shutdown.clone()).await;
        let fleet = fleet.unwrap();
        fleet.states().wait_for(|state| state.version == 1).await.unwrap();

        source.answer_next(Ok(vec![node(1), node(2)]));
        fleet.refresh().await.unwrap();
        assert_eq!(source.permits.available_permits(), 1, "{}: SSM has just been asked", database.name);

        clock.0.store(60, Ordering::Relaxed);
        fleet.refresh().await.unwrap();
        let snapshot = fleet.snapshot().await.unwrap();
        assert_eq!((snapshot.nodes.len(), source.permits.available_permits()), (2, 0), "{}", database.name);
        assert_eq!(snapshot.fetched_at, Some(NOW + time::Duration::seconds(60)));
        shutdown.cancel();
        fleet.stopped().await;
    }
}
