//! Documents and their versions.

use sqlx::SqliteConnection;
use sqlx::types::Json;

use super::tags::put_tags;
use super::{Store, Tag};

/// How tags name a document.
pub(crate) const TAGGED: &str = "Document";

/// Columns of a document with one of its versions.
const COLUMNS: &str =
    "SELECT documents.*, document_versions.*, (SELECT max(number) FROM document_versions AS v
    WHERE v.document_id = documents.id) AS latest FROM documents
    JOIN document_versions ON document_id = documents.id";

/// A document, without its versions.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Document {
    pub(crate) id: i64,
    pub(crate) access: String,
    pub(crate) account: String,
    pub(crate) owner: String,
    pub(crate) name: String,
    pub(crate) document_type: String,
    pub(crate) target_type: Option<String>,
    pub(crate) default_version: i64,
}

/// A version of a document.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Version {
    pub(crate) number: i64,
    pub(crate) version_name: Option<String>,
    pub(crate) display_name: Option<String>,
    pub(crate) content: String,
    pub(crate) hash: String,
    pub(crate) platform_types: Json<Vec<String>>,
    pub(crate) status: String,
    pub(crate) status_information: Option<String>,
    pub(crate) sources: Json<Vec<Source>>,
    pub(crate) created_at: i64,
}

/// A document as it is seen in one version.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Seen {
    #[sqlx(flatten)]
    pub(crate) document: Document,
    #[sqlx(flatten)]
    pub(crate) version: Version,
    /// The newest version's number.
    pub(crate) latest: i64,
}

/// Where attachments are fetched from: one element of `Attachments`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Source {
    pub(crate) key: String,
    pub(crate) value: String,
    pub(crate) name: Option<String>,
}

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAdded {
    /// The account has a document of this name.
    NameTaken,
    /// The account has as many documents as it may.
    TooManyDocuments,
    /// The document has as many versions as it may.
    TooManyVersions,
    /// Another version has this content.
    SameContent,
    /// Another version has this name.
    SameVersionName,
}

/// Which version of a document is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Which {
    Default,
    Latest,
    Number(i64),
    Named(String),
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

    /// Adds a version to a document; gives its number.
    pub(crate) async fn add_version(
        &self,
        document: i64,
        version: &NewVersion,
        limit: usize,
    ) -> Result<Result<i64, NotAdded>, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
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

    /// The document of this owner and name.
    pub(crate) async fn document(&self, account: &str, name: &str) -> Result<Option<Document>, sqlx::Error> {
        let query = "SELECT * FROM documents WHERE account = ? AND name = ?";
        sqlx::query_as(query).bind(account).bind(name).fetch_optional(&self.read).await
    }

    /// A version of a document.
    pub(crate) async fn version(
        &self,
        document: &Document,
        which: &Which,
    ) -> Result<Option<Seen>, sqlx::Error> {
        let (condition, number, name) = match which {
            Which::Default => ("number = ?", document.default_version, ""),
            Which::Number(number) => ("number = ?", *number, ""),
            Which::Latest => ("number >= ?", 0, ""),
            Which::Named(name) => ("number >= ? AND version_name = ?", 0, &**name),
        };
        let query = format!("{COLUMNS} WHERE documents.id = ? AND {condition} ORDER BY number DESC LIMIT 1");
        let query = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(document.id).bind(number);
        let query = if name.is_empty() { query } else { query.bind(name) };
        query.fetch_optional(&self.read).await
    }

    /// Every document that the account sees, in its default version, by name.
    pub(crate) async fn documents(&self) -> Result<Vec<Seen>, sqlx::Error> {
        let query = format!("{COLUMNS} WHERE number = default_version ORDER BY name, documents.id");
        sqlx::query_as(sqlx::AssertSqlSafe(query)).fetch_all(&self.read).await
    }

    /// Up to `limit` versions of a document whose numbers are below this one, newest first.
    pub(crate) async fn versions(
        &self,
        document: i64,
        below: i64,
        limit: i64,
    ) -> Result<Vec<Version>, sqlx::Error> {
        let query = "SELECT * FROM document_versions WHERE document_id = ? AND number < ?
                     ORDER BY number DESC LIMIT ?";
        sqlx::query_as(query).bind(document).bind(below).bind(limit).fetch_all(&self.read).await
    }

    /// Makes a version the default; it must be there.
    pub(crate) async fn set_default_version(&self, document: i64, number: i64) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE documents SET default_version = ? WHERE id = ?")
            .bind(number)
            .bind(document)
            .execute(&self.write)
            .await?;
        Ok(())
    }

    /// Deletes a version, or with none the document with all of them and its tags; gives the blobs that are left.
    pub(crate) async fn delete_document(
        &self,
        document: &Document,
        number: Option<i64>,
    ) -> Result<Vec<String>, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        let query = "SELECT file FROM document_blobs WHERE document_id = ? AND number = coalesce(?, number)";
        let files =
            sqlx::query_scalar(query).bind(document.id).bind(number).fetch_all(&mut *transaction).await?;
        if let Some(number) = number {
            sqlx::query("DELETE FROM document_versions WHERE document_id = ? AND number = ?")
                .bind(document.id)
                .bind(number)
                .execute(&mut *transaction)
                .await?;
        } else {
            sqlx::query("DELETE FROM documents WHERE id = ?")
                .bind(document.id)
                .execute(&mut *transaction)
                .await?;
            sqlx::query("DELETE FROM tags WHERE resource_type = ? AND resource_id = ?")
                .bind(TAGGED)
                .bind(&document.name)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(files)
    }
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
