//! Multipart uploads in progress.

use sqlx::types::Json;

use super::Store;
use super::objects::{Condition, Names, NewObject, Put, put};

/// An upload in progress.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Upload {
    pub(crate) id: String,
    pub(crate) bucket: String,
    pub(crate) key: String,
    pub(crate) headers: Json<Names>,
    pub(crate) metadata: Json<Names>,
    pub(crate) checksum_algorithm: String,
    pub(crate) checksum_type: String,
    pub(crate) created_at: i64,
}

/// One part of an upload.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct UploadPart {
    pub(crate) number: i64,
    pub(crate) file: String,
    pub(crate) size: i64,
    pub(crate) md5: Vec<u8>,
    pub(crate) checksum: String,
    pub(crate) modified_at: i64,
}

impl Store {
    /// Begins an upload.
    pub(crate) async fn create_upload(&self, upload: &Upload) -> Result<(), sqlx::Error> {
        let query =
            "INSERT INTO uploads (id, bucket, key, headers, metadata, checksum_algorithm, checksum_type,
                     created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        sqlx::query(query)
            .bind(&upload.id)
            .bind(&upload.bucket)
            .bind(&upload.key)
            .bind(&upload.headers)
            .bind(&upload.metadata)
            .bind(&upload.checksum_algorithm)
            .bind(&upload.checksum_type)
            .bind(upload.created_at)
            .execute(&self.write)
            .await?;
        Ok(())
    }

    /// An upload of this bucket and key.
    pub(crate) async fn upload(
        &self,
        bucket: &str,
        key: &str,
        id: &str,
    ) -> Result<Option<Upload>, sqlx::Error> {
        let query = "SELECT * FROM uploads WHERE id = ? AND bucket = ? AND key = ?";
        sqlx::query_as(query).bind(id).bind(bucket).bind(key).fetch_optional(&self.read).await
    }

    /// Up to `limit` uploads of a bucket with this prefix after this key and id, in that order.
    pub(crate) async fn uploads(
        &self,
        bucket: &str,
        prefix: &str,
        after: (&str, &str),
        limit: i64,
    ) -> Result<Vec<Upload>, sqlx::Error> {
        let query = "SELECT * FROM uploads WHERE bucket = ? AND (key, id) > (?, ?)
                     AND substr(key, 1, length(?)) = ? ORDER BY key, id LIMIT ?";
        sqlx::query_as(query)
            .bind(bucket)
            .bind(after.0)
            .bind(after.1)
            .bind(prefix)
            .bind(prefix)
            .bind(limit)
            .fetch_all(&self.read)
            .await
    }

    /// Adds a part, over an earlier one of its number whose blob it gives; `None` when the upload has ended.
    pub(crate) async fn put_part(
        &self,
        upload: &str,
        part: &UploadPart,
    ) -> Result<Option<Option<String>>, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        let open: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM uploads WHERE id = ?)")
            .bind(upload)
            .fetch_one(&mut *transaction)
            .await?;
        if !open {
            return Ok(None);
        }
        let query = "DELETE FROM upload_parts WHERE upload_id = ? AND number = ? RETURNING file";
        let replaced = sqlx::query_scalar(query)
            .bind(upload)
            .bind(part.number)
            .fetch_optional(&mut *transaction)
            .await?;
        let query = "INSERT INTO upload_parts (upload_id, number, file, size, md5, checksum, modified_at)
                     VALUES (?, ?, ?, ?, ?, ?, ?)";
        sqlx::query(query)
            .bind(upload)
            .bind(part.number)
            .bind(&part.file)
            .bind(part.size)
            .bind(&part.md5)
            .bind(&part.checksum)
            .bind(part.modified_at)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(Some(replaced))
    }

    /// Up to `limit` parts of an upload after this number.
    pub(crate) async fn upload_parts(
        &self,
        upload: &str,
        after: i64,
        limit: i64,
    ) -> Result<Vec<UploadPart>, sqlx::Error> {
        let query = "SELECT number, file, size, md5, checksum, modified_at FROM upload_parts
                     WHERE upload_id = ? AND number > ? ORDER BY number LIMIT ?";
        sqlx::query_as(query).bind(upload).bind(after).bind(limit).fetch_all(&self.read).await
    }

    /// Ends an upload with its object; `None` when it or one of
    /// its parts is no longer there. Gives also the blobs that no longer count.
    pub(crate) async fn complete_upload(
        &self,
        upload: &str,
        object: &NewObject,
        condition: Option<&Condition>,
    ) -> Result<Option<Put>, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        let query = "SELECT file FROM upload_parts WHERE upload_id = ?";
        let parts: Vec<String> = sqlx::query_scalar(query).bind(upload).fetch_all(&mut *transaction).await?;
        let done = sqlx::query("DELETE FROM uploads WHERE id = ?").bind(upload).execute(&mut *transaction);
        let whole = object.blobs.iter().all(|blob| parts.contains(&blob.file));
        if done.await?.rows_affected() == 0 || !whole {
            return Ok(None);
        }
        let put = put(&mut transaction, object, condition).await?;
        let Put::Done(mut replaced) = put else { return Ok(Some(put)) };
        transaction.commit().await?;
        replaced.extend(parts.into_iter().filter(|file| !object.blobs.iter().any(|blob| blob.file == *file)));
        Ok(Some(Put::Done(replaced)))
    }

    /// Gives an upload up, and its blobs; `None` when there is no such upload.
    pub(crate) async fn abort_upload(
        &self,
        bucket: &str,
        key: &str,
        id: &str,
    ) -> Result<Option<Vec<String>>, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        let files = sqlx::query_scalar("SELECT file FROM upload_parts WHERE upload_id = ?")
            .bind(id)
            .fetch_all(&mut *transaction)
            .await?;
        let done = sqlx::query("DELETE FROM uploads WHERE id = ? AND bucket = ? AND key = ?")
            .bind(id)
            .bind(bucket)
            .bind(key)
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(None);
        }
        transaction.commit().await?;
        Ok(Some(files))
    }
}
