//! Forms that were sent, so that one sent twice creates one activation. Never the activation's code.

use std::sync::Arc;

use app::ports::{Claim, Clock, Submissions};
use async_trait::async_trait;
use domain::errors::ApiError;
use sqlx::Row as _;
use time::Duration;

use super::{SqlStore, StoreError};

/// A claim of which nothing more was heard is free again after this: what claimed it is gone.
const ABANDONED_AFTER: Duration = Duration::minutes(5);
/// A form's token is remembered this long.
pub const REMEMBERED_FOR: Duration = Duration::days(7);

/// The forms that were sent, in the database.
#[derive(Clone)]
pub struct StoredSubmissions {
    store: SqlStore,
    clock: Arc<dyn Clock>,
}

impl StoredSubmissions {
    /// Submissions in this database, by this clock.
    #[must_use]
    pub fn new(store: SqlStore, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// Removes what need not be remembered any longer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_old(&self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM submissions WHERE created < $1")
            .bind((self.clock.now() - REMEMBERED_FOR).unix_timestamp())
            .execute(&self.store.pool)
            .await?;
        Ok(())
    }
}

#[async_trait]
impl Submissions for StoredSubmissions {
    async fn claim(&self, token: &str, username: &str) -> Result<Claim, ApiError> {
        let now = self.clock.now();
        let claimed = sqlx::query(
            "INSERT INTO submissions (token, username, activation_id, created) VALUES ($1, $2, NULL, $3) \
             ON CONFLICT (token) DO UPDATE SET created = $3 \
             WHERE submissions.username = $2 AND submissions.activation_id IS NULL AND submissions.created < $4",
        )
        .bind(token)
        .bind(username)
        .bind(now.unix_timestamp())
        .bind((now - ABANDONED_AFTER).unix_timestamp())
        .execute(&self.store.pool)
        .await
        .map_err(internal)?;
        if claimed.rows_affected() == 1 {
            return Ok(Claim::New);
        }
        let row = sqlx::query("SELECT activation_id FROM submissions WHERE token = $1 AND username = $2")
            .bind(token)
            .bind(username)
            .fetch_optional(&self.store.pool)
            .await
            .map_err(internal)?;
        let activation_id: Option<String> =
            row.map(|row| row.try_get(0)).transpose().map_err(internal)?.flatten();
        Ok(activation_id.map_or(Claim::InProgress, |activation_id| Claim::Done { activation_id }))
    }

    async fn complete(&self, token: &str, activation_id: &str) -> Result<(), ApiError> {
        sqlx::query("UPDATE submissions SET activation_id = $2 WHERE token = $1")
            .bind(token)
            .bind(activation_id)
            .execute(&self.store.pool)
            .await
            .map_err(internal)?;
        Ok(())
    }

    async fn release(&self, token: &str) -> Result<(), ApiError> {
        sqlx::query("DELETE FROM submissions WHERE token = $1 AND activation_id IS NULL")
            .bind(token)
            .execute(&self.store.pool)
            .await
            .map_err(internal)?;
        Ok(())
    }
}

fn internal(error: sqlx::Error) -> ApiError {
    tracing::error!(error = %StoreError::Query(error), "the submissions cannot be read or written");
    ApiError::Internal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sql::tests::fresh_stores;
    use crate::testing::SetClock;
    use time::OffsetDateTime;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);

    #[tokio::test]
    async fn a_form_sent_twice_is_known_again() {
        for fresh in fresh_stores().await {
            let forms = StoredSubmissions::new(fresh.store.clone(), Arc::new(SetClock::at(NOW)));
            assert_eq!(forms.claim("t", "ann").await.unwrap(), Claim::New, "{}", fresh.name);
            assert_eq!(forms.claim("t", "ann").await.unwrap(), Claim::InProgress);
            forms.complete("t", "a-1").await.unwrap();
            let done = Claim::Done { activation_id: "a-1".to_owned() };
            assert_eq!(forms.claim("t", "ann").await.unwrap(), done);
            forms.release("t").await.unwrap();
            assert_eq!(forms.claim("t", "ann").await.unwrap(), done, "what is done stays done");
            assert_eq!(forms.claim("t", "bob").await.unwrap(), Claim::InProgress, "nobody else is told");
        }
    }

    #[tokio::test]
    async fn of_many_at_once_one_goes_on() {
        for fresh in fresh_stores().await {
            let forms = StoredSubmissions::new(fresh.store.clone(), Arc::new(SetClock::at(NOW)));
            let claims =
                futures::future::try_join_all((0..20).map(|_| forms.claim("t", "ann"))).await.unwrap();
            assert_eq!(claims.iter().filter(|claim| **claim == Claim::New).count(), 1, "{}", fresh.name);
        }
    }

    #[tokio::test]
    async fn a_failed_or_abandoned_form_can_be_sent_again() {
        for fresh in fresh_stores().await {
            let clock = Arc::new(SetClock::at(NOW));
            let forms = StoredSubmissions::new(fresh.store.clone(), clock.clone());
            forms.claim("t", "ann").await.unwrap();
            forms.release("t").await.unwrap();
            assert_eq!(forms.claim("t", "ann").await.unwrap(), Claim::New, "{}", fresh.name);
            clock.set(NOW + ABANDONED_AFTER + Duration::seconds(1));
            assert_eq!(forms.claim("t", "bob").await.unwrap(), Claim::InProgress, "not by somebody else");
            assert_eq!(forms.claim("t", "ann").await.unwrap(), Claim::New);
            assert_eq!(forms.claim("t", "ann").await.unwrap(), Claim::InProgress);
        }
    }

    #[tokio::test]
    async fn tokens_are_forgotten_in_the_end() {
        for fresh in fresh_stores().await {
            let clock = Arc::new(SetClock::at(NOW));
            let forms = StoredSubmissions::new(fresh.store.clone(), clock.clone());
            forms.claim("t", "ann").await.unwrap();
            forms.complete("t", "a-1").await.unwrap();
            clock.set(NOW + REMEMBERED_FOR);
            forms.remove_old().await.unwrap();
            assert!(matches!(forms.claim("t", "ann").await.unwrap(), Claim::Done { .. }), "{}", fresh.name);
            clock.set(NOW + REMEMBERED_FOR + Duration::seconds(1));
            forms.remove_old().await.unwrap();
            assert_eq!(forms.claim("t", "ann").await.unwrap(), Claim::New);
        }
    }
}
