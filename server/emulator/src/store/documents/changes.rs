//! Adding, changing and deleting documents and their versions. What must hold is asked for within the change itself.

use sqlx::SqliteConnection;
use sqlx::types::Json;

use super::{Document, Source, TAGGED, Which};
use crate::store::tags::put_tags;
use crate::store::{Store, Tag};

/// What a new version is made of.
pub(crate) struct NewVersion {
    pub(crate) version_name: Option<String>,
    pub(crate) display_name: Option<String>,
    pub(crate) content: String,
    pub(crate) hash: String,
    pub(crate) platform_types: Vec<String>,
    pub(crate) status: &'static str,
    pub(crate) sources: Vec<Source>,
    pub(crate) now: i64,
}

/// What a new document is made of, beside its first version.
pub(crate) struct NewDocument<'a> {
    pub(crate) access: &'a str,
    pub(crate) account: &'a str,
    pub(crate) owner: &'a str,
    pub(crate) name: &'a str,
    pub(crate) target_type: Option<&'a str>,
    pub(crate) tags: &'a [Tag],
    /// The most documents that the account may own.
    pub(crate) limit: i64,
}

/// Why a document or version is not added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotAdded {
    /// The account has a document of this name.
    NameTaken,
    /// The account has as many documents as it may.
    TooManyDocuments,
    /// The document is no longer there.
    NoDocument,
    /// The version that is to be updated is not there.
    NoVersion,
    /// The version that is to be updated is not the newest.
    NotLatest,
    /// The newest version is still in this status.
    Unfinished(String),
    /// The document has as many versions as it may.
    TooManyVersions,
    /// Another version has this content.
    SameContent,
    /// Another version has this name.
    SameVersionName,
}

/// Why a document or version is not deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotDeleted {
    /// It is no longer there.
    Missing,
    /// The version is the default.
    Default,
    /// The document is shared.
    Shared,
}

impl Store {
    /// Adds a document with its first version; gives its id.
    pub(crate) async fn insert_document(
        &self,
        new: &NewDocument<'_>,
        version: &NewVersion,
    ) -> Result<Result<i64, NotAdded>, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        let count = "SELECT count(*), coalesce(sum(name = ?), 0) FROM documents WHERE account = ?";
        let (owned, taken): (i64, i64) =
            sqlx::query_as(count).bind(new.name).bind(new.account).fetch_one(&mut *transaction).await?;
        if taken > 0 {
            return Ok(Err(NotAdded::NameTaken));
        }
        if owned >= new.limit {
            return Ok(Err(NotAdded::TooManyDocuments));
        }
        let query = "INSERT INTO documents (access, account, owner, name, document_type, target_type,
                     default_version, last_number) VALUES (?, ?, ?, ?, 'Package', ?, 1, 1)";
        let id = sqlx::query(query)
            .bind(new.access)
            .bind(new.account)
            .bind(new.owner)
            .bind(new.name)
            .bind(new.target_type)
            .execute(&mut *transaction)
            .await?
            .last_insert_rowid();
        insert_version(&mut transaction, id, 1, version).await?;
        put_tags(&mut transaction, TAGGED, new.name, new.tags).await?;
        transaction.commit().await?;
        Ok(Ok(id))
    }

    /// Adds a version to a document after its newest, which `basis` must mean; gives its number.
    pub(crate) async fn add_version(
        &self,
        document: i64,
        basis: &Which,
        version: &NewVersion,
        limit: usize,
    ) -> Result<Result<i64, NotAdded>, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        if let Err(reason) = check_basis(&mut transaction, document, basis).await? {
            return Ok(Err(reason));
        }
        let query = "SELECT version_name, hash, status FROM document_versions WHERE document_id = ?";
        let versions: Vec<(Option<String>, String, String)> =
            sqlx::query_as(query).bind(document).fetch_all(&mut *transaction).await?;
        if versions.len() >= limit {
            return Ok(Err(NotAdded::TooManyVersions));
        }
        if versions.iter().any(|(_, hash, status)| *hash == version.hash && status != "Failed") {
            return Ok(Err(NotAdded::SameContent));
        }
        let named = version.version_name.is_some();
        if named && versions.iter().any(|(name, ..)| *name == version.version_name) {
            return Ok(Err(NotAdded::SameVersionName));
        }
        let query = "UPDATE documents SET last_number = last_number + 1 WHERE id = ? RETURNING last_number";
        let number = sqlx::query_scalar(query).bind(document).fetch_one(&mut *transaction).await?;
        insert_version(&mut transaction, document, number, version).await?;
        transaction.commit().await?;
        Ok(Ok(number))
    }

    /// Makes a version the default; says whether it was there and active.
    pub(crate) async fn set_default_version(&self, document: i64, number: i64) -> Result<bool, sqlx::Error> {
        let query = "UPDATE documents SET default_version = ? WHERE id = ? AND EXISTS (
                     SELECT 1 FROM document_versions
                     WHERE document_id = documents.id AND number = ? AND status = 'Active')";
        let done = sqlx::query(query).bind(number).bind(document).bind(number).execute(&self.write).await?;
        Ok(done.rows_affected() == 1)
    }

    /// Deletes a version unless it is the default, or with none the document with all of them and its tags unless it
    /// is shared; gives the blobs that are left.
    pub(crate) async fn delete_document(
        &self,
        document: &Document,
        number: Option<i64>,
    ) -> Result<Result<Vec<String>, NotDeleted>, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        let query = "SELECT file FROM document_blobs WHERE document_id = ? AND number = coalesce(?, number)";
        let files: Vec<String> =
            sqlx::query_scalar(query).bind(document.id).bind(number).fetch_all(&mut *transaction).await?;
        let deleted = match number {
            Some(number) => delete_version(&mut transaction, document.id, number).await?,
            None => delete_whole(&mut transaction, document).await?,
        };
        if let Err(reason) = deleted {
            return Ok(Err(reason));
        }
        transaction.commit().await?;
        Ok(Ok(files))
    }
}

