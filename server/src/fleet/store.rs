//! The snapshot's tables.

mod events;
mod tier;

use std::sync::Arc;

use domain::errors::ApiError;
use domain::nodes::ManagedNode;
use domain::nodes::events::KEPT_AT_MOST;
use domain::tier::TierState;
use sqlx::any::AnyRow;
use sqlx::{Any, AnyPool, AssertSqlSafe, Row as _, Transaction};
use time::OffsetDateTime;
use tokio::sync::Notify;

use super::diff::Diff;

use crate::store::values::{from_json, to_json};

/// Rows in one statement; three values each stay far below SQLite's and PostgreSQL's limits (32,766 and 65,535).
const BATCH: usize = 200;

/// The one row that says which snapshot this is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FleetState {
    /// Grows with every snapshot that differs from the one before, be it in a last ping.
    pub version: i64,
    /// The last version that removed a node.
    pub removed_version: i64,
    /// Grows when there is something new to show of the nodes.
    pub nodes_version: i64,
    /// Grows when there is something new to show of the activations.
    pub activations_version: i64,
    /// Grows when there is something new to show of the packages.
    pub packages_version: i64,
    /// Grows when somebody wants a refresh before its time.
    pub refresh_wanted: i64,
    /// When SSM last answered.
    pub fetched_at: Option<OffsetDateTime>,
    /// Why the last refresh failed, when it did.
    pub failure: Option<ApiError>,
    /// The activation tier as last read.
    pub tier: TierState,
    /// When SSM was last asked for the tier.
    pub tier_tried_at: Option<OffsetDateTime>,
    /// Grows when there is something new to show of the tier.
    pub tier_version: i64,
}

/// The tables, and word of what this process writes into them.
#[derive(Clone, Debug)]
pub struct FleetStore {
    pool: AnyPool,
    written: Arc<Notify>,
}

impl FleetStore {
    /// The tables in this database.
    pub fn new(pool: AnyPool) -> Self {
        Self { pool, written: Arc::new(Notify::new()) }
    }

    /// Returns when this process has written something since the last call.
    pub async fn written(&self) {
        self.written.notified().await;
    }

    /// The state as it stands.
    pub async fn state(&self) -> Result<FleetState, sqlx::Error> {
        let row = sqlx::query(
            "SELECT version, removed_version, nodes_version, activations_version, packages_version, refresh_wanted, fetched_at, failure, \
             tier, tier_read_at, tier_tried_at, tier_failure, tier_version FROM fleet_state WHERE id = 1",
        )
        .fetch_one(&self.pool)
        .await?;
        state_from(&row)
    }

    /// The nodes that were written after `version`; 0 gives all.
    pub async fn nodes_since(&self, version: i64) -> Result<Vec<ManagedNode>, sqlx::Error> {
        let rows = sqlx::query("SELECT node FROM fleet_nodes WHERE version > $1")
            .bind(version)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(|row| from_json(row.try_get("node")?)).collect()
    }

