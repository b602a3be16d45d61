//! The table of checks.

use domain::packages::inspection::{Check, CheckState, INTERRUPTED_AFTER, Inspection};
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row as _};
use time::OffsetDateTime;

use crate::store::values::{from_json, time_from, to_json};

/// What a sign of life met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pulse {
    /// Go on.
    GoOn,
    /// Somebody wants it to end.
    Cancelled,
    /// Another check of the draft has begun, or the draft is gone.
    Lost,
}

/// The table.
#[derive(Clone, Debug)]
pub struct CheckStore {
    pool: AnyPool,
}

impl CheckStore {
    /// The table in this database.
    pub const fn new(pool: AnyPool) -> Self {
        Self { pool }
    }

    /// Notes a check that is to be done; `false` while another of the draft is under way.
    pub async fn begin(&self, draft: &str, id: &str, now: OffsetDateTime) -> Result<bool, sqlx::Error> {
        let sql = "INSERT INTO package_checks (draft_id, id, state, cancelled, alive, begun) \
                   VALUES ($1, $2, $3, 0, $4, $5) ON CONFLICT (draft_id) DO UPDATE SET id = excluded.id, \
                   state = excluded.state, cancelled = 0, alive = excluded.alive, begun = excluded.begun, ended = NULL \
                   WHERE package_checks.ended IS NOT NULL OR package_checks.alive < $6";
        let noted = sqlx::query(sql)
            .bind(draft)
            .bind(id)
            .bind(to_json(&CheckState::Reading(Default::default()))?)
            .bind(now.unix_timestamp())
            .bind(now.unix_timestamp())
            .bind((now - INTERRUPTED_AFTER).unix_timestamp())
            .execute(&self.pool)
            .await?;
        Ok(noted.rows_affected() == 1)
    }

    /// The last check of a draft.
    pub async fn get(&self, draft: &str) -> Result<Option<Check>, sqlx::Error> {
        let sql = "SELECT id, draft_id, state, begun, alive, ended, inspection FROM package_checks WHERE draft_id = $1";
        let row = sqlx::query(sql).bind(draft).fetch_optional(&self.pool).await?;
        row.as_ref().map(check_from).transpose()
    }

    /// What was found by the last check of a draft that came to an end.
    pub async fn inspection(&self, draft: &str) -> Result<Option<Inspection>, sqlx::Error> {
        Ok(self.get(draft).await?.and_then(|check| check.inspection))
    }

    /// Notes a sign of life and how far it has come.
    pub async fn pulse(
        &self,
        id: &str,
        state: &CheckState,
        now: OffsetDateTime,
    ) -> Result<Pulse, sqlx::Error> {
        let sql = "UPDATE package_checks SET state = $1, alive = $2 WHERE id = $3 AND ended IS NULL RETURNING cancelled";
        let row = sqlx::query(sql)
            .bind(to_json(state)?)
            .bind(now.unix_timestamp())
            .bind(id)
            .fetch_optional(&self.pool)
            .await?;
        Ok(match row.map(|row| row.try_get::<i64, _>("cancelled")).transpose()? {
            None => Pulse::Lost,
            Some(0) => Pulse::GoOn,
            Some(_) => Pulse::Cancelled,
        })
    }

    /// Notes the end, and what was found if it was found.
    pub async fn end(
        &self,
        id: &str,
        state: &CheckState,
        inspection: Option<&Inspection>,
        now: OffsetDateTime,
    ) -> Result<(), sqlx::Error> {
        let sql = "UPDATE package_checks SET state = $1, ended = $2, alive = $3, \
                   inspection = COALESCE($4, inspection) WHERE id = $5 AND ended IS NULL";
        sqlx::query(sql)
            .bind(to_json(state)?)
            .bind(now.unix_timestamp())
            .bind(now.unix_timestamp())
            .bind(inspection.map(to_json).transpose()?)
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Wants the check of a draft to end.
    pub async fn cancel(&self, draft: &str) -> Result<(), sqlx::Error> {
        let sql = "UPDATE package_checks SET cancelled = 1 WHERE draft_id = $1 AND ended IS NULL";
        sqlx::query(sql).bind(draft).execute(&self.pool).await?;
        Ok(())
    }
}

fn check_from(row: &AnyRow) -> Result<Check, sqlx::Error> {
    let ended: Option<i64> = row.try_get("ended")?;
    let inspection: Option<String> = row.try_get("inspection")?;
    Ok(Check {
        id: row.try_get("id")?,
        draft: row.try_get("draft_id")?,
        state: from_json(row.try_get("state")?)?,
        begun: time_from(row.try_get("begun")?)?,
        alive: time_from(row.try_get("alive")?)?,
        ended: ended.map(time_from).transpose()?,
        inspection: inspection.map(from_json).transpose()?,
    })
}
