//! The time of day, passed in so that tests can set it.

use time::OffsetDateTime;

/// Where the emulator reads the time.
pub trait Clock: Send + Sync {
    /// The current time, UTC.
    fn now(&self) -> OffsetDateTime;
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}

/// Milliseconds since the epoch, the form in which the store keeps times.
pub(crate) fn millis(time: OffsetDateTime) -> i64 {
    time.unix_timestamp() * 1000 + i64::from(time.millisecond())
}

/// Epoch seconds with millisecond fraction, the form in which AWS JSON carries times.
pub(crate) fn epoch_seconds(millis: i64) -> serde_json::Value {
    if millis % 1000 == 0 {
        return serde_json::Value::from(millis / 1000);
    }
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of any calendar date fit a double")]
    serde_json::Value::from(millis as f64 / 1000.0)
}
