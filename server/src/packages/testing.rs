//! A clock that is set.

use std::sync::{Arc, Mutex};

use app::ports::Clock;
use time::OffsetDateTime;
use time::macros::datetime;

/// When every test begins.
pub const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);

/// Stands still until it is set.
#[derive(Debug)]
pub struct FakeClock(Mutex<OffsetDateTime>);

impl FakeClock {
    pub fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(NOW)))
    }

    pub fn set(&self, now: OffsetDateTime) {
        *self.0.lock().unwrap() = now;
    }
}

impl Clock for FakeClock {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap()
    }
}
