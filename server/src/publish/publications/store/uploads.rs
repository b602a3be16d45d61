//! The uploads that publications are at: noted before they begin, so that nothing of them is forgotten in S3.

use domain::packages::publications::{Origin, Plan};
use serde::{Deserialize, Serialize};
use sqlx::Row as _;

use super::{PublicationStore, json};
use crate::store::values::{from_json, to_json};

/// An upload in parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// The object's key.
    pub key: String,
    /// S3's name for it; none until S3 has answered.
    pub id: Option<String>,
}

impl PublicationStore {
    /// Notes the upload that a publication is at; `false` where another instance has taken the publication up.
    pub(in crate::publish::publications) async fn note_upload(
        &self,
        id: &str,
        holder: &str,
        upload: &Upload,
    ) -> Result<bool, sqlx::Error> {
        let sql = "UPDATE publications SET upload = $1 WHERE id = $2 AND holder = $3 AND ended IS NULL";
        let done = sqlx::query(sql).bind(to_json(upload)?).bind(id).bind(holder).execute(&self.pool).await?;
        Ok(done.rows_affected() == 1)
    }

    /// The last upload of a publication, which may have ended.
    pub(in crate::publish::publications) async fn upload(
        &self,
        id: &str,
    ) -> Result<Option<Upload>, sqlx::Error> {
        let row = sqlx::query("SELECT upload FROM publications WHERE id = $1").bind(id);
        let row = row.fetch_optional(&self.pool).await?;
        let upload: Option<Option<String>> = row.map(|row| row.try_get("upload")).transpose()?;
        upload.flatten().map(from_json).transpose()
    }

    /// Whether another publication that has not ended sends an object there.
    pub(in crate::publish::publications) async fn others_send(
        &self,
        id: &str,
        bucket: &str,
        key: &str,
    ) -> Result<bool, sqlx::Error> {
        let sql = "SELECT plan FROM publications WHERE ended IS NULL AND id <> $1";
        let rows = sqlx::query(sql).bind(id).fetch_all(&self.pool).await?;
        for row in &rows {
            let plan: Plan = json(row, "plan")?;
            let mut sent = plan.files.iter().filter(|file| matches!(file.origin, Origin::Uploaded { .. }));
            if plan.bucket == bucket && sent.any(|file| plan.key(&file.zip_name) == key) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
