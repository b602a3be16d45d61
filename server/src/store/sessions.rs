//! Sessions in the database, for tower-sessions. The session's id is never stored, only its SHA-256.

use std::fmt;
use std::sync::Arc;

use app::ports::Clock;
use async_trait::async_trait;
use sqlx::Row as _;
use time::{Duration, OffsetDateTime};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result, SessionStore};

use super::{SqlStore, StoreError};
use crate::hash::sha256_hex;

/// A session that nobody uses ends after this.
pub const IDLE_LIMIT: Duration = Duration::hours(8);
/// A session ends after this, used or not.
pub const ABSOLUTE_LIMIT: Duration = Duration::days(7);
/// Use is noted this often, so that reading a page does not mean writing a row.
const NOTE_USE_EVERY: Duration = Duration::minutes(1);

/// The sessions of everyone who is signed in.
#[derive(Clone)]
pub struct Sessions {
    store: SqlStore,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions").finish_non_exhaustive()
    }
}

impl Sessions {
    /// Sessions in this database, by this clock.
    #[must_use]
    pub fn new(store: SqlStore, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// Removes the sessions that are over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_old(&self) -> std::result::Result<(), StoreError> {
        let now = self.clock.now();
        sqlx::query("DELETE FROM sessions WHERE last_used <= $1 OR created <= $2")
            .bind((now - IDLE_LIMIT).unix_timestamp())
            .bind((now - ABSOLUTE_LIMIT).unix_timestamp())
            .execute(&self.store.pool)
            .await?;
        Ok(())
    }

