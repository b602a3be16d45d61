//! Tags of resources.

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use super::Store;

/// A tag, on the wire and in the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Tag {
    pub(crate) key: String,
    pub(crate) value: String,
}

impl Store {
    /// A resource's tags by key.
    pub(crate) async fn tags(&self, resource_type: &str, resource_id: &str) -> Result<Vec<Tag>, sqlx::Error> {
        let query = "SELECT key, value FROM tags WHERE resource_type = ? AND resource_id = ? ORDER BY key";
        sqlx::query_as(query).bind(resource_type).bind(resource_id).fetch_all(&self.read).await
    }

    /// Adds tags to a resource, or nothing when it would then have more than `limit`; says whether it did.
    pub(crate) async fn add_tags(
        &self,
        resource_type: &str,
        resource_id: &str,
        tags: &[Tag],
        limit: i64,
    ) -> Result<bool, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        put_tags(&mut transaction, resource_type, resource_id, tags).await?;
        let count: i64 =
            sqlx::query_scalar("SELECT count(*) FROM tags WHERE resource_type = ? AND resource_id = ?")
                .bind(resource_type)
                .bind(resource_id)
                .fetch_one(&mut *transaction)
                .await?;
        if count > limit {
            transaction.rollback().await?;
            return Ok(false);
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Takes tags from a resource; keys that it does not have are passed over.
    pub(crate) async fn remove_tags(
        &self,
        resource_type: &str,
        resource_id: &str,
        keys: &[String],
    ) -> Result<(), sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        for key in keys {
            sqlx::query("DELETE FROM tags WHERE resource_type = ? AND resource_id = ? AND key = ?")
                .bind(resource_type)
                .bind(resource_id)
                .bind(key)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await
    }
}

/// Sets tags within a transaction.
pub(super) async fn put_tags(
    connection: &mut SqliteConnection,
    resource_type: &str,
    resource_id: &str,
    tags: &[Tag],
) -> Result<(), sqlx::Error> {
    for tag in tags {
        let query = "INSERT INTO tags (resource_type, resource_id, key, value) VALUES (?, ?, ?, ?)
                     ON CONFLICT DO UPDATE SET value = excluded.value";
        sqlx::query(query)
            .bind(resource_type)
            .bind(resource_id)
            .bind(&tag.key)
            .bind(&tag.value)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
