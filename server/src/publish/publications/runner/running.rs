//! Which publications are under way in this process.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Their ids: a database that was away for a while must not make two of one.
#[derive(Clone, Default)]
pub(super) struct Running(Arc<Mutex<HashSet<String>>>);

/// A publication under way, until this is dropped: at its end, and when its task is aborted or panics. Otherwise this
/// process would take it up again and again without doing anything, and keep it from all others.
pub(super) struct UnderWay {
    running: Running,
    id: String,
}

impl Running {
    /// Notes a publication; none where it is under way already.
    pub(super) fn begin(&self, id: &str) -> Option<UnderWay> {
        self.lock().insert(id.to_owned()).then(|| UnderWay { running: self.clone(), id: id.to_owned() })
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.running.lock().remove(&self.id);
    }
}
