//! A copy of the snapshot in memory, brought up to date by what has changed.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use domain::nodes::ManagedNode;
use tokio::sync::Mutex;

use super::store::{FleetState, FleetStore};

/// The nodes by the version in which they were read.
#[derive(Debug)]
pub struct Cache {
    store: FleetStore,
    copy: Mutex<Copy>,
}

#[derive(Debug, Default)]
struct Copy {
    version: i64,
    nodes: Arc<[ManagedNode]>,
}

impl Cache {
    /// An empty copy.
    pub fn new(store: FleetStore) -> Self {
        Self { store, copy: Mutex::default() }
    }

    /// The nodes, newest registration first, and the state that goes with them.
    pub async fn load(&self) -> Result<(Arc<[ManagedNode]>, FleetState), sqlx::Error> {
        let mut copy = self.copy.lock().await;
        let state = self.store.state().await?;
        if state.version != copy.version {
            // Rows that are newer than the state that was just read do no harm: they come once more next time.
            let outdated = state.removed_version > copy.version || state.version < copy.version;
            let since = if outdated { 0 } else { copy.version };
            let changed = self.store.nodes_since(since).await?;
            let kept = if outdated { &[] } else { &*copy.nodes };
            *copy = Copy { version: state.version, nodes: merge(kept, changed) };
        }
        Ok((Arc::clone(&copy.nodes), state))
    }
}

fn merge(kept: &[ManagedNode], changed: Vec<ManagedNode>) -> Arc<[ManagedNode]> {
    let mut nodes: HashMap<String, ManagedNode> =
        kept.iter().map(|node| (node.id.clone(), node.clone())).collect();
    nodes.extend(changed.into_iter().map(|node| (node.id.clone(), node)));
    let mut nodes: Vec<ManagedNode> = nodes.into_values().collect();
    // `None` is less than any date, so that reversed it comes last.
    nodes.sort_by(|a, b| (Reverse(a.registered), &a.id).cmp(&(Reverse(b.registered), &b.id)));
    nodes.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::tests::node;
    use time::Duration;

    #[test]
    fn the_newest_registration_comes_first_and_those_without_one_last() {
        let newest =
            ManagedNode { registered: node(1).registered.map(|at| at + Duration::days(1)), ..node(1) };
        let never = ManagedNode { registered: None, ..node(2) };
        let nodes = merge(&[node(3), never.clone(), node(1)], vec![newest.clone()]);
        assert_eq!(*nodes, [newest, node(3), never]);
    }
}
