//! The files of drafts in the tables.

use domain::packages::drafts::{DraftFile, EditedScripts, FileState, NewFile};
use domain::packages::platform::Target;
use sqlx::{Any, Row as _, Transaction};
use time::OffsetDateTime;

use super::room::no_room;
use super::rows::{bytes, json};
use super::{Changed, DraftStore, Quota, why_not};
use crate::publish::sums::Sums;
use crate::store::values::to_json;

impl DraftStore {
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

/// Notes a file behind those that the draft has, with the room that it takes.
pub(super) async fn insert_file(
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
