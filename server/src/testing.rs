//! Helpers for this crate's unit tests.

use std::sync::Mutex;

use app::ports::Clock;
use time::OffsetDateTime;

/// A clock that shows what it was set to.
pub struct SetClock(Mutex<OffsetDateTime>);

impl SetClock {
    pub fn at(now: OffsetDateTime) -> Self {
        Self(Mutex::new(now))
    }

    pub fn set(&self, now: OffsetDateTime) {
        *self.0.lock().unwrap() = now;
    }
}

impl Clock for SetClock {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap()
    }
}
