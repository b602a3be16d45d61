//! Service settings.

use sqlx::SqliteConnection;

use super::Store;
use super::nodes::count_hybrid;

/// A setting as it was last changed.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct StoredSetting {
    pub(crate) value: String,
    pub(crate) modified_at: i64,
    pub(crate) modified_by: String,
    /// From when on the value holds; `PendingUpdate` until then.
    pub(crate) takes_at: i64,
}

/// Why a setting was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotChanged {
    /// An earlier change is still pending.
    Pending,
    /// As many hybrid nodes are registered, which are too many.
    TooManyNodes(i64),
}

impl Store {
    /// The last change of a setting; every setting that the emulator has is there from the first start.
    pub(crate) async fn setting(&self, id: &str) -> Result<StoredSetting, sqlx::Error> {
        let query =
            "SELECT value, modified_at, modified_by, takes_at FROM service_settings WHERE setting_id = ?";
        sqlx::query_as(query).bind(id).fetch_one(&self.read).await
    }

    /// Changes a setting, unless an earlier change is still pending at `setting.modified_at` or there are more hybrid
    /// nodes than `most_nodes`: one transaction, so that none registers in between. Registering reads the setting in
    /// its own.
    pub(crate) async fn change_setting(
        &self,
        id: &str,
        setting: &StoredSetting,
        most_nodes: Option<i64>,
    ) -> Result<Result<(), NotChanged>, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        if let Some(most) = most_nodes {
            let nodes = count_hybrid(&mut transaction).await?;
            if nodes > most {
                return Ok(Err(NotChanged::TooManyNodes(nodes)));
            }
        }
        let query = "UPDATE service_settings SET value = ?, modified_at = ?, modified_by = ?, takes_at = ?
                     WHERE setting_id = ? AND takes_at <= ?";
        let done = sqlx::query(query)
            .bind(&setting.value)
            .bind(setting.modified_at)
            .bind(&setting.modified_by)
            .bind(setting.takes_at)
            .bind(id)
            .bind(setting.modified_at)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(if done.rows_affected() == 1 { Ok(()) } else { Err(NotChanged::Pending) })
    }
}

/// Whether a setting has this value, and has it already.
pub(super) async fn has_taken(
    connection: &mut SqliteConnection,
    id: &str,
    value: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let query = "SELECT EXISTS (
                 SELECT 1 FROM service_settings WHERE setting_id = ? AND value = ? AND takes_at <= ?)";
    sqlx::query_scalar(query).bind(id).bind(value).bind(now).fetch_one(connection).await
}
