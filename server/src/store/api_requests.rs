//! Which publication a pipeline's key stands for.

use std::sync::Arc;

use app::ports::Clock;
use sqlx::Row as _;
use time::Duration;

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
    /// The same was asked for before under this id.
    Known(String),
    /// Something else was asked for under it.
    Differs,
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
        let sql = "INSERT INTO api_requests (username, key, request, id, created) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (username, key) DO NOTHING";
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
        let sql = "SELECT request, id FROM api_requests WHERE username = $1 AND key = $2";
        let row = sqlx::query(sql).bind(username).bind(key).fetch_one(pool).await?;
        let before: String = row.try_get("request")?;
        Ok(if before == request { Reserved::Known(row.try_get("id")?) } else { Reserved::Differs })
    }

    /// Lets a key stand for another id than before; `false` where somebody else was quicker.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renew(
        &self,
        (username, key): (&str, &str),
        before: &str,
        id: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE api_requests SET id = $1 WHERE username = $2 AND key = $3 AND id = $4";
        let done =
            sqlx::query(sql).bind(id).bind(username).bind(key).bind(before).execute(&self.store.pool).await?;
        Ok(done.rows_affected() == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::fresh_stores;
    use crate::testing::SetClock;
    use time::OffsetDateTime;

    #[tokio::test]
    async fn a_key_stands_for_one_request_of_one_person() {
        for fresh in fresh_stores().await {
            let clock = Arc::new(SetClock::at(OffsetDateTime::UNIX_EPOCH));
            let requests = ApiRequests::new(fresh.store.clone(), clock.clone());
            let reserve = async |who: &str, request: &str, id: &str| {
                requests.reserve((who, "build 7"), request, id).await.unwrap()
            };
            assert_eq!(reserve("ann", "a", "1").await, Reserved::New, "{}", fresh.name);
            assert_eq!(reserve("ann", "a", "2").await, Reserved::Known("1".to_owned()));
            assert_eq!(reserve("ann", "b", "2").await, Reserved::Differs);
            assert_eq!(reserve("bob", "b", "2").await, Reserved::New);
            assert!(requests.renew(("ann", "build 7"), "1", "3").await.unwrap());
            assert!(!requests.renew(("ann", "build 7"), "1", "4").await.unwrap(), "somebody was quicker");
            assert_eq!(reserve("ann", "a", "5").await, Reserved::Known("3".to_owned()));
            clock.set(OffsetDateTime::UNIX_EPOCH + KEPT_FOR + Duration::seconds(1));
            assert_eq!(reserve("ann", "b", "6").await, Reserved::New);
        }
    }
}
