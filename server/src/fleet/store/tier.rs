//! The tier's columns.

use domain::errors::ApiError;
use domain::tier::TierSetting;
use time::OffsetDateTime;

use super::{FleetStore, to_json};

impl FleetStore {
    /// Notes the setting as SSM told it. With `noted`, only if nobody has noted another since that version: what was
    /// read before a change must not undo it.
    pub async fn note_tier(
        &self,
        setting: &TierSetting,
        at: OffsetDateTime,
        noted: Option<i64>,
    ) -> Result<(), sqlx::Error> {
        let setting = to_json(setting)?;
        sqlx::query(
            "UPDATE fleet_state SET tier_read_at = $1, tier_tried_at = $2, tier_failure = NULL, \
             tier_version = tier_version + CASE WHEN tier_failure IS NULL AND tier = $3 THEN 0 ELSE 1 END, tier = $4 \
             WHERE id = 1 AND ($5 < 0 OR tier_version = $6)",
        )
        .bind(at.unix_timestamp())
        .bind(at.unix_timestamp())
        .bind(&setting)
        .bind(&setting)
        .bind(noted.unwrap_or(-1))
        .bind(noted.unwrap_or(-1))
        .execute(&self.pool)
        .await?;
        self.written.notify_one();
        Ok(())
    }

    /// Notes why the setting could not be read; what was read before stays. Another reason than before is something new
    /// to show.
    pub async fn note_tier_failure(&self, failure: &ApiError, at: OffsetDateTime) -> Result<(), sqlx::Error> {
        let failure = to_json(failure)?;
        sqlx::query(
            "UPDATE fleet_state SET tier_tried_at = $1, tier_failure = $2, \
             tier_version = tier_version + CASE WHEN tier_failure = $3 THEN 0 ELSE 1 END WHERE id = 1",
        )
        .bind(at.unix_timestamp())
        .bind(&failure)
        .bind(&failure)
        .execute(&self.pool)
        .await?;
        self.written.notify_one();
        Ok(())
    }
}
