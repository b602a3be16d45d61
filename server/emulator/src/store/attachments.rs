//! The files of a package's versions, and what is still to be fetched.

use super::{Blob, Store, Version};

/// A file of a version.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Attachment {
    pub(crate) name: String,
    pub(crate) size: i64,
    /// In lower-case hexadecimal digits.
    pub(crate) sha256: String,
}

/// A file with the blobs that hold the service's copy of it.
pub(crate) struct NewAttachment {
    pub(crate) name: String,
    pub(crate) sha256: String,
    pub(crate) blobs: Vec<Blob>,
}

impl Store {
    /// The files of a version, by name.
    pub(crate) async fn attachments(
        &self,
        document: i64,
        number: i64,
    ) -> Result<Vec<Attachment>, sqlx::Error> {
        let query = "SELECT name, size, sha256 FROM document_attachments
                     WHERE document_id = ? AND number = ? ORDER BY name";
        sqlx::query_as(query).bind(document).bind(number).fetch_all(&self.read).await
    }

    /// The blobs of a file, in order; none when there is no such file.
    pub(crate) async fn attachment_blobs(
        &self,
        document: i64,
        number: i64,
        name: &str,
    ) -> Result<Vec<Blob>, sqlx::Error> {
        let query = "SELECT file, size FROM document_blobs
                     WHERE document_id = ? AND number = ? AND name = ? ORDER BY part";
        sqlx::query_as(query).bind(document).bind(number).bind(name).fetch_all(&self.read).await
    }

    /// The versions whose attachments are still to be fetched: document and number.
    pub(crate) async fn unfinished_versions(&self) -> Result<Vec<(i64, i64)>, sqlx::Error> {
        let query =
            "SELECT document_id, number FROM document_versions WHERE status IN ('Creating', 'Updating')";
        sqlx::query_as(query).fetch_all(&self.read).await
    }

    /// What is to be fetched for a version; `None` once that has ended.
    pub(crate) async fn unfinished_version(
        &self,
        document: i64,
        number: i64,
    ) -> Result<Option<Version>, sqlx::Error> {
        let query = "SELECT * FROM document_versions
                     WHERE document_id = ? AND number = ? AND status IN ('Creating', 'Updating')";
        sqlx::query_as(query).bind(document).bind(number).fetch_optional(&self.read).await
    }

    /// Makes a version active with its files; says whether it was still there, and unfinished.
    pub(crate) async fn finish_version(
        &self,
        document: i64,
        number: i64,
        attachments: &[NewAttachment],
    ) -> Result<bool, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        let query = "UPDATE document_versions SET status = 'Active', status_information = NULL
                     WHERE document_id = ? AND number = ? AND status IN ('Creating', 'Updating')";
        let done = sqlx::query(query).bind(document).bind(number).execute(&mut *transaction).await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        for attachment in attachments {
            let query = "INSERT INTO document_attachments (document_id, number, name, size, sha256)
                         VALUES (?, ?, ?, ?, ?)";
            sqlx::query(query)
                .bind(document)
                .bind(number)
                .bind(&attachment.name)
                .bind(attachment.blobs.iter().map(|blob| blob.size).sum::<i64>())
                .bind(&attachment.sha256)
                .execute(&mut *transaction)
                .await?;
            for (part, blob) in (1_i64..).zip(&attachment.blobs) {
                let query = "INSERT INTO document_blobs (document_id, number, name, part, file, size)
                             VALUES (?, ?, ?, ?, ?, ?)";
                sqlx::query(query)
                    .bind(document)
                    .bind(number)
                    .bind(&attachment.name)
                    .bind(part)
                    .bind(&blob.file)
                    .bind(blob.size)
                    .execute(&mut *transaction)
                    .await?;
            }
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Marks a version failed, and says why; one that is finished stays as it is.
    pub(crate) async fn fail_version(
        &self,
        document: i64,
        number: i64,
        information: &str,
    ) -> Result<(), sqlx::Error> {
        let query = "UPDATE document_versions SET status = 'Failed', status_information = ?
                     WHERE document_id = ? AND number = ? AND status IN ('Creating', 'Updating')";
        sqlx::query(query).bind(information).bind(document).bind(number).execute(&self.write).await?;
        Ok(())
    }
}
