//! With whom the account shares its documents.

use super::Store;

/// An account that a document is shared with.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Share {
    pub(crate) account: String,
    pub(crate) shared_version: String,
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

    /// Shares a document with some accounts and no longer with others, unless it would then be shared with more
    /// than `limit`; says whether it did.
    pub(crate) async fn change_shares(
        &self,
        document: i64,
        add: &[String],
        remove: &[String],
        shared_version: &str,
        limit: i64,
    ) -> Result<bool, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        for account in remove {
            sqlx::query("DELETE FROM document_shares WHERE document_id = ? AND account = ?")
                .bind(document)
                .bind(account)
                .execute(&mut *transaction)
                .await?;
        }
        for account in add {
            let query = "INSERT INTO document_shares (document_id, account, shared_version) VALUES (?, ?, ?)
                         ON CONFLICT DO UPDATE SET shared_version = excluded.shared_version";
            sqlx::query(query)
                .bind(document)
                .bind(account)
                .bind(shared_version)
                .execute(&mut *transaction)
                .await?;
        }
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM document_shares WHERE document_id = ?")
            .bind(document)
            .fetch_one(&mut *transaction)
            .await?;
        if count > limit {
            return Ok(false);
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// How many documents of an account everybody may use.
    pub(crate) async fn public_documents(&self, account: &str) -> Result<i64, sqlx::Error> {
        let query = "SELECT count(*) FROM documents JOIN document_shares ON document_id = id
                     WHERE documents.account = ? AND document_shares.account = 'all'";
        sqlx::query_scalar(query).bind(account).fetch_one(&self.read).await
    }
}
