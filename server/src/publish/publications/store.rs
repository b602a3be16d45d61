//! The table of publications.

mod uploads;

use app::ports::NewPublication;
use domain::packages::drafts::Draft;
use domain::packages::publications::{INTERRUPTED_AFTER, Plan, Publication, PublicationSummary, Stage};
use sqlx::any::AnyRow;
use sqlx::{AnyPool, AssertSqlSafe, Row as _};
use time::OffsetDateTime;

use crate::store::values::{from_json, time_from, to_json};

pub use uploads::Upload;

/// Most lines of a list.
const LISTED: i64 = 100;

/// Whether a publication is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noted {
    /// It is new.
    New,
    /// The draft has changed meanwhile, or is being published.
    Changed,
}

/// What a sign of life met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pulse {
    /// Go on.
    GoOn,
    /// Somebody wants it to end.
    Cancelled,
    /// Another instance has taken it up.
    Lost,
}

/// The table.
#[derive(Clone, Debug)]
pub struct PublicationStore {
    pool: AnyPool,
}

impl PublicationStore {
    /// The table in this database.
    #[must_use]
    pub const fn new(pool: AnyPool) -> Self {
        Self { pool }
    }

    /// Notes what is to be done, and locks the draft, if that is what it was when the plan was made.
    pub(super) async fn note(
        &self,
        new: &NewPublication,
        plan: &Plan,
        draft: &Draft,
        holder: &str,
        now: OffsetDateTime,
    ) -> Result<Noted, sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        let sql = "UPDATE package_drafts SET publication = $1, updated = $2 \
                   WHERE id = $3 AND revision = $4 AND files_revision = $5 AND publication IS NULL";
        let locked = sqlx::query(sql)
            .bind(&new.id)
            .bind(now.unix_timestamp())
            .bind(&draft.id)
            .bind(draft.revision)
            .bind(draft.files_revision)
            .execute(&mut *transaction)
            .await?;
        if locked.rows_affected() == 0 {
            return Ok(Noted::Changed);
        }
        let sql = "INSERT INTO publications (id, draft_id, username, package, version_name, plan, stage, sent, cancelled, \
                   holder, alive, begun, token) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $10, $11)";
        sqlx::query(sql)
            .bind(&new.id)
            .bind(&draft.id)
            .bind(&new.username)
            .bind(&plan.name)
            .bind(plan.version_name.as_deref())
            .bind(to_json(plan)?)
            .bind(to_json(&Stage::Uploading)?)
            .bind(to_json(&vec![0_u64; plan.files.len()])?)
            .bind(holder)
            .bind(now.unix_timestamp())
            .bind(new.token.as_deref())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(Noted::New)
    }

    /// One publication.
    pub(super) async fn get(&self, id: &str) -> Result<Option<Publication>, sqlx::Error> {
        let sql = format!("SELECT {COLUMNS} FROM publications WHERE id = $1");
        let row = sqlx::query(AssertSqlSafe(sql)).bind(id).fetch_optional(&self.pool).await?;
        row.as_ref().map(publication_from).transpose()
    }

    /// The last ones, of one package or of all.
    pub(super) async fn list(&self, package: Option<&str>) -> Result<Vec<PublicationSummary>, sqlx::Error> {
        let sql = "SELECT id, username, token, package, version_name, stage, begun, ended FROM publications \
                   WHERE $1 = '' OR package = $2 ORDER BY begun DESC, id LIMIT $3";
        let package = package.unwrap_or_default();
        let rows = sqlx::query(sql).bind(package).bind(package).bind(LISTED).fetch_all(&self.pool).await?;
        rows.iter().map(summary_from).collect()
    }

    /// The last ones of a package that came to something.
    pub(super) async fn published(&self, package: &str) -> Result<Vec<Publication>, sqlx::Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM publications WHERE package = $1 AND ended IS NOT NULL AND stage LIKE $2 \
             ORDER BY ended DESC, id LIMIT $3"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(package)
            .bind("{\"stage\":\"published\"%")
            .bind(LISTED)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(publication_from).collect()
    }

    /// Notes a sign of life and what has been sent.
    pub(super) async fn pulse(
        &self,
        id: &str,
        holder: &str,
        sent: &[u64],
        now: OffsetDateTime,
    ) -> Result<Pulse, sqlx::Error> {
        // Also where it has ended: its holder still has the draft's files to remove.
        let sql =
            "UPDATE publications SET alive = $1, sent = $2 WHERE id = $3 AND holder = $4 RETURNING cancelled";
        let row = sqlx::query(sql)
            .bind(now.unix_timestamp())
            .bind(to_json(&sent)?)
            .bind(id)
            .bind(holder)
            .fetch_optional(&self.pool)
            .await?;
        Ok(match row.map(|row| row.try_get::<i64, _>("cancelled")).transpose()? {
            None => Pulse::Lost,
            Some(0) => Pulse::GoOn,
            Some(_) => Pulse::Cancelled,
        })
    }

    /// Notes how far it has come; `false` where another instance has taken it up, or where it was cancelled before it
    /// could go on from uploading.
    pub(super) async fn advance(
        &self,
        id: &str,
        holder: &str,
        stage: &Stage,
        now: OffsetDateTime,
    ) -> Result<bool, sqlx::Error> {
        let may_be_cancelled = matches!(stage, Stage::Registering);
        let sql = "UPDATE publications SET stage = $1, alive = $2 WHERE id = $3 AND holder = $4 AND ended IS NULL \
                   AND (cancelled = 0 OR $5 = 0)";
        let done = sqlx::query(sql)
            .bind(to_json(stage)?)
            .bind(now.unix_timestamp())
            .bind(id)
            .bind(holder)
            .bind(i64::from(may_be_cancelled))
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Notes the end: the draft is gone when it was published, and free again when it was not. A new package is its
    /// publisher's.
    pub(super) async fn end(
        &self,
        publication: &Publication,
        holder: &str,
        stage: &Stage,
        now: OffsetDateTime,
    ) -> Result<bool, sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        let sql = "UPDATE publications SET stage = $1, ended = $2, alive = $2 \
                   WHERE id = $3 AND holder = $4 AND ended IS NULL";
        let ended = sqlx::query(sql)
            .bind(to_json(stage)?)
            .bind(now.unix_timestamp())
            .bind(&publication.id)
            .bind(holder)
            .execute(&mut *transaction)
            .await?;
        if ended.rows_affected() == 0 {
            return Ok(false);
        }
        let sql = match stage {
            Stage::Published { .. } => "DELETE FROM package_drafts WHERE id = $1 AND publication = $2",
            _ => "UPDATE package_drafts SET publication = NULL WHERE id = $1 AND publication = $2",
        };
        sqlx::query(sql).bind(&publication.draft).bind(&publication.id).execute(&mut *transaction).await?;
        if matches!(stage, Stage::Published { .. }) && !publication.plan.new_version {
            let sql = "INSERT INTO package_owners (package, username, since) VALUES ($1, $2, $3) \
                       ON CONFLICT (package) DO UPDATE SET username = excluded.username, since = excluded.since";
            sqlx::query(sql)
                .bind(&publication.plan.name)
                .bind(&publication.username)
                .bind(now.unix_timestamp())
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Wants it to end; `false` when SSM has been told already.
    pub(super) async fn cancel(&self, id: &str) -> Result<bool, sqlx::Error> {
        let sql = "UPDATE publications SET cancelled = 1 WHERE id = $1 AND ended IS NULL AND stage = $2";
        let done = sqlx::query(sql).bind(id).bind(to_json(&Stage::Uploading)?).execute(&self.pool).await?;
        Ok(done.rows_affected() == 1)
    }

    /// Lets others take it up at once.
    pub(super) async fn let_go(&self, id: &str, holder: &str) -> Result<(), sqlx::Error> {
        let sql = "UPDATE publications SET alive = 0 WHERE id = $1 AND holder = $2 AND ended IS NULL";
        sqlx::query(sql).bind(id).bind(holder).execute(&self.pool).await?;
        Ok(())
    }

    /// Takes up what nobody works on any longer.
    pub(super) async fn take_interrupted(
        &self,
        holder: &str,
        now: OffsetDateTime,
    ) -> Result<Vec<Publication>, sqlx::Error> {
        let sql = format!(
            "UPDATE publications SET holder = $1, alive = $2 WHERE ended IS NULL AND alive < $3 RETURNING {COLUMNS}"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(holder)
            .bind(now.unix_timestamp())
            .bind((now - INTERRUPTED_AFTER).unix_timestamp())
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(publication_from).collect()
    }
}

const COLUMNS: &str = "id, draft_id, username, token, plan, stage, sent, begun, alive, ended";

fn publication_from(row: &AnyRow) -> Result<Publication, sqlx::Error> {
    let ended: Option<i64> = row.try_get("ended")?;
    Ok(Publication {
        id: row.try_get("id")?,
        draft: row.try_get("draft_id")?,
        username: row.try_get("username")?,
        token: row.try_get("token")?,
        plan: json(row, "plan")?,
        stage: json(row, "stage")?,
        sent: json(row, "sent")?,
        begun: time_from(row.try_get("begun")?)?,
        alive: time_from(row.try_get("alive")?)?,
        ended: ended.map(time_from).transpose()?,
    })
}

fn summary_from(row: &AnyRow) -> Result<PublicationSummary, sqlx::Error> {
    let ended: Option<i64> = row.try_get("ended")?;
    Ok(PublicationSummary {
        id: row.try_get("id")?,
        username: row.try_get("username")?,
        token: row.try_get("token")?,
        name: row.try_get("package")?,
        version_name: row.try_get("version_name")?,
        stage: json(row, "stage")?,
        begun: time_from(row.try_get("begun")?)?,
        ended: ended.map(time_from).transpose()?,
    })
}

fn json<T: serde::de::DeserializeOwned>(row: &AnyRow, column: &str) -> Result<T, sqlx::Error> {
    from_json(row.try_get(column)?)
}
