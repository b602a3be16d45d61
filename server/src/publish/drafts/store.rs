//! The tables of drafts.

mod rows;

use domain::packages::drafts::{
    Draft, DraftFile, DraftSummary, EditedScripts, FileRefused, FileState, NewFile,
};
use domain::packages::limits::MAX_FILES;
use domain::packages::platform::Target;
use domain::publishers::PublisherRule;
use sqlx::any::AnyRow;
use sqlx::{Any, AnyPool, Row as _, Transaction};
use time::OffsetDateTime;

use crate::publish::sums::Sums;
use crate::store::values::to_json;
use rows::{bytes, file_from, json, summary_from, time, unsigned};

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

    /// Notes a file that is to come, and keeps room for it; one for which there is none is noted as refused.
    pub async fn add_file(
        &self,
        draft: &str,
        id: &str,
        file: &NewFile,
        quota: Quota,
        now: OffsetDateTime,
    ) -> Result<(Changed, Option<DraftFile>), sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        // One after another, whoever's: two that came at once could both see the same room.
        sqlx::query("UPDATE package_room SET asked = asked + 1 WHERE id = 1")
            .execute(&mut *transaction)
            .await?;
        let changed = touch(&mut transaction, draft, now).await?;
        if changed != Changed::Done {
            return Ok((changed, None));
        }
        let refused = match file.refused() {
            Some(reason) => Some(reason),
            None => no_room(&mut transaction, draft, file, quota).await?,
        };
        let reserved = if refused.is_some() { 0 } else { file.size };
        let state = refused.map_or(FileState::Uploading, |reason| FileState::Refused { reason });
        let file = DraftFile {
            id: id.to_owned(),
            file_name: file.file_name.clone(),
            size: file.size,
            received: 0,
            state,
            software: None,
            targets: Vec::new(),
            scripts: EditedScripts::default(),
        };
        insert_file(&mut transaction, draft, &file, reserved).await?;
        transaction.commit().await?;
        Ok((Changed::Done, Some(file)))
    }

    /// Notes what has become of a file, and the room that it takes. Targets and scripts that somebody has given meanwhile
    /// stay.
    pub async fn settle_file(
        &self,
        draft: &str,
        file: &DraftFile,
        sums: Option<&Sums>,
        now: OffsetDateTime,
    ) -> Result<Changed, sqlx::Error> {
        let reserved = if sums.is_some() { file.size } else { 0 };
        let mut transaction = self.pool.begin().await?;
        // The draft before its file, as in every other change: two that came crosswise would wait for each other.
        let changed = touch(&mut transaction, draft, now).await?;
        if changed != Changed::Done {
            return Ok(changed);
        }
        let sql = "SELECT targets, scripts FROM package_draft_files WHERE id = $1 AND draft_id = $2";
        let row = sqlx::query(sql).bind(&file.id).bind(draft).fetch_optional(&mut *transaction).await?;
        let Some(row) = row else { return Ok(Changed::Gone) };
        let (targets, scripts): (Vec<Target>, EditedScripts) =
            (json(&row, "targets")?, json(&row, "scripts")?);
        let targets = if targets.is_empty() { &file.targets } else { &targets };
        let scripts = if scripts == EditedScripts::default() { &file.scripts } else { &scripts };
        let sql = "UPDATE package_draft_files SET state = $1, size = $2, reserved = $3, software = $4, \
                   targets = $5, sums = $6, file_name = $7, scripts = $8 WHERE id = $9 AND draft_id = $10";
        sqlx::query(sql)
            .bind(to_json(&file.state)?)
            .bind(bytes(file.size))
            .bind(bytes(reserved))
            .bind(file.software.as_ref().map(to_json).transpose()?)
            .bind(to_json(targets)?)
            .bind(sums.map(to_json).transpose()?)
            .bind(&file.file_name)
            .bind(to_json(scripts)?)
            .bind(&file.id)
            .bind(draft)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(Changed::Done)
    }

    /// The checksums of the draft's files that are ready, by id.
    pub async fn sums(&self, draft: &str) -> Result<Vec<(String, Sums)>, sqlx::Error> {
        let sql = "SELECT id, sums FROM package_draft_files WHERE draft_id = $1 AND sums IS NOT NULL";
        let rows = sqlx::query(sql).bind(draft).fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok((row.try_get("id")?, json(row, "sums")?))).collect()
    }

    /// Forgets a file.
    pub async fn remove_file(
        &self,
        draft: &str,
        file: &str,
        now: OffsetDateTime,
    ) -> Result<Changed, sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        let changed = touch(&mut transaction, draft, now).await?;
        if changed != Changed::Done {
            return Ok(changed);
        }
        let sql = "DELETE FROM package_draft_files WHERE id = $1 AND draft_id = $2";
        let done = sqlx::query(sql).bind(file).bind(draft).execute(&mut *transaction).await?;
        if done.rows_affected() == 0 {
            return Ok(Changed::Gone);
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

    /// Bytes that a person's drafts may take by an admin's rule; none where there is no such rule for them.
    pub async fn ruled_quota(&self, username: &str) -> Result<Option<u64>, sqlx::Error> {
        ruled_quota(username, &self.pool).await
    }

    /// Bytes that one person's drafts take, and everybody's.
    pub async fn used(&self, username: &str) -> Result<(u64, u64), sqlx::Error> {
        let row = sqlx::query(USED).bind(username).fetch_one(&self.pool).await?;
        used_from(&row)
    }
}

