//! The tables of what is done to nodes.

use app::ports::BegunAction;
use domain::errors::ApiError;
use domain::nodes::actions::{ActionProgress, NodeOutcome, NodeResult};
use sqlx::any::AnyRow;
use sqlx::{Any, AnyPool, AssertSqlSafe, Row as _, Transaction};
use time::{Duration, OffsetDateTime};

use crate::store::StoreError;
use crate::store::values::{from_json, time_from, to_json};

/// What was done is remembered this long.
pub const REMEMBERED_FOR: Duration = Duration::days(7);
/// Rows in one statement; four values each stay far below SQLite's and PostgreSQL's limits (32,766 and 65,535).
const BATCH: usize = 200;

/// Whether an action is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noted {
    /// It is new.
    New,
    /// The same person has begun it before.
    Before,
    /// Somebody else has an action of that id.
    Another,
}

/// The tables.
#[derive(Clone, Debug)]
pub struct NodeActionStore {
    pool: AnyPool,
}

impl NodeActionStore {
    /// The tables in this database.
    #[must_use]
    pub const fn new(pool: AnyPool) -> Self {
        Self { pool }
    }

    /// Notes what is to be done, once.
    pub(super) async fn note(&self, action: &BegunAction, now: OffsetDateTime) -> Result<Noted, sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        let sql = "INSERT INTO node_actions (id, username, action, begun, alive) VALUES ($1, $2, $3, $4, $4) \
                   ON CONFLICT (id) DO NOTHING";
        let noted = sqlx::query(sql)
            .bind(&action.id)
            .bind(&action.username)
            .bind(to_json(&action.action)?)
            .bind(now.unix_timestamp())
            .execute(&mut *transaction)
            .await?;
        if noted.rows_affected() == 0 {
            return self.noted_before(action, transaction).await;
        }
        let places: Vec<_> = (0_i64..).zip(&action.nodes).collect();
        for nodes in places.chunks(BATCH) {
            insert_nodes(&mut transaction, &action.id, nodes).await?;
        }
        transaction.commit().await?;
        Ok(Noted::New)
    }

    async fn noted_before(
        &self,
        action: &BegunAction,
        mut transaction: Transaction<'_, Any>,
    ) -> Result<Noted, sqlx::Error> {
        let owner = sqlx::query("SELECT username FROM node_actions WHERE id = $1")
            .bind(&action.id)
            .fetch_one(&mut *transaction)
            .await?;
        let owner: String = owner.try_get("username")?;
        Ok(if owner == action.username { Noted::Before } else { Noted::Another })
    }

    /// An action as it stands.
    pub(super) async fn progress(&self, id: &str) -> Result<Option<ActionProgress>, sqlx::Error> {
        let sql = "SELECT username, action, begun, alive, ended FROM node_actions WHERE id = $1";
        let Some(row) = sqlx::query(sql).bind(id).fetch_optional(&self.pool).await? else { return Ok(None) };
        let sql =
            "SELECT node_id, name, outcome FROM node_action_results WHERE action_id = $1 ORDER BY place";
        let nodes = sqlx::query(sql).bind(id).fetch_all(&self.pool).await?;
        let ended: Option<i64> = row.try_get("ended")?;
        Ok(Some(ActionProgress {
            id: id.to_owned(),
            action: from_json(row.try_get("action")?)?,
            username: row.try_get("username")?,
            begun: time_from(row.try_get("begun")?)?,
            alive: time_from(row.try_get("alive")?)?,
            ended: ended.map(time_from).transpose()?,
            nodes: nodes.iter().map(result_from).collect::<Result<_, _>>()?,
        }))
    }

    /// Notes what has come of the node at this place.
    pub(super) async fn note_outcome(
        &self,
        id: &str,
        place: i64,
        outcome: &Result<(), ApiError>,
        now: OffsetDateTime,
    ) -> Result<(), sqlx::Error> {
        let outcome = match outcome {
            Ok(()) => NodeOutcome::Done,
            Err(error) => NodeOutcome::Failed(error.clone()),
        };
        sqlx::query("UPDATE node_action_results SET outcome = $3 WHERE action_id = $1 AND place = $2")
            .bind(id)
            .bind(place)
            .bind(to_json(&outcome)?)
            .execute(&self.pool)
            .await?;
        self.note_alive(id, now).await
    }

    /// Notes a sign of life.
    pub(super) async fn note_alive(&self, id: &str, now: OffsetDateTime) -> Result<(), sqlx::Error> {
        let sql = "UPDATE node_actions SET alive = $2 WHERE id = $1";
        sqlx::query(sql).bind(id).bind(now.unix_timestamp()).execute(&self.pool).await?;
        Ok(())
    }

    /// Notes that nothing more will be done.
    pub(super) async fn note_end(&self, id: &str, now: OffsetDateTime) -> Result<(), sqlx::Error> {
        let sql = "UPDATE node_actions SET ended = $2, alive = $2 WHERE id = $1";
        sqlx::query(sql).bind(id).bind(now.unix_timestamp()).execute(&self.pool).await?;
        Ok(())
    }

    /// Removes what need not be remembered any longer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_old(&self, now: OffsetDateTime) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM node_actions WHERE begun < $1")
            .bind((now - REMEMBERED_FOR).unix_timestamp())
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

