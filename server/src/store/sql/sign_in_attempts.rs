//! [`SignInAttempts`] in SQL.

use async_trait::async_trait;
use sqlx::Row as _;
use time::{Duration, OffsetDateTime};

use super::SqlStore;
use crate::hash::sha256_hex;
use crate::store::StoreError;
use crate::store::sign_in_attempts::{Counted, FORGET_AFTER, SignInAttempts};

#[async_trait]
impl SignInAttempts for SqlStore {
    async fn begin(&self, counted: Counted<'_>, now: OffsetDateTime) -> Result<Option<Duration>, StoreError> {
        let (key, now) = (key(counted), now.unix_timestamp());
        sqlx::query(
            "INSERT INTO sign_in_attempts (key, attempts, last_attempt, blocked_until) VALUES ($1, 0, $2, 0) \
             ON CONFLICT (key) DO NOTHING",
        )
        .bind(&key)
        .bind(now)
        .execute(&self.pool)
        .await?;
        // Compare and set: of attempts at the same moment one is counted at a time, and the rest look again.
        loop {
            let row = sqlx::query(
                "SELECT attempts, last_attempt, blocked_until FROM sign_in_attempts WHERE key = $1",
            )
            .bind(&key)
            .fetch_optional(&self.pool)
            .await?;
            // A success elsewhere has just forgotten the attempts.
            let Some(row) = row else { return Ok(None) };
            let (attempts, last): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
            let blocked_until: i64 = row.try_get(2)?;
            if now < blocked_until {
                return Ok(Some(Duration::seconds(blocked_until - now)));
            }
            let counted_so_far = if now - last > FORGET_AFTER.whole_seconds() { 0 } else { attempts };
            let wait = counted.wait_after(u32::try_from(counted_so_far + 1).unwrap_or(u32::MAX));
            let updated = sqlx::query(
                "UPDATE sign_in_attempts SET attempts = $2, last_attempt = $3, blocked_until = $4 \
                 WHERE key = $1 AND attempts = $5 AND last_attempt = $6",
            )
            .bind(&key)
            .bind(counted_so_far + 1)
            .bind(now)
            .bind(now + wait.whole_seconds())
            .bind(attempts)
            .bind(last)
            .execute(&self.pool)
            .await?;
            if updated.rows_affected() == 1 {
                return Ok(None);
            }
        }
    }

    async fn take_back(&self, counted: Counted<'_>) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE sign_in_attempts SET attempts = attempts - 1, blocked_until = 0 WHERE key = $1 AND attempts > 0",
        )
        .bind(key(counted))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    async fn forget(&self, counted: Counted<'_>) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sign_in_attempts WHERE key = $1")
            .bind(key(counted))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    async fn remove_old(&self, now: OffsetDateTime) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sign_in_attempts WHERE last_attempt < $1")
            .bind((now - FORGET_AFTER).unix_timestamp())
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

fn key(counted: Counted<'_>) -> String {
    match counted {
        Counted::Username(name) => sha256_hex(&format!("username {name}")),
        Counted::Address(address) => sha256_hex(&format!("address {address}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sql::tests::fresh_stores;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);
    const ANN: Counted<'_> = Counted::Username("ann");

    #[tokio::test]
    async fn the_sixth_attempt_waits() {
        for fresh in fresh_stores().await {
            let store = &fresh.store;
            for _ in 0..5 {
                assert_eq!(store.begin(ANN, NOW).await.unwrap(), None, "{}", fresh.name);
            }
            assert_eq!(store.begin(ANN, NOW).await.unwrap(), Some(Duration::seconds(2)));
            assert_eq!(
                store.begin(ANN, NOW + Duration::seconds(1)).await.unwrap(),
                Some(Duration::seconds(1))
            );
            assert_eq!(store.begin(ANN, NOW + Duration::seconds(2)).await.unwrap(), None);
            assert_eq!(
                store.begin(ANN, NOW + Duration::seconds(2)).await.unwrap(),
                Some(Duration::seconds(4))
            );
            assert_eq!(store.begin(Counted::Username("bob"), NOW).await.unwrap(), None);
            assert_eq!(store.begin(Counted::Address("ann"), NOW).await.unwrap(), None);
        }
    }

    #[tokio::test]
    async fn guessing_in_parallel_gains_nothing() {
        for fresh in fresh_stores().await {
            let tries = (0..20).map(|_| fresh.store.begin(ANN, NOW));
            let waits = futures::future::try_join_all(tries).await.unwrap();
            assert_eq!(waits.iter().filter(|wait| wait.is_none()).count(), 5, "{}", fresh.name);
        }
    }

    #[tokio::test]
    async fn success_and_time_make_forget() {
        for fresh in fresh_stores().await {
            let store = &fresh.store;
            for _ in 0..5 {
                store.begin(ANN, NOW).await.unwrap();
            }
            store.take_back(ANN).await.unwrap();
            assert_eq!(store.begin(ANN, NOW).await.unwrap(), None, "{}", fresh.name);
            assert!(store.begin(ANN, NOW).await.unwrap().is_some());
            store.forget(ANN).await.unwrap();
            assert_eq!(store.begin(ANN, NOW).await.unwrap(), None);
            for _ in 0..5 {
                store.begin(ANN, NOW).await.unwrap();
            }
            let next_week = NOW + Duration::weeks(1);
            for _ in 0..5 {
                assert_eq!(store.begin(ANN, next_week).await.unwrap(), None);
            }
            store.remove_old(next_week + Duration::weeks(1)).await.unwrap();
            let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sign_in_attempts")
                .fetch_one(&store.pool)
                .await
                .unwrap();
            assert_eq!(left, 0);
        }
    }

    #[tokio::test]
    async fn what_was_typed_is_not_in_the_table() {
        for fresh in fresh_stores().await {
            fresh.store.begin(Counted::Username("my-password"), NOW).await.unwrap();
            let key: String = sqlx::query_scalar("SELECT key FROM sign_in_attempts")
                .fetch_one(&fresh.store.pool)
                .await
                .unwrap();
            assert_eq!(key.len(), 64);
            assert!(!key.contains("my-password"));
        }
    }
}
