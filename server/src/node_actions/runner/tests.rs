use std::sync::Mutex;

use app::ports::NodeTags;
use domain::nodes::actions::{ActionState, NodeOutcome};
use domain::tags::Tag;
use tokio::sync::Semaphore;

use super::*;
use crate::fleet::tests::{Instance, NOW, ScriptedSource};
use crate::store::testing::{Fresh, fresh_stores};
use crate::testing::SetClock;

/// Writes down what it is told to do, each time that it is let, and fails for nodes called so.
struct ScriptedWrites {
    calls: Mutex<Vec<String>>,
    permits: Semaphore,
}

impl ScriptedWrites {
    fn new(permits: usize) -> Arc<Self> {
        Arc::new(Self { calls: Mutex::default(), permits: Semaphore::new(permits) })
    }

    async fn call(&self, what: &str, id: &str) -> Result<(), ApiError> {
        self.permits.acquire().await.unwrap().forget();
        self.calls.lock().unwrap().push(format!("{what} {id}"));
        if id == "failing" { Err(ApiError::Throttled) } else { Ok(()) }
    }

    fn calls(&self) -> Vec<String> {
        let mut calls = self.calls.lock().unwrap().clone();
        calls.sort_unstable();
        calls
    }
}

#[async_trait]
impl NodeTags for ScriptedWrites {
    async fn tags(&self, id: &str) -> Result<Vec<Tag>, ApiError> {
        let mut calls = self.calls.lock().unwrap();
        calls.push(format!("tags {id}"));
        Ok(Vec::new())
    }
}

#[async_trait]
impl NodeWrites for ScriptedWrites {
    async fn deregister(&self, id: &str) -> Result<(), ApiError> {
        self.call("deregister", id).await
    }

    async fn set_role(&self, id: &str, iam_role: &str) -> Result<(), ApiError> {
        self.call(&format!("role {iam_role}"), id).await
    }

    async fn set_tags(&self, id: &str, tags: &[Tag]) -> Result<(), ApiError> {
        self.call(&format!("set {}", tags[0].key), id).await
    }

    async fn remove_tags(&self, id: &str, keys: &[String]) -> Result<(), ApiError> {
        self.call(&format!("remove {}", keys[0]), id).await
    }
}

struct World {
    instance: Instance,
    writes: Arc<ScriptedWrites>,
    runner: Arc<NodeActionRunner>,
    stop: CancellationToken,
}

impl World {
    async fn start(database: &Fresh, permits: usize) -> Self {
        let instance = Instance::start(database, "here", &ScriptedSource::new(Vec::new())).await;
        let writes = ScriptedWrites::new(permits);
        let clock: Arc<dyn Clock> = Arc::new(SetClock::at(NOW));
        let stop = CancellationToken::new();
        let store = NodeActionStore::new(database.store.pool());
        let runner = NodeActionRunner::new(
            store,
            Arc::<ScriptedWrites>::clone(&writes),
            &instance.fleet,
            &clock,
            stop.clone(),
        );
        Self { instance, writes, runner, stop }
    }

    async fn begin(&self, action: NodeAction, ids: &[&str]) -> Result<(), ApiError> {
        let nodes = ids.iter().map(|id| ((*id).to_owned(), None)).collect();
        let (id, username) = ("token".to_owned(), "ann".to_owned());
        self.runner.begin(BegunAction { id, username, action, nodes }).await
    }

    async fn ended(&self) -> ActionProgress {
        self.runner.stopped().await;
        self.runner.progress("token").await.unwrap()
    }
}

#[tokio::test]
async fn each_node_has_its_turn_and_every_screen_hears_of_it() {
    for database in fresh_stores().await {
        let mut world = World::start(&database, 100).await;
        world.begin(NodeAction::Deregister, &["a", "failing", "c"]).await.unwrap();
        world.instance.until(|state| state.refresh_wanted == 1).await;
        let progress = world.ended().await;
        let outcomes: Vec<_> = progress.nodes.into_iter().map(|node| node.outcome).collect();
        let failed = NodeOutcome::Failed(ApiError::Throttled);
        assert_eq!(outcomes, [NodeOutcome::Done, failed, NodeOutcome::Done], "{}", database.name);
        assert_eq!(world.writes.calls(), ["deregister a", "deregister c", "deregister failing"]);
        world.instance.stop().await;
    }
}

#[tokio::test]
async fn the_same_form_again_does_nothing_more() {
    for database in fresh_stores().await {
        let world = World::start(&database, 100).await;
        for _ in 0..3 {
            world.begin(NodeAction::Role { iam_role: "BB".to_owned() }, &["a"]).await.unwrap();
        }
        assert_eq!(world.ended().await.done(), 1, "{}", database.name);
        assert_eq!(world.writes.calls(), ["role BB a"]);
        world.instance.stop().await;
    }
}

#[tokio::test]
async fn tags_are_removed_before_others_are_set() {
    for database in fresh_stores().await {
        let mut world = World::start(&database, 100).await;
        let set = vec![Tag { key: "site".to_owned(), value: "Tokyo".to_owned() }];
        let before = world.instance.until(|state| state.fetched_at.is_some()).await.nodes_version;
        world.begin(NodeAction::Tags { set, remove: vec!["old".to_owned()] }, &["a"]).await.unwrap();
        world.instance.until(|state| state.nodes_version == before + 1).await;
        assert_eq!(*world.writes.calls.lock().unwrap(), ["remove old a", "set site a"], "{}", database.name);
        let failing = world.ended().await;
        assert_eq!(failing.failed(), 0);
        world.instance.stop().await;
    }
}

#[tokio::test]
async fn tags_are_asked_for_once_until_something_is_or_was_done() {
    for database in fresh_stores().await {
        let mut world = World::start(&database, 100).await;
        let before = world.instance.until(|state| state.fetched_at.is_some()).await.nodes_version;
        for _ in 0..2 {
            world.runner.tags("a").await.unwrap();
        }
        let remove = NodeAction::Tags { set: Vec::new(), remove: vec!["old".to_owned()] };
        world.begin(remove, &["a"]).await.unwrap();
        world.instance.until(|state| state.nodes_version == before + 1).await;
        for _ in 0..2 {
            world.runner.tags("a").await.unwrap();
        }
        world.runner.tags_now("a").await.unwrap();
        let calls = world.writes.calls.lock().unwrap().clone();
        assert_eq!(calls, ["tags a", "remove old a", "tags a", "tags a"], "{}", database.name);
        assert_eq!(world.ended().await.done(), 1);
        world.instance.stop().await;
    }
}

#[tokio::test]
async fn what_is_not_begun_when_the_program_ends_can_be_tried_again() {
    for database in fresh_stores().await {
        let world = World::start(&database, 1).await;
        let ids = ["a", "b", "c", "d", "e", "f", "g"];
        world.begin(NodeAction::Deregister, &ids).await.unwrap();
        while world.writes.calls().is_empty() {
            tokio::task::yield_now().await;
        }
        world.stop.cancel();
        world.writes.permits.add_permits(100);
        let progress = world.ended().await;
        assert_eq!(progress.state(NOW), ActionState::Interrupted, "{}: {progress:?}", database.name);
        let left = progress.to_retry(NOW);
        assert!(!left.is_empty() && left.len() == 7 - progress.done(), "{left:?}");
        assert_eq!(world.writes.calls().len(), progress.done(), "what is under way ends");
        world.instance.stop().await;
    }
}