    fn now(&self) -> i64 {
        self.clock.now().unix_timestamp()
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let (data, now) = (encode(record)?, self.now());
        loop {
            let done = sqlx::query(
                "INSERT INTO sessions (id_hash, data, created, last_used) VALUES ($1, $2, $3, $3) \
                 ON CONFLICT (id_hash) DO NOTHING",
            )
            .bind(sha256_hex(&record.id.to_string()))
            .bind(&data)
            .bind(now)
            .execute(&self.store.pool)
            .await
            .map_err(backend)?;
            if done.rows_affected() == 1 {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    /// Updates a session; one that was ended in the meantime stays ended.
    async fn save(&self, record: &Record) -> Result<()> {
        sqlx::query("UPDATE sessions SET data = $2, last_used = $3 WHERE id_hash = $1")
            .bind(sha256_hex(&record.id.to_string()))
            .bind(encode(record)?)
            .bind(self.now())
            .execute(&self.store.pool)
            .await
            .map_err(backend)?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let id_hash = sha256_hex(&id.to_string());
        let row = sqlx::query("SELECT data, created, last_used FROM sessions WHERE id_hash = $1")
            .bind(&id_hash)
            .fetch_optional(&self.store.pool)
            .await
            .map_err(backend)?;
        let Some(row) = row else { return Ok(None) };
        let data: String = row.try_get(0).map_err(backend)?;
        let (created, last_used): (i64, i64) =
            (row.try_get(1).map_err(backend)?, row.try_get(2).map_err(backend)?);
        let now = self.now();
        let ends = (created + ABSOLUTE_LIMIT.whole_seconds()).min(last_used + IDLE_LIMIT.whole_seconds());
        // What is written here is not in the way of reading: where the disk is full, people still see how things are.
        if ends <= now {
            if let Err(error) = self.delete(id).await {
                tracing::warn!(%error, "a session that is over could not be removed");
            }
            return Ok(None);
        }
        if now - last_used >= NOTE_USE_EVERY.whole_seconds() {
            let noted = sqlx::query("UPDATE sessions SET last_used = $2 WHERE id_hash = $1")
                .bind(&id_hash)
                .bind(now)
                .execute(&self.store.pool)
                .await;
            if let Err(error) = noted.map_err(StoreError::Query) {
                tracing::warn!(%error, "the use of a session could not be noted");
            }
        }
        let data = serde_json::from_str(&data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date =
            OffsetDateTime::from_unix_timestamp(ends).map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        sqlx::query("DELETE FROM sessions WHERE id_hash = $1")
            .bind(sha256_hex(&id.to_string()))
            .execute(&self.store.pool)
            .await
            .map_err(backend)?;
        Ok(())
    }
}

/// The record's data as JSON, without its id.
fn encode(record: &Record) -> Result<String> {
    serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))
}

fn backend(error: sqlx::Error) -> Error {
    Error::Backend(StoreError::Query(error).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sql::tests::fresh_stores;
    use crate::testing::SetClock;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);

    fn record() -> Record {
        Record {
            id: Id::default(),
            data: [("signed_in".to_owned(), serde_json::json!({"user_id": "7"}))].into(),
            expiry_date: NOW,
        }
    }

    #[tokio::test]
    async fn a_session_is_found_by_its_id_which_is_not_in_the_table() {
        for fresh in fresh_stores().await {
            let sessions = Sessions::new(fresh.store.clone(), Arc::new(SetClock::at(NOW)));
            let mut record = record();
            sessions.create(&mut record).await.unwrap();
            assert_eq!(sessions.load(&record.id).await.unwrap().unwrap().data, record.data, "{}", fresh.name);
            assert!(sessions.load(&Id::default()).await.unwrap().is_none());

            let rows: Vec<(String, String)> = sqlx::query_as("SELECT id_hash, data FROM sessions")
                .fetch_all(&fresh.store.pool)
                .await
                .unwrap();
            assert_eq!(rows.len(), 1);
            let stored = format!("{} {}", rows[0].0, rows[0].1);
            assert!(!stored.contains(&record.id.to_string()) && !stored.contains(&record.id.0.to_string()));
        }
    }

    #[tokio::test]
    async fn ids_never_collide() {
        for fresh in fresh_stores().await {
            let sessions = Sessions::new(fresh.store.clone(), Arc::new(SetClock::at(NOW)));
            let mut first = record();
            sessions.create(&mut first).await.unwrap();
            let mut second = Record { id: first.id, ..record() };
            sessions.create(&mut second).await.unwrap();
            assert_ne!(first.id, second.id, "{}", fresh.name);
        }
    }

    #[tokio::test]
    async fn use_prolongs_a_session_but_not_for_ever() {
        for fresh in fresh_stores().await {
            let clock = Arc::new(SetClock::at(NOW));
            let sessions = Sessions::new(fresh.store.clone(), clock.clone());
            let mut record = record();
            sessions.create(&mut record).await.unwrap();
            for hours in (0..7 * 24).step_by(7) {
                clock.set(NOW + Duration::hours(hours));
                assert!(sessions.load(&record.id).await.unwrap().is_some(), "{} after {hours} h", fresh.name);
            }
            clock.set(NOW + ABSOLUTE_LIMIT);
            assert!(sessions.load(&record.id).await.unwrap().is_none(), "{}", fresh.name);
        }
    }

    #[tokio::test]
    async fn an_unused_session_ends() {
        for fresh in fresh_stores().await {
            let clock = Arc::new(SetClock::at(NOW));
            let sessions = Sessions::new(fresh.store.clone(), clock.clone());
            let mut record = record();
            sessions.create(&mut record).await.unwrap();
            clock.set(NOW + IDLE_LIMIT - Duration::seconds(1));
            sessions.remove_old().await.unwrap();
            assert!(sessions.load(&record.id).await.unwrap().is_some(), "{}", fresh.name);
            clock.set(NOW + IDLE_LIMIT * 2);
            assert!(sessions.load(&record.id).await.unwrap().is_none(), "{}", fresh.name);
            clock.set(NOW);
            assert!(sessions.load(&record.id).await.unwrap().is_none(), "an ended session is gone");
        }
    }

    #[tokio::test]
    async fn a_database_that_can_only_be_read_still_tells_who_has_signed_in() {
        // By SQLite's triggers, which PostgreSQL does not understand.
        let fresh = fresh_stores().await.remove(0);
        let clock = Arc::new(SetClock::at(NOW));
        let sessions = Sessions::new(fresh.store.clone(), clock.clone());
        let mut record = record();
        sessions.create(&mut record).await.unwrap();
        for refusal in [
            "CREATE TRIGGER no_update BEFORE UPDATE ON sessions BEGIN SELECT RAISE(ABORT, 'no room'); END",
            "CREATE TRIGGER no_delete BEFORE DELETE ON sessions BEGIN SELECT RAISE(ABORT, 'no room'); END",
        ] {
            sqlx::query(refusal).execute(&fresh.store.pool).await.unwrap();
        }
        assert!(sessions.save(&record).await.is_err() && sessions.delete(&record.id).await.is_err());
        clock.set(NOW + NOTE_USE_EVERY);
        assert!(sessions.load(&record.id).await.unwrap().is_some());
        clock.set(NOW + IDLE_LIMIT);
        assert!(sessions.load(&record.id).await.unwrap().is_none(), "over is over");
    }

    #[tokio::test]
    async fn saving_does_not_bring_back_what_was_ended() {
        for fresh in fresh_stores().await {
            let sessions = Sessions::new(fresh.store.clone(), Arc::new(SetClock::at(NOW)));
            let mut record = record();
            sessions.create(&mut record).await.unwrap();
            sessions.delete(&record.id).await.unwrap();
            sessions.save(&record).await.unwrap();
            assert!(sessions.load(&record.id).await.unwrap().is_none(), "{}", fresh.name);
        }
    }
}