/// Whether `basis` means the newest version of a document, and that is finished.
async fn check_basis(
    connection: &mut SqliteConnection,
    document: i64,
    basis: &Which,
) -> Result<Result<(), NotAdded>, sqlx::Error> {
    let Some(default) = default_version(connection, document).await? else {
        return Ok(Err(NotAdded::NoDocument));
    };
    let query = "SELECT number, version_name, status FROM document_versions
                 WHERE document_id = ? ORDER BY number DESC";
    let versions: Vec<(i64, Option<String>, String)> =
        sqlx::query_as(query).bind(document).fetch_all(connection).await?;
    let meant = versions.iter().position(|(number, name, _)| match basis {
        Which::Latest => true,
        Which::Default => *number == default,
        Which::Number(wanted) => number == wanted,
        Which::Named(wanted) => name.as_ref() == Some(wanted),
    });
    Ok(match (meant, versions.first()) {
        (Some(0), Some((_, _, status))) if ["Creating", "Updating"].contains(&&**status) => {
            Err(NotAdded::Unfinished(status.clone()))
        }
        (Some(0), _) => Ok(()),
        (Some(_), _) => Err(NotAdded::NotLatest),
        (None, _) => Err(NotAdded::NoVersion),
    })
}

async fn default_version(
    connection: &mut SqliteConnection,
    document: i64,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar("SELECT default_version FROM documents WHERE id = ?")
        .bind(document)
        .fetch_optional(connection)
        .await
}

async fn insert_version(
    connection: &mut SqliteConnection,
    document: i64,
    number: i64,
    version: &NewVersion,
) -> Result<(), sqlx::Error> {
    let query =
        "INSERT INTO document_versions (document_id, number, version_name, display_name, content, hash,
                 platform_types, status, sources, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    sqlx::query(query)
        .bind(document)
        .bind(number)
        .bind(&version.version_name)
        .bind(&version.display_name)
        .bind(&version.content)
        .bind(&version.hash)
        .bind(Json(&version.platform_types))
        .bind(version.status)
        .bind(Json(&version.sources))
        .bind(version.now)
        .execute(connection)
        .await?;
    Ok(())
}

async fn delete_version(
    connection: &mut SqliteConnection,
    document: i64,
    number: i64,
) -> Result<Result<(), NotDeleted>, sqlx::Error> {
    if default_version(connection, document).await? == Some(number) {
        return Ok(Err(NotDeleted::Default));
    }
    let done = sqlx::query("DELETE FROM document_versions WHERE document_id = ? AND number = ?")
        .bind(document)
        .bind(number)
        .execute(connection)
        .await?;
    Ok(if done.rows_affected() == 0 { Err(NotDeleted::Missing) } else { Ok(()) })
}

async fn delete_whole(
    connection: &mut SqliteConnection,
    document: &Document,
) -> Result<Result<(), NotDeleted>, sqlx::Error> {
    let query = "SELECT EXISTS (SELECT 1 FROM document_shares WHERE document_id = ?)";
    let shared: bool = sqlx::query_scalar(query).bind(document.id).fetch_one(&mut *connection).await?;
    if shared {
        return Ok(Err(NotDeleted::Shared));
    }
    let done =
        sqlx::query("DELETE FROM documents WHERE id = ?").bind(document.id).execute(&mut *connection).await?;
    if done.rows_affected() == 0 {
        return Ok(Err(NotDeleted::Missing));
    }
    sqlx::query("DELETE FROM tags WHERE resource_type = ? AND resource_id = ?")
        .bind(TAGGED)
        .bind(&document.name)
        .execute(connection)
        .await?;
    Ok(Ok(()))
}