const USED: &str = "SELECT CAST(COALESCE(SUM(CASE WHEN d.username = $1 THEN f.reserved ELSE 0 END), 0) AS BIGINT) AS own, \
    CAST(COALESCE(SUM(f.reserved), 0) AS BIGINT) AS whole \
    FROM package_draft_files f JOIN package_drafts d ON d.id = f.draft_id";

fn used_from(row: &AnyRow) -> Result<(u64, u64), sqlx::Error> {
    Ok((unsigned(row.try_get("own")?), unsigned(row.try_get("whole")?)))
}

/// Rules are for publishers: theirs, or that of all, which comes first among names.
async fn ruled_quota<'a>(
    username: &str,
    database: impl sqlx::Executor<'a, Database = Any>,
) -> Result<Option<u64>, sqlx::Error> {
    let sql = "SELECT r.rule FROM publisher_rules r WHERE (r.username = $1 OR r.username = '') \
               AND EXISTS (SELECT 1 FROM users u WHERE u.username = $2 AND u.role = 'publisher') \
               ORDER BY r.username DESC LIMIT 1";
    let row = sqlx::query(sql).bind(username).bind(username).fetch_optional(database).await?;
    let rule: Option<PublisherRule> = row.map(|row| json(&row, "rule")).transpose()?;
    Ok(rule.and_then(|rule| rule.quota_mib).map(|quota| u64::from(quota) << 20))
}

/// What speaks against another file of the draft.
async fn no_room(
    transaction: &mut Transaction<'_, Any>,
    draft: &str,
    file: &NewFile,
    quota: Quota,
) -> Result<Option<FileRefused>, sqlx::Error> {
    let sql = "SELECT file_name, state FROM package_draft_files WHERE draft_id = $1";
    let rows = sqlx::query(sql).bind(draft).fetch_all(&mut **transaction).await?;
    let mut accepted = 0;
    for row in &rows {
        if matches!(json::<FileState>(row, "state")?, FileState::Refused { .. }) {
            continue;
        }
        accepted += 1;
        // Windows, and people, do not tell names apart by case.
        if row.try_get::<String, _>("file_name")?.eq_ignore_ascii_case(&file.file_name) {
            return Ok(Some(FileRefused::NameTaken));
        }
    }
    if accepted >= MAX_FILES {
        return Ok(Some(FileRefused::TooMany { max: u32::try_from(MAX_FILES).unwrap_or(u32::MAX) }));
    }
    let owner = "SELECT username FROM package_drafts WHERE id = $1";
    let owner: String =
        sqlx::query(owner).bind(draft).fetch_one(&mut **transaction).await?.try_get("username")?;
    let person =
        ruled_quota(&owner, &mut **transaction).await?.map_or(quota.person, |own| own.min(quota.person));
    let (own, whole) = used_from(&sqlx::query(USED).bind(owner).fetch_one(&mut **transaction).await?)?;
    let left = person.saturating_sub(own).min(quota.all.saturating_sub(whole));
    Ok((file.size > left).then_some(FileRefused::Quota { left }))
}

/// Notes that the draft is in use, if files may come and go.
async fn touch(
    transaction: &mut Transaction<'_, Any>,
    draft: &str,
    now: OffsetDateTime,
) -> Result<Changed, sqlx::Error> {
    let sql = "UPDATE package_drafts SET updated = $1, files_revision = files_revision + 1 \
               WHERE id = $2 AND publication IS NULL";
    let done = sqlx::query(sql).bind(now.unix_timestamp()).bind(draft).execute(&mut **transaction).await?;
    if done.rows_affected() == 1 { Ok(Changed::Done) } else { why_not(draft, transaction).await }
}

async fn why_not(draft: &str, transaction: &mut Transaction<'_, Any>) -> Result<Changed, sqlx::Error> {
    let sql = "SELECT publication FROM package_drafts WHERE id = $1";
    let row = sqlx::query(sql).bind(draft).fetch_optional(&mut **transaction).await?;
    let Some(row) = row else { return Ok(Changed::Gone) };
    let publication: Option<String> = row.try_get("publication")?;
    Ok(if publication.is_some() { Changed::Publishing } else { Changed::Conflict })
}

async fn insert_file(
    transaction: &mut Transaction<'_, Any>,
    draft: &str,
    file: &DraftFile,
    reserved: u64,
) -> Result<(), sqlx::Error> {
    let sql = "INSERT INTO package_draft_files (id, draft_id, place, file_name, size, reserved, state, software, \
               targets, scripts) \
               SELECT $1, $2, COALESCE(MAX(place), 0) + 1, $3, CAST($4 AS BIGINT), CAST($5 AS BIGINT), $6, $7, $8, $9 \
               FROM package_draft_files WHERE draft_id = $10";
    sqlx::query(sql)
        .bind(&file.id)
        .bind(draft)
        .bind(&file.file_name)
        .bind(bytes(file.size))
        .bind(bytes(reserved))
        .bind(to_json(&file.state)?)
        .bind(file.software.as_ref().map(to_json).transpose()?)
        .bind(to_json(&file.targets)?)
        .bind(to_json(&file.scripts)?)
        .bind(draft)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
