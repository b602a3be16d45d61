//! The tags of nodes that somebody has looked at a moment ago: open pages all ask when they hear of a change.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use domain::errors::ApiError;
use domain::tags::Tag;
use moka::future::Cache;
use tokio::sync::watch;

use super::NodeWrites;
use crate::fleet::FleetState;

/// How long tags are believed: what is changed behind the console's back shows so soon after.
const FOR: Duration = Duration::from_secs(10);
/// Nodes whose tags are kept: twice as many as a form takes.
const MOST: u64 = 1_000;

/// A node, the word of changes that had come, and how many changes there had been: what was asked for before a change is not
/// what is asked for after it.
type Key = (String, i64, u64);

/// Asks for the tags of a node once for all who want them.
pub struct KeptTags {
    source: Arc<dyn NodeWrites>,
    fleet: watch::Receiver<FleetState>,
    changes: AtomicU64,
    kept: Cache<Key, Vec<Tag>>,
}

impl KeptTags {
    /// Those of `source`, until there is word of a change in `fleet`: another instance may have changed them.
    pub fn new(source: Arc<dyn NodeWrites>, fleet: watch::Receiver<FleetState>) -> Self {
        let kept = Cache::builder().max_capacity(MOST).time_to_live(FOR).build();
        Self { source, fleet, changes: AtomicU64::new(0), kept }
    }

    /// A node's tags; a failure is shared, but not kept.
    ///
    /// # Errors
    /// As [`app::ports::NodeTags::tags`].
    pub async fn get(&self, id: &str) -> Result<Vec<Tag>, ApiError> {
        let word = self.fleet.borrow().nodes_version;
        let key = (id.to_owned(), word, self.changes.load(Ordering::SeqCst));
        let tags = self.kept.try_get_with(key, self.source.tags(id)).await;
        tags.map_err(Arc::unwrap_or_clone)
    }

    /// Lets whoever looks next ask anew.
    pub fn forget(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use app::ports::NodeTags;
    use async_trait::async_trait;
    use tokio::sync::Semaphore;

    use super::*;

    /// Answers, each time that it is let, with how often it was asked; fails for a node called so.
    struct Counted {
        asked: AtomicU64,
        permits: Semaphore,
    }

    #[async_trait]
    impl NodeTags for Counted {
        async fn tags(&self, id: &str) -> Result<Vec<Tag>, ApiError> {
            let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            self.permits.acquire().await.unwrap().forget();
            let tag = Tag { key: id.to_owned(), value: number.to_string() };
            if id == "failing" { Err(ApiError::Throttled) } else { Ok(vec![tag]) }
        }
    }

    #[async_trait]
    impl NodeWrites for Counted {
        async fn deregister(&self, _: &str) -> Result<(), ApiError> {
            Ok(())
        }

        async fn set_role(&self, _: &str, _: &str) -> Result<(), ApiError> {
            Ok(())
        }

        async fn set_tags(&self, _: &str, _: &[Tag]) -> Result<(), ApiError> {
            Ok(())
        }

        async fn remove_tags(&self, _: &str, _: &[String]) -> Result<(), ApiError> {
            Ok(())
        }
    }

    struct World {
        source: Arc<Counted>,
        fleet: watch::Sender<FleetState>,
        tags: Arc<KeptTags>,
    }

    fn world(permits: usize) -> World {
        let source = Arc::new(Counted { asked: AtomicU64::new(0), permits: Semaphore::new(permits) });
        let (fleet, states) = watch::channel(FleetState::default());
        let tags = Arc::new(KeptTags::new(Arc::<Counted>::clone(&source), states));
        World { source, fleet, tags }
    }

    impl World {
        /// How often SSM had been asked when it told these tags.
        async fn told(&self, id: &str) -> String {
            self.tags.get(id).await.unwrap().remove(0).value
        }
    }

    #[tokio::test]
    async fn a_thousand_screens_ask_once() {
        let world = world(0);
        let screens: Vec<_> = (0..1_000)
            .map(|_| {
                let tags = Arc::clone(&world.tags);
                tokio::spawn(async move { tags.get("a").await.unwrap() })
            })
            .collect();
        world.source.permits.add_permits(1);
        for screen in screens {
            assert_eq!(screen.await.unwrap()[0].value, "1");
        }
        assert_eq!(world.source.asked.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn after_a_change_here_or_elsewhere_they_are_asked_for_anew() {
        let world = world(100);
        assert_eq!([world.told("a").await, world.told("b").await, world.told("a").await], ["1", "2", "1"]);
        world.tags.forget();
        assert_eq!([world.told("a").await, world.told("a").await], ["3", "3"]);
        world.fleet.send_modify(|state| state.nodes_version += 1);
        assert_eq!([world.told("a").await, world.told("a").await], ["4", "4"]);
    }

    #[tokio::test]
    async fn what_was_asked_before_a_change_is_not_told_after_it() {
        let world = world(0);
        let tags = Arc::clone(&world.tags);
        let before = tokio::spawn(async move { tags.get("a").await.unwrap() });
        while world.source.asked.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        world.tags.forget();
        world.source.permits.add_permits(2);
        assert_eq!(before.await.unwrap()[0].value, "1");
        assert_eq!(world.told("a").await, "2");
    }

    #[tokio::test]
    async fn a_failure_is_not_kept() {
        let world = world(100);
        for asked in 1..3 {
            assert_eq!(world.tags.get("failing").await, Err(ApiError::Throttled));
            assert_eq!(world.source.asked.load(Ordering::SeqCst), asked);
        }
    }
}
