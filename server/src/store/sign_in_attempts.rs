//! How often somebody has tried to sign in, so that guessing takes long.

use async_trait::async_trait;
use time::{Duration, OffsetDateTime};

use super::StoreError;

/// First wait.
const FIRST_WAIT: Duration = Duration::seconds(2);
/// Longest wait.
const LONGEST_WAIT: Duration = Duration::minutes(15);
/// Attempts are forgotten after this long without one.
pub const FORGET_AFTER: Duration = Duration::hours(24);

/// What attempts are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted<'a> {
    /// The name that was typed, known or not.
    Username(&'a str),
    /// The network address that the request came from.
    Address(&'a str),
}

impl Counted<'_> {
    /// How many attempts are free of waiting. An address may stand for a whole office, so it has more.
    #[must_use]
    pub const fn free_attempts(self) -> u32 {
        match self {
            Self::Username(_) => 5,
            Self::Address(_) => 20,
        }
    }

    /// How long to wait after this many attempts: nothing at first, then doubling.
    #[must_use]
    pub fn wait_after(self, attempts: u32) -> Duration {
        match attempts.checked_sub(self.free_attempts()) {
            None => Duration::ZERO,
            Some(doublings) => {
                FIRST_WAIT.checked_mul(1 << doublings.min(20)).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT)
            }
        }
    }
}

/// The repository of attempts.
#[async_trait]
pub trait SignInAttempts: Send + Sync {
    /// Counts an attempt before the password is looked at, so that guessing in parallel gains nothing. While there
    /// is a wait the attempt is not counted, and the rest of the wait is returned.
    ///
    /// # Errors
    /// When the database fails, as for every method here.
    async fn begin(&self, counted: Counted<'_>, now: OffsetDateTime) -> Result<Option<Duration>, StoreError>;

    /// Takes one attempt back: it was successful.
    async fn take_back(&self, counted: Counted<'_>) -> Result<(), StoreError>;

    /// Forgets every attempt.
    async fn forget(&self, counted: Counted<'_>) -> Result<(), StoreError>;

    /// Removes what is older than [`FORGET_AFTER`].
    async fn remove_old(&self, now: OffsetDateTime) -> Result<(), StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour() {
        let wait = |attempts| Counted::Username("ann").wait_after(attempts).whole_seconds();
        assert_eq!([0, 1, 4].map(wait), [0, 0, 0]);
        assert_eq!([5, 6, 7, 8, 9, 13].map(wait), [2, 4, 8, 16, 32, 512]);
        assert_eq!([14, 15, 40, u32::MAX].map(wait), [900; 4]);
        assert_eq!(Counted::Address("192.0.2.1").wait_after(19), Duration::ZERO);
        assert_eq!(Counted::Address("192.0.2.1").wait_after(20), Duration::seconds(2));
    }
}
