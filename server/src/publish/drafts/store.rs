//! The tables of drafts.

mod files;
mod room;
mod rows;

use domain::packages::drafts::{Draft, DraftFile, DraftSummary};
use sqlx::{Any, AnyPool, Row as _, Transaction};
use time::OffsetDateTime;

use crate::store::values::to_json;
use files::insert_file;
use rows::{file_from, json, summary_from, time};

/// What a change met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is done.
    Done,
    /// The draft is at another revision.
    Conflict,
    /// It is being published.
    Publishing,
    /// There is no such draft.
    Gone,
}

/// What room there is, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// For the drafts of one person.
    pub person: u64,
    /// For everybody's.
    pub all: u64,
}

/// The tables.
#[derive(Clone, Debug)]
pub struct DraftStore {
    pool: AnyPool,
}

impl DraftStore {
    /// The tables in this database.
    #[must_use]
    pub const fn new(pool: AnyPool) -> Self {
        Self { pool }
    }

    /// The database, for what is kept with drafts.
    pub(in crate::publish) fn pool(&self) -> AnyPool {
        self.pool.clone()
    }

    /// Notes a new draft with its files, none of which take room.
    pub async fn insert(&self, draft: &Draft) -> Result<(), sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        let sql = "INSERT INTO package_drafts (id, username, revision, files_revision, contents, created, updated) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        sqlx::query(sql)
            .bind(&draft.id)
            .bind(&draft.username)
            .bind(draft.revision)
            .bind(draft.files_revision)
            .bind(to_json(&draft.contents)?)
            .bind(draft.created.unix_timestamp())
            .bind(draft.updated.unix_timestamp())
            .execute(&mut *transaction)
            .await?;
        for file in &draft.files {
            insert_file(&mut transaction, &draft.id, file, 0).await?;
        }
        transaction.commit().await
    }

    /// One draft. Files that are arriving have received nothing, as far as the tables know.
    pub async fn get(&self, id: &str) -> Result<Option<Draft>, sqlx::Error> {
        let sql = "SELECT id, username, revision, files_revision, contents, created, updated, publication \
                   FROM package_drafts WHERE id = $1";
        let Some(row) = sqlx::query(sql).bind(id).fetch_optional(&self.pool).await? else { return Ok(None) };
        let sql = "SELECT id, file_name, size, state, software, targets, scripts FROM package_draft_files \
                   WHERE draft_id = $1 ORDER BY place";
        let files = sqlx::query(sql).bind(id).fetch_all(&self.pool).await?;
        Ok(Some(Draft {
            id: row.try_get("id")?,
            username: row.try_get("username")?,
            revision: row.try_get("revision")?,
            files_revision: row.try_get("files_revision")?,
            contents: json(&row, "contents")?,
            files: files.iter().map(file_from).collect::<Result<_, _>>()?,
            created: time(&row, "created")?,
            updated: time(&row, "updated")?,
            publication: row.try_get("publication")?,
        }))
    }

    /// The drafts of one person, or of everybody; the last touched first.
    pub async fn list(&self, username: Option<&str>) -> Result<Vec<DraftSummary>, sqlx::Error> {
        let sql = "SELECT d.id, d.username, d.contents, d.updated, d.publication, COUNT(f.id) AS files, \
                   CAST(COALESCE(SUM(f.reserved), 0) AS BIGINT) AS bytes \
                   FROM package_drafts d LEFT JOIN package_draft_files f ON f.draft_id = d.id \
                   WHERE $1 = '' OR d.username = $2 \
                   GROUP BY d.id, d.username, d.contents, d.updated, d.publication ORDER BY d.updated DESC, d.id";
        let username = username.unwrap_or_default();
        let rows = sqlx::query(sql).bind(username).bind(username).fetch_all(&self.pool).await?;
        rows.iter().map(summary_from).collect()
    }

    /// Writes what was given, if the draft is still at the revision that it had `before`. Of the files only those that
    /// differ from then: what became of the others meanwhile stays.
    pub async fn update(
        &self,
        draft: &Draft,
        before: &Draft,
        now: OffsetDateTime,
    ) -> Result<Changed, sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        let sql = "UPDATE package_drafts SET contents = $1, updated = $2, revision = revision + 1 \
                   WHERE id = $3 AND revision = $4 AND publication IS NULL";
        let done = sqlx::query(sql)
            .bind(to_json(&draft.contents)?)
            .bind(now.unix_timestamp())
            .bind(&draft.id)
            .bind(before.revision)
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return why_not(&draft.id, &mut transaction).await;
        }
        let differs = |file: &&DraftFile| {
            let was = before.file(&file.id);
            was.is_none_or(|was| was.targets != file.targets || was.scripts != file.scripts)
        };
        for file in draft.files.iter().filter(differs) {
            let sql = "UPDATE package_draft_files SET targets = $1, scripts = $2 WHERE id = $3";
            sqlx::query(sql)
                .bind(to_json(&file.targets)?)
                .bind(to_json(&file.scripts)?)
                .bind(&file.id)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(Changed::Done)
    }

    /// Forgets a draft and its files.
    pub async fn remove(&self, id: &str) -> Result<Changed, sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        let sql = "DELETE FROM package_drafts WHERE id = $1 AND publication IS NULL";
        if sqlx::query(sql).bind(id).execute(&mut *transaction).await?.rows_affected() == 0 {
            return why_not(id, &mut transaction).await;
        }
        transaction.commit().await?;
        Ok(Changed::Done)
    }

    /// Forgets the drafts that nobody has touched since a time.
    pub async fn remove_untouched(&self, since: OffsetDateTime) -> Result<u64, sqlx::Error> {
        let sql = "DELETE FROM package_drafts WHERE updated < $1 AND publication IS NULL";
        Ok(sqlx::query(sql).bind(since.unix_timestamp()).execute(&self.pool).await?.rows_affected())
    }

    /// Every draft and file that there is: what else lies in the folder belongs to none.
    pub async fn ids(&self) -> Result<Vec<(String, Option<String>)>, sqlx::Error> {
        let sql = "SELECT d.id AS draft, f.id AS file FROM package_drafts d \
                   LEFT JOIN package_draft_files f ON f.draft_id = d.id";
        let rows = sqlx::query(sql).fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok((row.try_get("draft")?, row.try_get("file")?))).collect()
    }
}

/// What has kept a draft from being changed.
async fn why_not(draft: &str, transaction: &mut Transaction<'_, Any>) -> Result<Changed, sqlx::Error> {
    let sql = "SELECT publication FROM package_drafts WHERE id = $1";
    let row = sqlx::query(sql).bind(draft).fetch_optional(&mut **transaction).await?;
    let Some(row) = row else { return Ok(Changed::Gone) };
    let publication: Option<String> = row.try_get("publication")?;
    Ok(if publication.is_some() { Changed::Publishing } else { Changed::Conflict })
}
