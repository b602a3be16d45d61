//! Documents and their versions.

mod changes;

use sqlx::types::Json;

use super::Store;

pub(crate) use changes::{NewDocument, NewVersion, NotAdded, NotDeleted};

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

/// Which version of a document is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Which {
    Default,
    Latest,
    Number(i64),
    Named(String),
}

impl Store {
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

    /// Every document that the account sees after this name and id, in its default version, in that order.
    pub(crate) async fn documents(&self, after: (&str, i64)) -> Result<Vec<Seen>, sqlx::Error> {
        let query = format!(
            "{COLUMNS} WHERE number = default_version AND (name, documents.id) > (?, ?)
            ORDER BY name, documents.id"
        );
        sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(after.0).bind(after.1).fetch_all(&self.read).await
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
}
