//! Values of the tables of drafts, as rows have them.

use domain::packages::drafts::{Contents, DraftFile, DraftSummary, FileState};
use serde::de::DeserializeOwned;
use sqlx::Row as _;
use sqlx::any::AnyRow;
use time::OffsetDateTime;

use crate::store::values::{from_json, time_from};

pub(super) fn file_from(row: &AnyRow) -> Result<DraftFile, sqlx::Error> {
    let state: FileState = json(row, "state")?;
    let size = unsigned(row.try_get("size")?);
    let software: Option<String> = row.try_get("software")?;
    Ok(DraftFile {
        id: row.try_get("id")?,
        file_name: row.try_get("file_name")?,
        size,
        received: if matches!(state, FileState::Ready { .. }) { size } else { 0 },
        state,
        software: software.map(from_json).transpose()?,
        targets: json(row, "targets")?,
        scripts: json(row, "scripts")?,
    })
}

pub(super) fn summary_from(row: &AnyRow) -> Result<DraftSummary, sqlx::Error> {
    let contents: Contents = json(row, "contents")?;
    Ok(DraftSummary {
        id: row.try_get("id")?,
        username: row.try_get("username")?,
        kind: contents.kind,
        name: contents.name,
        version_name: contents.version_name,
        files: u32::try_from(row.try_get::<i64, _>("files")?).unwrap_or(u32::MAX),
        bytes: unsigned(row.try_get("bytes")?),
        updated: time(row, "updated")?,
        publication: row.try_get("publication")?,
    })
}

pub(super) fn bytes(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

pub(super) fn unsigned(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}

pub(super) fn time(row: &AnyRow, column: &str) -> Result<OffsetDateTime, sqlx::Error> {
    time_from(row.try_get(column)?)
}

pub(super) fn json<T: DeserializeOwned>(row: &AnyRow, column: &str) -> Result<T, sqlx::Error> {
    from_json(row.try_get(column)?)
}
