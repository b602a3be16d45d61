//! Which publication a pipeline's key stands for.

use std::sync::Arc;

use app::ports::Clock;
use sqlx::Row as _;
use time::{Duration, OffsetDateTime};

use super::values::time_from;
use super::{SqlStore, StoreError};

/// A key that is older means nothing any more.
const KEPT_FOR: Duration = Duration::days(90);

/// The keys, in the database.
#[derive(Clone)]
pub struct ApiRequests {
    store: SqlStore,
    clock: Arc<dyn Clock>,
}

/// What a key stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reserved {
    /// It is new, and stands for the id that was offered.
    New,
    /// The same was asked for before.
    Known(Known),
    /// Something else was asked for under it.
    Differs,
}

/// What was asked for before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The id that the key stands for.
    pub id: String,
    /// Whether all that was asked for was made.
    pub made: bool,
    /// When it was begun.
    pub begun: OffsetDateTime,
}

impl ApiRequests {
    /// Keys in this database.
    #[must_use]
    pub fn new(store: SqlStore, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// Lets a person's key stand for a request, which its hash tells from others, and for an id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reserve(
        &self,
        (username, key): (&str, &str),
        request: &str,
        id: &str,
    ) -> Result<Reserved, StoreError> {
        let (pool, now) = (&self.store.pool, self.clock.now());
        sqlx::query("DELETE FROM api_requests WHERE created < $1")
            .bind((now - KEPT_FOR).unix_timestamp())
            .execute(pool)
            .await?;
        let sql = "INSERT INTO api_requests (username, key, request, id, created, made) \
                   VALUES ($1, $2, $3, $4, $5, 0) ON CONFLICT (username, key) DO NOTHING";
        let done = sqlx::query(sql)
            .bind(username)
            .bind(key)
            .bind(request)
            .bind(id)
            .bind(now.unix_timestamp())
            .execute(pool)
            .await?;
        if done.rows_affected() == 1 {
            return Ok(Reserved::New);
        }
        let sql = "SELECT request, id, created, made FROM api_requests WHERE username = $1 AND key = $2";
        let row = sqlx::query(sql).bind(username).bind(key).fetch_one(pool).await?;
        let before: String = row.try_get("request")?;
        if before != request {
            return Ok(Reserved::Differs);
        }
        let made: i64 = row.try_get("made")?;
        let begun = time_from(row.try_get("created")?)?;
        Ok(Reserved::Known(Known { id: row.try_get("id")?, made: made != 0, begun }))
    }

    /// Lets a key stand for another id, which is begun now; `false` where what was before is so no longer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renew(
        &self,
        (username, key): (&str, &str),
        before: &Known,
        id: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE api_requests SET id = $1, created = $2, made = 0 \
                   WHERE username = $3 AND key = $4 AND id = $5 AND made = $6";
        let done = sqlx::query(sql)
            .bind(id)
            .bind(self.clock.now().unix_timestamp())
            .bind(username)
            .bind(key)
            .bind(&before.id)
            .bind(i64::from(before.made))
            .execute(&self.store.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Notes that all that was asked for was made; `false` where the key stands for another id by now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn made(&self, (username, key): (&str, &str), id: &str) -> Result<bool, StoreError> {
        let sql = "UPDATE api_requests SET made = 1 WHERE username = $1 AND key = $2 AND id = $3";
        let done = sqlx::query(sql).bind(username).bind(key).bind(id).execute(&self.store.pool).await?;
        Ok(done.rows_affected() == 1)
    }

    /// Forgets a key that stands for an id: nothing has come of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget(&self, (username, key): (&str, &str), id: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM api_requests WHERE username = $1 AND key = $2 AND id = $3";
        sqlx::query(sql).bind(username).bind(key).bind(id).execute(&self.store.pool).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::fresh_stores;
    use crate::testing::SetClock;

    #[tokio::test]
    async fn a_key_stands_for_one_request_of_one_person() {
        for fresh in fresh_stores().await {
            let clock = Arc::new(SetClock::at(OffsetDateTime::UNIX_EPOCH));
            let requests = ApiRequests::new(fresh.store.clone(), clock.clone());
            let reserve = async |who: &str, request: &str, id: &str| {
                requests.reserve((who, "build 7"), request, id).await.unwrap()
            };
            let known =
                |id: &str, made: bool, begun: OffsetDateTime| Known { id: id.to_owned(), made, begun };
            let first = known("1", false, OffsetDateTime::UNIX_EPOCH);
            assert_eq!(reserve("ann", "a", "1").await, Reserved::New, "{}", fresh.name);
            assert_eq!(reserve("ann", "a", "2").await, Reserved::Known(first.clone()));
            assert_eq!(reserve("ann", "b", "2").await, Reserved::Differs);
            assert_eq!(reserve("bob", "b", "2").await, Reserved::New);
            let later = OffsetDateTime::UNIX_EPOCH + Duration::minutes(5);
            clock.set(later);
            assert!(requests.renew(("ann", "build 7"), &first, "3").await.unwrap());
            assert!(!requests.renew(("ann", "build 7"), &first, "4").await.unwrap(), "somebody was quicker");
            assert_eq!(reserve("ann", "a", "5").await, Reserved::Known(known("3", false, later)));
            assert!(!requests.made(("ann", "build 7"), "1").await.unwrap(), "it stands for another");
            assert!(requests.made(("ann", "build 7"), "3").await.unwrap());
            let made = known("3", true, later);
            assert_eq!(reserve("ann", "a", "5").await, Reserved::Known(made.clone()));
            let half = Known { made: false, ..made };
            assert!(!requests.renew(("ann", "build 7"), &half, "5").await.unwrap(), "it was made meanwhile");
            requests.forget(("ann", "build 7"), "1").await.unwrap();
            assert_eq!(reserve("ann", "b", "5").await, Reserved::Differs);
            requests.forget(("ann", "build 7"), "3").await.unwrap();
            assert_eq!(reserve("ann", "b", "5").await, Reserved::New);
            clock.set(later + KEPT_FOR + Duration::seconds(1));
            assert_eq!(reserve("ann", "a", "6").await, Reserved::New);
        }
    }
}
