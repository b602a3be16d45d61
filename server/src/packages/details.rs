//! Packages that were looked at a moment ago: many screens that hear of a change ask at once, and cost one call.

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use app::ports::Clock;
use domain::errors::ApiError;
use domain::packages::detail::PackageDetail;
use time::OffsetDateTime;
use tokio::sync::Mutex;

/// More packages than anybody looks at in a few seconds.
const MOST: usize = 100;

/// The answers of the last few seconds.
pub struct Details {
    clock: Arc<dyn Clock>,
    keep: Duration,
    /// Held while asking, so that many who look at once ask once.
    kept: Mutex<HashMap<String, Kept>>,
}

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
        let mut kept = self.kept.lock().await;
        let now = self.clock.now();
        let fresh = |kept: &Kept| now - kept.at < self.keep && kept.word == word;
        if let Some(known) = kept.get(name).filter(|kept| fresh(kept)) {
            return Ok(known.package.clone());
        }
        let package = ask().await?;
        if kept.len() >= MOST {
            kept.retain(|_, kept| fresh(kept));
        }
        if kept.len() < MOST {
            let answer = Kept { at: now, word, package: package.clone() };
            kept.insert(name.to_owned(), answer);
        }
        Ok(package)
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
        assert_eq!(details.kept.lock().await.len(), 1);
    }
}
