//! Objects: their rows, and the names of the blobs that hold their bytes.

use std::collections::{BTreeMap, HashSet};

use sqlx::SqliteConnection;
use sqlx::types::Json;

use super::Store;

/// Names and values: of the headers that are kept with an object, or of its metadata.
pub(crate) type Names = BTreeMap<String, String>;

/// An object without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Object {
    pub(crate) id: i64,
    pub(crate) key: String,
    pub(crate) size: i64,
    pub(crate) etag: String,
    pub(crate) headers: Json<Names>,
    pub(crate) metadata: Json<Names>,
    pub(crate) checksum_algorithm: String,
    pub(crate) checksum: String,
    pub(crate) checksum_type: String,
    pub(crate) modified_at: i64,
}

/// What a new object is made of.
pub(crate) struct NewObject {
    pub(crate) bucket: String,
    pub(crate) key: String,
    pub(crate) etag: String,
    pub(crate) headers: Names,
    pub(crate) metadata: Names,
    pub(crate) checksum_algorithm: &'static str,
    pub(crate) checksum: String,
    pub(crate) checksum_type: &'static str,
    pub(crate) now: i64,
    pub(crate) blobs: Vec<Blob>,
}

/// A blob and its size.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Blob {
    pub(crate) file: String,
    pub(crate) size: i64,
}

/// What must be there before an object is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    /// No object of this key.
    Absent,
    /// An object with this `ETag`.
    Matches(String),
}

/// What became of writing an object.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Put {
    /// It is written; these blobs of an earlier one are no longer named.
    Done(Vec<String>),
    /// There is no such bucket.
    NoBucket,
    /// There is no object to match.
    NoObject,
    /// The condition does not hold.
    Failed,
}

impl Store {
    /// Writes an object over whatever has its key.
    pub(crate) async fn put_object(
        &self,
        new: &NewObject,
        condition: Option<&Condition>,
    ) -> Result<Put, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        let put = put(&mut transaction, new, condition).await?;
        if matches!(put, Put::Done(_)) {
            transaction.commit().await?;
        }
        Ok(put)
    }

    /// An object with its blobs in order: of one moment, as both go when the object is written over.
    pub(crate) async fn object(
        &self,
        bucket: &str,
        key: &str,
    ) -> Result<Option<(Object, Vec<Blob>)>, sqlx::Error> {
        let mut transaction = self.read.begin().await?;
        let query = "SELECT * FROM objects WHERE bucket = ? AND key = ?";
        let object: Option<Object> =
            sqlx::query_as(query).bind(bucket).bind(key).fetch_optional(&mut *transaction).await?;
        let Some(object) = object else { return Ok(None) };
        let query = "SELECT file, size FROM object_blobs WHERE object_id = ? ORDER BY number";
        let blobs = sqlx::query_as(query).bind(object.id).fetch_all(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(Some((object, blobs)))
    }

    /// Up to `limit` objects of a bucket with this prefix, whose keys come after `after`, by key.
    pub(crate) async fn objects(
        &self,
        bucket: &str,
        prefix: &str,
        after: &str,
        limit: i64,
    ) -> Result<Vec<Object>, sqlx::Error> {
        let query = "SELECT * FROM objects WHERE bucket = ? AND key >= ? AND key > ?
                     AND substr(key, 1, length(?)) = ? ORDER BY key LIMIT ?";
        sqlx::query_as(query)
            .bind(bucket)
            .bind(prefix)
            .bind(after)
            .bind(prefix)
            .bind(prefix)
            .bind(limit)
            .fetch_all(&self.read)
            .await
    }

    /// Deletes an object if there is one, and gives the blobs that are no longer named.
    pub(crate) async fn delete_object(&self, bucket: &str, key: &str) -> Result<Vec<String>, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        let files = delete(&mut transaction, bucket, key).await?;
        transaction.commit().await?;
        Ok(files)
    }

    /// Every blob that a row names.
    pub(crate) async fn named_blobs(&self) -> Result<HashSet<String>, sqlx::Error> {
        let query = "SELECT file FROM object_blobs UNION ALL SELECT file FROM upload_parts
                     UNION ALL SELECT file FROM document_blobs";
        let files: Vec<String> = sqlx::query_scalar(query).fetch_all(&self.read).await?;
        Ok(files.into_iter().collect())
    }
}

/// Writes an object within a transaction, which is to be committed when it is done.
pub(super) async fn put(
    connection: &mut SqliteConnection,
    new: &NewObject,
    condition: Option<&Condition>,
) -> Result<Put, sqlx::Error> {
    let known: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM buckets WHERE name = ?)")
        .bind(&new.bucket)
        .fetch_one(&mut *connection)
        .await?;
    if !known {
        return Ok(Put::NoBucket);
    }
    let etag: Option<String> = sqlx::query_scalar("SELECT etag FROM objects WHERE bucket = ? AND key = ?")
        .bind(&new.bucket)
        .bind(&new.key)
        .fetch_optional(&mut *connection)
        .await?;
    match (condition, etag) {
        (Some(Condition::Absent), Some(_)) => return Ok(Put::Failed),
        (Some(Condition::Matches(_)), None) => return Ok(Put::NoObject),
        (Some(Condition::Matches(wanted)), Some(etag)) if *wanted != etag => return Ok(Put::Failed),
        _ => {}
    }
    let replaced = delete(connection, &new.bucket, &new.key).await?;
    insert(connection, new).await?;
    Ok(Put::Done(replaced))
}

async fn insert(connection: &mut SqliteConnection, new: &NewObject) -> Result<(), sqlx::Error> {
    let query =
        "INSERT INTO objects (bucket, key, size, etag, headers, metadata, checksum_algorithm, checksum,
                 checksum_type, modified_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let done = sqlx::query(query)
        .bind(&new.bucket)
        .bind(&new.key)
        .bind(new.blobs.iter().map(|blob| blob.size).sum::<i64>())
        .bind(&new.etag)
        .bind(Json(&new.headers))
        .bind(Json(&new.metadata))
        .bind(new.checksum_algorithm)
        .bind(&new.checksum)
        .bind(new.checksum_type)
        .bind(new.now)
        .execute(&mut *connection)
        .await?;
    for (number, blob) in (1_i64..).zip(&new.blobs) {
        sqlx::query("INSERT INTO object_blobs (object_id, number, file, size) VALUES (?, ?, ?, ?)")
            .bind(done.last_insert_rowid())
            .bind(number)
            .bind(&blob.file)
            .bind(blob.size)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

async fn delete(
    connection: &mut SqliteConnection,
    bucket: &str,
    key: &str,
) -> Result<Vec<String>, sqlx::Error> {
    let query = "SELECT file FROM object_blobs JOIN objects ON objects.id = object_id
                 WHERE bucket = ? AND key = ?";
    let files = sqlx::query_scalar(query).bind(bucket).bind(key).fetch_all(&mut *connection).await?;
    sqlx::query("DELETE FROM objects WHERE bucket = ? AND key = ?")
        .bind(bucket)
        .bind(key)
        .execute(connection)
        .await?;
    Ok(files)
}