async fn insert_nodes(
    transaction: &mut Transaction<'_, Any>,
    action_id: &str,
    nodes: &[(i64, &(String, Option<String>))],
) -> Result<(), sqlx::Error> {
    let row = |row: usize| {
        let first = row * 3 + 2;
        format!("($1, ${}, ${}, ${})", first, first + 1, first + 2)
    };
    let rows: Vec<String> = (0..nodes.len()).map(row).collect();
    let sql = format!(
        "INSERT INTO node_action_results (action_id, place, node_id, name) VALUES {}",
        rows.join(", ")
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(action_id);
    for (place, (id, name)) in nodes {
        query = query.bind(*place).bind(id).bind(name.as_deref());
    }
    query.execute(&mut **transaction).await?;
    Ok(())
}

fn result_from(row: &AnyRow) -> Result<NodeResult, sqlx::Error> {
    let outcome: Option<String> = row.try_get("outcome")?;
    Ok(NodeResult {
        id: row.try_get("node_id")?,
        name: row.try_get("name")?,
        outcome: outcome.map_or(Ok(NodeOutcome::Waiting), from_json)?,
    })
}

#[cfg(test)]
mod tests {
    use domain::nodes::actions::NodeAction;
    use time::macros::datetime;

    use super::*;
    use crate::store::testing::fresh_stores;

    const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);

    fn deregistration(username: &str, count: u32) -> BegunAction {
        let node = |n: u32| (format!("mi-{n:017x}"), (n == 0).then(|| "first".to_owned()));
        BegunAction {
            id: "token".to_owned(),
            username: username.to_owned(),
            action: NodeAction::Deregister,
            nodes: (0..count).map(node).collect(),
        }
    }

    #[tokio::test]
    async fn an_action_is_noted_once_and_for_one_person() {
        for fresh in fresh_stores().await {
            let actions = NodeActionStore::new(fresh.store.pool());
            let ann = deregistration("ann", 2);
            assert_eq!(actions.note(&ann, NOW).await.unwrap(), Noted::New, "{}", fresh.name);
            assert_eq!(actions.note(&ann, NOW).await.unwrap(), Noted::Before, "{}", fresh.name);
            let bob = deregistration("bob", 2);
            assert_eq!(actions.note(&bob, NOW).await.unwrap(), Noted::Another, "{}", fresh.name);
            assert_eq!(actions.progress("token").await.unwrap().unwrap().nodes.len(), 2);
        }
    }

    #[tokio::test]
    async fn outcomes_stand_at_their_nodes_in_the_order_chosen() {
        for fresh in fresh_stores().await {
            let actions = NodeActionStore::new(fresh.store.pool());
            actions.note(&deregistration("ann", 500), NOW).await.unwrap();
            let later = NOW + Duration::seconds(5);
            actions.note_outcome("token", 0, &Ok(()), later).await.unwrap();
            actions.note_outcome("token", 499, &Err(ApiError::Throttled), later).await.unwrap();
            let progress = actions.progress("token").await.unwrap().unwrap();
            assert_eq!(
                (progress.begun, progress.alive, progress.ended),
                (NOW, later, None),
                "{}",
                fresh.name
            );
            assert_eq!((progress.done(), progress.failed(), progress.waiting()), (1, 1, 498));
            assert_eq!(
                (progress.nodes[0].name.as_deref(), &progress.nodes[0].outcome),
                (Some("first"), &NodeOutcome::Done)
            );
            let last = &progress.nodes[499];
            assert_eq!(
                (last.id.as_str(), &last.outcome),
                ("mi-000000000000001f3", &NodeOutcome::Failed(ApiError::Throttled))
            );
            actions.note_end("token", later).await.unwrap();
            assert_eq!(actions.progress("token").await.unwrap().unwrap().ended, Some(later));
        }
    }

    #[tokio::test]
    async fn actions_are_forgotten_with_their_results() {
        for fresh in fresh_stores().await {
            let actions = NodeActionStore::new(fresh.store.pool());
            actions.note(&deregistration("ann", 2), NOW).await.unwrap();
            actions.remove_old(NOW + REMEMBERED_FOR).await.unwrap();
            assert!(actions.progress("token").await.unwrap().is_some(), "{}", fresh.name);
            actions.remove_old(NOW + REMEMBERED_FOR + Duration::seconds(1)).await.unwrap();
            assert_eq!(actions.progress("token").await.unwrap(), None);
            let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM node_action_results")
                .fetch_one(&fresh.store.pool())
                .await
                .unwrap();
            assert_eq!(left, 0, "{}", fresh.name);
        }
    }
}
