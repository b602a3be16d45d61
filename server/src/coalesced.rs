//! One request for many who ask the same at the same time.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;

/// Lets those who ask while a request is under way share the next one: nobody gets an answer to a request that began
/// before they asked.
#[derive(Debug)]
pub struct Coalesced<T> {
    begun: AtomicU64,
    /// The number of the last request that has ended, and its answer.
    last: Mutex<Option<(u64, T)>>,
}

impl<T: Clone> Coalesced<T> {
    /// Nothing was asked yet.
    #[must_use]
    pub fn new() -> Self {
        Self { begun: AtomicU64::new(0), last: Mutex::new(None) }
    }

    /// The answer to a request that began after this call.
    pub async fn ask<F: Future<Output = T>>(&self, request: impl FnOnce() -> F) -> T {
        let begun = self.begun.load(Ordering::SeqCst);
        let mut last = self.last.lock().await;
        if let Some((_, answer)) = last.as_ref().filter(|(number, _)| *number > begun) {
            return answer.clone();
        }
        let number = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
        let answer = request().await;
        *last = Some((number, answer.clone()));
        answer
    }
}

impl<T: Clone> Default for Coalesced<T> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use tokio::sync::Semaphore;

    #[tokio::test]
    async fn many_at_once_cost_two_requests() {
        let (coalesced, requests) = (Arc::new(Coalesced::new()), Arc::new(AtomicU64::new(0)));
        let answers = Arc::new(Semaphore::new(0));
        let asked: Vec<_> = (0..200)
            .map(|_| {
                let (coalesced, requests) = (Arc::clone(&coalesced), Arc::clone(&requests));
                let answers = Arc::clone(&answers);
                tokio::spawn(async move {
                    let request = || async {
                        let number = requests.fetch_add(1, Ordering::SeqCst) + 1;
                        answers.acquire().await.unwrap().forget();
                        number
                    };
                    coalesced.ask(request).await
                })
            })
            .collect();
        for _ in 0..400 {
            tokio::task::yield_now().await;
        }
        answers.add_permits(200);
        for asked in asked {
            assert!(asked.await.unwrap() <= 2);
        }
        assert!(requests.load(Ordering::SeqCst) <= 2);
    }

    #[tokio::test]
    async fn who_asks_later_gets_a_later_answer() {
        let coalesced = Coalesced::new();
        for number in 1..4 {
            assert_eq!(coalesced.ask(|| async { number }).await, number);
        }
    }

    #[tokio::test]
    async fn who_goes_away_leaves_the_request_to_the_next() {
        let coalesced = Coalesced::new();
        let never = coalesced.ask(std::future::pending::<u32>);
        assert!(tokio::time::timeout(std::time::Duration::ZERO, never).await.is_err());
        assert_eq!(coalesced.ask(|| async { 7 }).await, 7);
    }
}
