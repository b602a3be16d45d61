//! Buckets.

use super::Store;

/// A bucket.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Bucket {
    pub(crate) name: String,
    pub(crate) created_at: i64,
}

/// What became of deleting a bucket.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum BucketDeletion {
    /// It is gone, and with it the uploads in progress: these blobs.
    Deleted(Vec<String>),
    /// It holds objects.
    NotEmpty,
    /// There was none.
    Missing,
}

impl Store {
    /// Makes a bucket; says whether there was none of this name.
    pub(crate) async fn create_bucket(&self, name: &str, now: i64) -> Result<bool, sqlx::Error> {
        let query = "INSERT INTO buckets (name, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING";
        let done = sqlx::query(query).bind(name).bind(now).execute(&self.write).await?;
        Ok(done.rows_affected() == 1)
    }

    /// A bucket.
    pub(crate) async fn bucket(&self, name: &str) -> Result<Option<Bucket>, sqlx::Error> {
        sqlx::query_as("SELECT * FROM buckets WHERE name = ?").bind(name).fetch_optional(&self.read).await
    }

    /// Up to `limit` buckets with this prefix whose names come after `after`, by name.
    pub(crate) async fn buckets(
        &self,
        prefix: &str,
        after: &str,
        limit: i64,
    ) -> Result<Vec<Bucket>, sqlx::Error> {
        let query = "SELECT * FROM buckets WHERE name > ? AND substr(name, 1, length(?)) = ?
                     ORDER BY name LIMIT ?";
        sqlx::query_as(query).bind(after).bind(prefix).bind(prefix).bind(limit).fetch_all(&self.read).await
    }

    /// Deletes a bucket that holds no objects.
    pub(crate) async fn delete_bucket(&self, name: &str) -> Result<BucketDeletion, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        let holds: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM objects WHERE bucket = ?)")
            .bind(name)
            .fetch_one(&mut *transaction)
            .await?;
        if holds {
            return Ok(BucketDeletion::NotEmpty);
        }
        let query = "SELECT file FROM upload_parts JOIN uploads ON uploads.id = upload_id WHERE bucket = ?";
        let files = sqlx::query_scalar(query).bind(name).fetch_all(&mut *transaction).await?;
        sqlx::query("DELETE FROM uploads WHERE bucket = ?").bind(name).execute(&mut *transaction).await?;
        let done =
            sqlx::query("DELETE FROM buckets WHERE name = ?").bind(name).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(if done.rows_affected() == 1 { BucketDeletion::Deleted(files) } else { BucketDeletion::Missing })
    }
}
