//! The snapshot in memory, brought up to date by what has changed: pages are answered without asking the database.

use std::sync::{Arc, PoisonError, RwLock};

use domain::nodes::NodeSnapshot;
use tokio::sync::Mutex;

use super::store::{FleetState, FleetStore};

/// The nodes by the version in which they were read.
#[derive(Debug)]
pub struct Cache {
    store: FleetStore,
    /// One at a time brings the copy up to date; who only looks at it does not wait for that.
    updating: Mutex<()>,
    copy: RwLock<Arc<Copy>>,
}

/// The snapshot, and the state that it was read in.
#[derive(Debug)]
pub struct Copy {
    pub state: FleetState,
    pub snapshot: Arc<NodeSnapshot>,
}

impl Cache {
    /// A copy of what the database has now.
    pub async fn open(store: FleetStore) -> Result<Self, sqlx::Error> {
        let copy = read(&store, None).await?;
        Ok(Self { store, updating: Mutex::default(), copy: RwLock::new(Arc::new(copy)) })
    }

    /// The copy as it stands.
    pub fn copy(&self) -> Arc<Copy> {
        Arc::clone(&self.copy.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The copy, brought up to date with the database.
    pub async fn update(&self) -> Result<Arc<Copy>, sqlx::Error> {
        let _turn = self.updating.lock().await;
        let updated = Arc::new(read(&self.store, Some(&self.copy())).await?);
        *self.copy.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&updated);
        Ok(updated)
    }
}

async fn read(store: &FleetStore, before: Option<&Copy>) -> Result<Copy, sqlx::Error> {
    let state = store.state().await?;
    // A removed row leaves no trace that could be read, and a lower version is another database's.
    let usable =
        |copy: &&Copy| state.removed_version <= copy.state.version && state.version >= copy.state.version;
    let (known, version) = match before.filter(usable) {
        Some(copy) => (Arc::clone(&copy.snapshot.nodes), copy.state.version),
        None => (Arc::default(), 0),
    };
    let nodes = if state.version == version {
        known
    } else {
        // Rows that are newer than the state that was just read do no harm: they come once more next time.
        Arc::new(known.with(store.nodes_since(version).await?))
    };
    let snapshot = NodeSnapshot { nodes, fetched_at: state.fetched_at, failure: state.failure.clone() };
    Ok(Copy { state, snapshot: Arc::new(snapshot) })
}
