//! How long to wait for the next refresh.

use std::time::Duration;

/// Longest wait after failures, unless refreshes are further apart than that anyway: screens that nobody touches are
/// current again that soon after AWS is.
const LONGEST: Duration = Duration::from_secs(30);

/// Gives numbers from 0 up to 1.
pub type Jitter = Box<dyn FnMut() -> f64 + Send>;

/// Waits the interval after a success, and ever longer after failures.
pub struct Backoff {
    interval: Duration,
    jitter: Jitter,
    failures: u32,
}

impl Backoff {
    /// No failure yet.
    pub const fn new(interval: Duration, jitter: Jitter) -> Self {
        Self { interval, jitter, failures: 0 }
    }

    /// The wait after a success.
    pub const fn succeeded(&mut self) -> Duration {
        self.failures = 0;
        self.interval
    }

    /// The wait after a failure: twice as long each time, of which a random half is left out so that consoles that
    /// failed together do not try together.
    pub fn failed(&mut self) -> Duration {
        self.failures = self.failures.saturating_add(1);
        let factor = 2_u32.saturating_pow(self.failures);
        let longest = self.interval.saturating_mul(factor).min(LONGEST.max(self.interval));
        longest.mul_f64(0.5 + (self.jitter)().clamp(0.0, 1.0) / 2.0)
    }

    /// Whether the last refresh failed.
    pub const fn is_failing(&self) -> bool {
        self.failures > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn failures_double_the_wait_up_to_the_longest() {
        let mut backoff = Backoff::new(2 * SECOND, Box::new(|| 1.0));
        let waits: Vec<u64> = (0..8).map(|_| backoff.failed().as_secs()).collect();
        assert_eq!(waits, [4, 8, 16, 30, 30, 30, 30, 30]);
        assert!(backoff.is_failing());
        assert_eq!(backoff.succeeded(), 2 * SECOND);
        assert_eq!(backoff.failed(), 4 * SECOND);
    }

    #[test]
    fn up_to_half_of_the_wait_is_left_to_chance() {
        assert_eq!(Backoff::new(2 * SECOND, Box::new(|| 0.0)).failed(), 2 * SECOND);
        assert_eq!(Backoff::new(2 * SECOND, Box::new(|| 0.5)).failed(), 3 * SECOND);
    }

    #[test]
    fn a_long_interval_is_not_shortened_and_nothing_overflows() {
        let mut backoff = Backoff::new(600 * SECOND, Box::new(|| 1.0));
        assert_eq!((0..100).map(|_| backoff.failed()).max(), Some(600 * SECOND));
    }
}
