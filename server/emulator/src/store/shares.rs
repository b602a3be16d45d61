//! With whom the account shares its documents.

use sqlx::SqliteConnection;

use super::Store;

/// In place of an account: all of them.
const EVERYBODY: &str = "all";

/// An account that a document is shared with.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Share {
    pub(crate) account: String,
    pub(crate) shared_version: String,
}

/// A change of whom a document is shared with.
pub(crate) struct ShareChange<'a> {
    pub(crate) document: i64,
    pub(crate) add: &'a [String],
    pub(crate) remove: &'a [String],
    pub(crate) shared_version: &'a str,
    /// The most accounts that a document may be shared with.
    pub(crate) most_accounts: i64,
    /// The most documents of an account that everybody may use.
    pub(crate) most_public: i64,
}

/// Why a document is not shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotShared {
    /// It is no longer there.
    NoDocument,
    /// It would be shared with more accounts than it may.
    TooManyAccounts,
    /// Everybody could use more documents of the account than may be.
    TooManyPublic,
}

impl Store {
    /// Up to `limit` accounts that a document is shared with, after this one, in order.
    pub(crate) async fn shares(
        &self,
        document: i64,
        after: &str,
        limit: i64,
    ) -> Result<Vec<Share>, sqlx::Error> {
        let query = "SELECT account, shared_version FROM document_shares
                     WHERE document_id = ? AND account > ? ORDER BY account LIMIT ?";
        sqlx::query_as(query).bind(document).bind(after).bind(limit).fetch_all(&self.read).await
    }

    /// Shares a document with some accounts and no longer with others, unless that goes beyond a limit.
    pub(crate) async fn change_shares(
        &self,
        change: &ShareChange<'_>,
    ) -> Result<Result<(), NotShared>, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        let owner: Option<String> = sqlx::query_scalar("SELECT account FROM documents WHERE id = ?")
            .bind(change.document)
            .fetch_optional(&mut *transaction)
            .await?;
        let Some(owner) = owner else { return Ok(Err(NotShared::NoDocument)) };
        apply(&mut transaction, change).await?;
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM document_shares WHERE document_id = ?")
            .bind(change.document)
            .fetch_one(&mut *transaction)
            .await?;
        if count > change.most_accounts {
            return Ok(Err(NotShared::TooManyAccounts));
        }
        // Counted after the change: a document that was public before counts once.
        let publishes = change.add.iter().any(|account| account == EVERYBODY);
        if publishes && public_documents(&mut transaction, &owner).await? > change.most_public {
            return Ok(Err(NotShared::TooManyPublic));
        }
        transaction.commit().await?;
        Ok(Ok(()))
    }
}

async fn apply(connection: &mut SqliteConnection, change: &ShareChange<'_>) -> Result<(), sqlx::Error> {
    for account in change.remove {
        sqlx::query("DELETE FROM document_shares WHERE document_id = ? AND account = ?")
            .bind(change.document)
            .bind(account)
            .execute(&mut *connection)
            .await?;
    }
    for account in change.add {
        let query = "INSERT INTO document_shares (document_id, account, shared_version) VALUES (?, ?, ?)
                     ON CONFLICT DO UPDATE SET shared_version = excluded.shared_version";
        sqlx::query(query)
            .bind(change.document)
            .bind(account)
            .bind(change.shared_version)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// How many documents of an account everybody may use.
async fn public_documents(connection: &mut SqliteConnection, account: &str) -> Result<i64, sqlx::Error> {
    let query = "SELECT count(*) FROM documents JOIN document_shares ON document_id = id
                 WHERE documents.account = ? AND document_shares.account = ?";
    sqlx::query_scalar(query).bind(account).bind(EVERYBODY).fetch_one(connection).await
}
