//! The events' table.

use domain::nodes::events::{EventKind, KEPT_FOR, NodeEvent, NodeEvents};
use sqlx::{Any, AssertSqlSafe, Row as _, Transaction};
use time::OffsetDateTime;

use super::{BATCH, FleetStore, from_json, parameters, to_json};

impl FleetStore {
    /// The newest events since a time, of one kind or of all, at most `limit` of them, and how many there are of each kind.
    pub async fn events(
        &self,
        since: OffsetDateTime,
        kind: Option<EventKind>,
        limit: i64,
    ) -> Result<NodeEvents, sqlx::Error> {
        let rows = sqlx::query(
            "SELECT event FROM fleet_events WHERE happened >= $1 AND ($2 = '' OR kind = $3) \
             ORDER BY happened DESC, node_id, kind LIMIT $4",
        )
        .bind(since.unix_timestamp())
        .bind(kind.map_or("", EventKind::name))
        .bind(kind.map_or("", EventKind::name))
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        let newest =
            rows.iter().map(|row| from_json(row.try_get("event")?)).collect::<Result<_, sqlx::Error>>()?;
        let sql = "SELECT kind, COUNT(*) AS number FROM fleet_events WHERE happened >= $1 GROUP BY kind";
        let rows = sqlx::query(sql).bind(since.unix_timestamp()).fetch_all(&self.pool).await?;
        let mut counts = EventKind::ALL.map(|kind| (kind, 0));
        for row in &rows {
            let (name, number): (String, i64) = (row.try_get("kind")?, row.try_get("number")?);
            for (_, count) in counts.iter_mut().filter(|(kind, _)| kind.name() == name) {
                *count = usize::try_from(number).unwrap_or_default();
            }
        }
        Ok(NodeEvents { newest, counts: counts.to_vec() })
    }
}

/// Adds events, and removes those that are old or more than so many.
pub(super) async fn note(
    transaction: &mut Transaction<'_, Any>,
    events: &[NodeEvent],
    now: OffsetDateTime,
    at_most: i64,
) -> Result<(), sqlx::Error> {
    if events.is_empty() {
        return Ok(());
    }
    for events in events.chunks(BATCH) {
        insert(transaction, events).await?;
    }
    sqlx::query("DELETE FROM fleet_events WHERE happened < $1")
        .bind((now - KEPT_FOR).unix_timestamp())
        .execute(&mut **transaction)
        .await?;
    // SQLite knows no OFFSET without a LIMIT, and none that both databases take means "all".
    sqlx::query(
        "DELETE FROM fleet_events WHERE (happened, node_id, kind) IN (SELECT happened, node_id, kind FROM fleet_events \
         ORDER BY happened DESC, node_id, kind LIMIT 1000000000 OFFSET $1)",
    )
    .bind(at_most)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// The same event again, as after a refresh that was cut short, is none.
async fn insert(transaction: &mut Transaction<'_, Any>, events: &[NodeEvent]) -> Result<(), sqlx::Error> {
    let sql = format!(
        "INSERT INTO fleet_events (happened, node_id, kind, event) VALUES {} ON CONFLICT DO NOTHING",
        parameters(events.len(), 4)
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for event in events {
        let (happened, kind) = (event.happened.unix_timestamp(), event.change.kind().name());
        query = query.bind(happened).bind(&event.node_id).bind(kind).bind(to_json(event)?);
    }
    query.execute(&mut **transaction).await?;
    Ok(())
}
