//! Packages that were looked at a moment ago: many screens that hear of a change ask at once, and cost one call.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::ports::Clock;
use domain::errors::ApiError;
use domain::packages::detail::PackageDetail;
use time::OffsetDateTime;

/// More packages than anybody looks at in a few seconds.
const MOST: usize = 100;

/// The answers of the last few seconds.
pub struct Details {
    clock: Arc<dyn Clock>,
    keep: Duration,
    kept: Mutex<HashMap<String, Arc<Slot>>>,
}

/// The answer about one package. Held while asking, so that many who look at once ask once, and nobody waits for another
/// package's.
type Slot = tokio::sync::Mutex<Option<Kept>>;

#[derive(Clone, Debug)]
struct Kept {
    at: OffsetDateTime,
    /// The word of changes that had come until then.
    word: i64,
    package: PackageDetail,
}

impl Details {
    /// Answers are good for `keep`.
    pub fn new(clock: Arc<dyn Clock>, keep: Duration) -> Self {
        Self { clock, keep, kept: Mutex::default() }
    }

    /// A package, by `ask` where its answer is too old or there is word of a change since.
    ///
    /// # Errors
    /// As `ask`; a failure is not kept.
    pub async fn get<F>(
        &self,
        name: &str,
        word: i64,
        ask: impl FnOnce() -> F,
    ) -> Result<PackageDetail, ApiError>
    where
        F: Future<Output = Result<PackageDetail, ApiError>>,
    {
        let slot = self.slot(name, word);
        let mut kept = slot.lock().await;
        let now = self.clock.now();
        if let Some(known) = kept.as_ref().filter(|kept| self.is_fresh(kept, now, word)) {
            return Ok(known.package.clone());
        }
        let package = ask().await?;
        *kept = Some(Kept { at: now, word, package: package.clone() });
        Ok(package)
    }

    /// The place of a package's answer: among those that are kept, where there is room.
    fn slot(&self, name: &str, word: i64) -> Arc<Slot> {
        let mut slots = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = slots.get(name) {
            return Arc::clone(slot);
        }
        if slots.len() >= MOST {
            let now = self.clock.now();
            slots.retain(|_, slot| match slot.try_lock() {
                Ok(kept) => kept.as_ref().is_some_and(|kept| self.is_fresh(kept, now, word)),
                // It is being asked for.
                Err(_) => true,
            });
        }
        let slot = Arc::<Slot>::default();
        if slots.len() < MOST {
            slots.insert(name.to_owned(), Arc::clone(&slot));
        }
        slot
    }

    fn is_fresh(&self, kept: &Kept, now: OffsetDateTime, word: i64) -> bool {
        now - kept.at < self.keep && kept.word == word
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packages::testing::{FakeClock, NOW};
    use domain::packages::catalogue::Ownership;
    use std::sync::atomic::{AtomicU64, Ordering};

    fn package(name: &str) -> PackageDetail {
        PackageDetail {
            name: name.to_owned(),
            arn: String::new(),
            ownership: Ownership::Own,
            owner: None,
            platforms: Vec::new(),
            created: None,
            tags: Vec::new(),
            versions: Vec::new(),
        }
    }

    #[tokio::test]
    async fn an_answer_is_shared_for_a_while_or_until_there_is_word() {
        let clock = FakeClock::new();
        let details = Details::new(clock.clone(), Duration::from_secs(10));
        let asked = AtomicU64::new(0);
        let get = |name: &'static str, word| {
            details.get(name, word, || async {
                asked.fetch_add(1, Ordering::SeqCst);
                Ok(package(name))
            })
        };
        for _ in 0..5 {
            assert_eq!(get("tool", 1).await.unwrap().name, "tool");
        }
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        get("other", 1).await.unwrap();
        get("tool", 2).await.unwrap();
        assert_eq!(asked.load(Ordering::SeqCst), 3);
        clock.set(NOW + Duration::from_secs(11));
        get("tool", 2).await.unwrap();
        assert_eq!(asked.load(Ordering::SeqCst), 4);
    }

    #[tokio::test]
    async fn a_failure_is_not_kept_and_room_is_made() {
        let clock = FakeClock::new();
        let details = Details::new(clock.clone(), Duration::from_secs(10));
        let failed = details.get("tool", 1, || async { Err(ApiError::Throttled) }).await;
        assert_eq!(failed, Err(ApiError::Throttled));
        for number in 0..MOST {
            let name = format!("tool-{number}");
            details.get(&name, 1, || async { Ok(package("tool")) }).await.unwrap();
        }
        clock.set(NOW + Duration::from_secs(11));
        details.get("tool", 1, || async { Ok(package("tool")) }).await.unwrap();
        assert_eq!(details.kept.lock().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn nobody_waits_for_the_answer_about_another_package() {
        let details = Details::new(FakeClock::new(), Duration::from_secs(10));
        let never = details.get("slow", 1, std::future::pending);
        let other = details.get("tool", 1, || async { Ok(package("tool")) });
        let other = tokio::time::timeout(Duration::from_secs(5), other);
        tokio::select! {
            biased;
            _ = never => panic!("nobody has answered"),
            found = other => assert!(found.unwrap().is_ok()),
        }
    }
}