    /// Writes a refresh, all of it or nothing; `false` if another instance has taken the lease meanwhile.
    pub async fn write(
        &self,
        holder: &str,
        diff: &Diff,
        fetched_at: OffsetDateTime,
    ) -> Result<bool, sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        // Writing first takes SQLite's lock at once, where a read that wants to write later could fail.
        let Some(row) = sqlx::query(
            "UPDATE fleet_state SET fetched_at = $1, version = version + $2, activations_version = activations_version + $3, \
             nodes_version = nodes_version + CASE WHEN failure IS NULL THEN $4 ELSE 1 END, failure = NULL, \
             removed_version = CASE WHEN $5 = 1 THEN version + $2 ELSE removed_version END \
             WHERE id = 1 AND lease_holder = $6 RETURNING version",
        )
        .bind(fetched_at.unix_timestamp())
        .bind(i64::from(!diff.is_empty()))
        .bind(i64::from(diff.registered))
        .bind(i64::from(diff.visible))
        .bind(i64::from(!diff.removed.is_empty()))
        .bind(holder)
        .fetch_optional(&mut *transaction)
        .await?
        else {
            return Ok(false);
        };
        let version: i64 = row.try_get("version")?;
        for nodes in diff.written.chunks(BATCH) {
            upsert(&mut transaction, nodes, version).await?;
        }
        for ids in diff.removed.chunks(BATCH) {
            remove(&mut transaction, ids).await?;
        }
        events::note(&mut transaction, &diff.events, fetched_at, KEPT_AT_MOST).await?;
        transaction.commit().await?;
        self.written.notify_one();
        Ok(true)
    }

    /// Notes why a refresh failed; the nodes stay as they are. Another reason than before is something new to show.
    /// `false` if another instance has taken the lease.
    pub async fn fail(&self, holder: &str, failure: &ApiError) -> Result<bool, sqlx::Error> {
        let failure = to_json(failure)?;
        let sql = "UPDATE fleet_state SET failure = $1, \
                   nodes_version = nodes_version + CASE WHEN failure = $2 THEN 0 ELSE 1 END \
                   WHERE id = 1 AND lease_holder = $3";
        let done = sqlx::query(sql).bind(&failure).bind(&failure).bind(holder).execute(&self.pool).await?;
        self.written.notify_one();
        Ok(done.rows_affected() == 1)
    }

    /// Says that the activations have changed.
    pub async fn announce_activations(&self) -> Result<(), sqlx::Error> {
        let sql = "UPDATE fleet_state SET activations_version = activations_version + 1 WHERE id = 1";
        sqlx::query(sql).execute(&self.pool).await?;
        self.written.notify_one();
        Ok(())
    }

    /// Says that the packages have changed.
    pub async fn announce_packages(&self) -> Result<(), sqlx::Error> {
        let sql = "UPDATE fleet_state SET packages_version = packages_version + 1 WHERE id = 1";
        sqlx::query(sql).execute(&self.pool).await?;
        self.written.notify_one();
        Ok(())
    }

    /// Says that there is something new to show of the nodes.
    pub async fn announce_nodes(&self) -> Result<(), sqlx::Error> {
        let sql = "UPDATE fleet_state SET nodes_version = nodes_version + 1 WHERE id = 1";
        sqlx::query(sql).execute(&self.pool).await?;
        self.written.notify_one();
        Ok(())
    }

    /// Asks whoever polls to do so soon.
    pub async fn want_refresh(&self) -> Result<(), sqlx::Error> {
        let sql = "UPDATE fleet_state SET refresh_wanted = refresh_wanted + 1 WHERE id = 1";
        sqlx::query(sql).execute(&self.pool).await?;
        self.written.notify_one();
        Ok(())
    }

    /// Takes or renews the lease; `false` while somebody else has it, unless `by_force`.
    pub async fn take_lease(
        &self,
        holder: &str,
        now: OffsetDateTime,
        expires: OffsetDateTime,
        by_force: bool,
    ) -> Result<bool, sqlx::Error> {
        let sql = "UPDATE fleet_state SET lease_holder = $1, lease_expires = $2 \
                   WHERE id = 1 AND ($3 = 1 OR lease_holder IS NULL OR lease_holder = $4 OR lease_expires <= $5)";
        let done = sqlx::query(sql)
            .bind(holder)
            .bind(expires.unix_timestamp())
            .bind(i64::from(by_force))
            .bind(holder)
            .bind(now.unix_timestamp())
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Gives the lease back, if it is still this holder's.
    pub async fn give_lease_back(&self, holder: &str) -> Result<(), sqlx::Error> {
        let sql = "UPDATE fleet_state SET lease_holder = NULL WHERE id = 1 AND lease_holder = $1";
        sqlx::query(sql).bind(holder).execute(&self.pool).await?;
        Ok(())
    }
}

async fn upsert(
    transaction: &mut Transaction<'_, Any>,
    nodes: &[ManagedNode],
    version: i64,
) -> Result<(), sqlx::Error> {
    let sql = format!(
        "INSERT INTO fleet_nodes (id, node, version) VALUES {} \
         ON CONFLICT (id) DO UPDATE SET node = excluded.node, version = excluded.version",
        parameters(nodes.len(), 3)
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for node in nodes {
        query = query.bind(&node.id).bind(to_json(node)?).bind(version);
    }
    query.execute(&mut **transaction).await?;
    Ok(())
}

async fn remove(transaction: &mut Transaction<'_, Any>, ids: &[String]) -> Result<(), sqlx::Error> {
    let sql = format!("DELETE FROM fleet_nodes WHERE id IN {}", parameters(1, ids.len()));
    let query = ids.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, id| query.bind(id));
    query.execute(&mut **transaction).await?;
    Ok(())
}

/// `($1, $2), ($3, $4)`: numbered parameters for rows of columns.
fn parameters(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let numbers: Vec<String> =
            (1..=columns).map(|column| format!("${}", row * columns + column)).collect();
        format!("({})", numbers.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

fn state_from(row: &AnyRow) -> Result<FleetState, sqlx::Error> {
    Ok(FleetState {
        version: row.try_get("version")?,
        removed_version: row.try_get("removed_version")?,
        nodes_version: row.try_get("nodes_version")?,
        activations_version: row.try_get("activations_version")?,
        packages_version: row.try_get("packages_version")?,
        refresh_wanted: row.try_get("refresh_wanted")?,
        fetched_at: time(row, "fetched_at")?,
        failure: json(row, "failure")?,
        tier: TierState {
            setting: json(row, "tier")?,
            read_at: time(row, "tier_read_at")?,
            failure: json(row, "tier_failure")?,
        },
        tier_tried_at: time(row, "tier_tried_at")?,
        tier_version: row.try_get("tier_version")?,
    })
}

fn time(row: &AnyRow, column: &str) -> Result<Option<OffsetDateTime>, sqlx::Error> {
    let seconds: Option<i64> = row.try_get(column)?;
    Ok(seconds.and_then(|at| OffsetDateTime::from_unix_timestamp(at).ok()))
}

fn json<T: serde::de::DeserializeOwned>(row: &AnyRow, column: &str) -> Result<Option<T>, sqlx::Error> {
    let json: Option<String> = row.try_get(column)?;
    json.map(from_json).transpose()
}

#[cfg(test)]
mod tests;
