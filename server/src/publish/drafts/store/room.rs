//! The room that drafts take, and that is left for them.

use domain::packages::drafts::{FileRefused, FileState, NewFile};
use domain::packages::limits::MAX_FILES;
use domain::publishers::PublisherRule;
use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};

use super::rows::{json, unsigned};
use super::{DraftStore, Quota};

impl DraftStore {
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
pub(super) async fn no_room(
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
