//! Estimates of costs that were given a name.

use std::sync::Arc;

use app::ports::{Clock, Estimates, Random};
use async_trait::async_trait;
use domain::costs::{Calculator, NewEstimate, SavedEstimate};
use domain::errors::{ApiError, Rule};
use sqlx::Row as _;
use sqlx::any::AnyRow;
use time::OffsetDateTime;

use super::{SqlStore, StoreError};

const COLUMNS: &str = "id, name, calculator, query, saved_by, saved_at";

/// The estimates, in the database.
#[derive(Clone)]
pub struct StoredEstimates {
    store: SqlStore,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl StoredEstimates {
    /// Estimates in this database.
    #[must_use]
    pub fn new(store: SqlStore, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        Self { store, clock, random }
    }
}

#[async_trait]
impl Estimates for StoredEstimates {
    async fn list(&self) -> Result<Vec<SavedEstimate>, ApiError> {
        let sql = format!("SELECT {COLUMNS} FROM estimates ORDER BY saved_at DESC, name_key");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.store.pool).await;
        rows.map_err(StoreError::from)
            .map_err(internal)?
            .iter()
            .map(|row| read(row).map_err(internal))
            .collect()
    }

    async fn save(
        &self,
        estimate: &NewEstimate,
        username: &str,
        replace: bool,
    ) -> Result<SavedEstimate, ApiError> {
        // One statement, so that of two who save at once under one name one is told.
        let sql = format!(
            "INSERT INTO estimates (id, name, name_key, calculator, query, saved_by, saved_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, \
             calculator = excluded.calculator, query = excluded.query, saved_by = excluded.saved_by, \
             saved_at = excluded.saved_at \
             WHERE $8 = 1 OR (estimates.calculator = excluded.calculator AND estimates.query = excluded.query) \
             RETURNING {COLUMNS}"
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(self.random.uuid())
            .bind(&estimate.name)
            .bind(estimate.name.to_lowercase())
            .bind(estimate.calculator.name())
            .bind(&estimate.query)
            .bind(username)
            .bind(self.clock.now().unix_timestamp())
            .bind(i64::from(replace))
            .fetch_optional(&self.store.pool)
            .await
            .map_err(|error| internal(error.into()))?;
        let row = row.ok_or_else(|| ApiError::field("name", Rule::NameTaken))?;
        read(&row).map_err(internal)
    }

    async fn delete(&self, id: &str) -> Result<(), ApiError> {
        let deleted =
            sqlx::query("DELETE FROM estimates WHERE id = $1").bind(id).execute(&self.store.pool).await;
        let deleted = deleted.map_err(|error| internal(error.into()))?;
        if deleted.rows_affected() == 1 { Ok(()) } else { Err(ApiError::NotFound) }
    }
}

fn read(row: &AnyRow) -> Result<SavedEstimate, StoreError> {
    let calculator: String = row.try_get("calculator")?;
    let saved_at = OffsetDateTime::from_unix_timestamp(row.try_get("saved_at")?);
    Ok(SavedEstimate {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        calculator: Calculator::from_name(&calculator).ok_or(StoreError::Unknown { column: "calculator" })?,
        query: row.try_get("query")?,
        saved_by: row.try_get("saved_by")?,
        saved_at: saved_at.map_err(|_| StoreError::Unknown { column: "saved_at" })?,
    })
}

fn internal(error: StoreError) -> ApiError {
    tracing::error!(%error, "the estimates cannot be read or written");
    ApiError::Internal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;
    use crate::store::testing::{Fresh, fresh_stores};
    use crate::testing::SetClock;
    use time::Duration;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);

    fn estimates(fresh: &Fresh) -> (StoredEstimates, Arc<SetClock>) {
        let clock = Arc::new(SetClock::at(NOW));
        (StoredEstimates::new(fresh.store.clone(), clock.clone(), Arc::new(SystemRandom)), clock)
    }

    fn new(name: &str, query: &str) -> NewEstimate {
        NewEstimate { name: name.to_owned(), calculator: Calculator::Distributor, query: query.to_owned() }
    }

    #[tokio::test]
    async fn what_is_saved_is_listed_last_first_and_deleted() {
        for fresh in fresh_stores().await {
            let (estimates, clock) = estimates(&fresh);
            let first = estimates.save(&new("大阪", "months=1"), "ann", false).await.unwrap();
            clock.set(NOW + Duration::hours(1));
            let second = estimates.save(&new("Tokyo", "months=2"), "bob", false).await.unwrap();
            assert_eq!((second.saved_by.as_str(), second.saved_at), ("bob", NOW + Duration::hours(1)));
            assert_eq!(estimates.list().await.unwrap(), [second.clone(), first.clone()], "{}", fresh.name);
            estimates.delete(&second.id).await.unwrap();
            assert_eq!(estimates.list().await.unwrap(), [first]);
            assert_eq!(estimates.delete(&second.id).await, Err(ApiError::NotFound));
        }
    }

    #[tokio::test]
    async fn a_name_is_taken_once_whatever_its_case() {
        for fresh in fresh_stores().await {
            let (estimates, _) = estimates(&fresh);
            let first = estimates.save(&new("Tokyo", "months=1"), "ann", false).await.unwrap();
            let taken = Err(ApiError::field("name", Rule::NameTaken));
            assert_eq!(
                estimates.save(&new("TOKYO", "months=2"), "bob", false).await,
                taken,
                "{}",
                fresh.name
            );
            let again = estimates.save(&new("Tokyo", "months=1"), "ann", false).await.unwrap();
            assert_eq!(again.id, first.id, "sent twice, it is one");
            let replaced = estimates.save(&new("TOKYO", "months=2"), "bob", true).await.unwrap();
            assert_eq!((replaced.id, replaced.name.as_str()), (first.id, "TOKYO"));
            let all = estimates.list().await.unwrap();
            assert_eq!((all.len(), all[0].query.as_str(), all[0].saved_by.as_str()), (1, "months=2", "bob"));
        }
    }

    #[tokio::test]
    async fn of_many_who_save_one_name_at_once_one_succeeds() {
        for fresh in fresh_stores().await {
            let (estimates, _) = estimates(&fresh);
            let all: Vec<_> = (1..=20).map(|months| new("Tokyo", &format!("months={months}"))).collect();
            let saves = all.iter().map(|estimate| estimates.save(estimate, "ann", false));
            let saved = futures::future::join_all(saves).await;
            assert_eq!(saved.iter().filter(|saved| saved.is_ok()).count(), 1, "{}", fresh.name);
        }
    }
}
