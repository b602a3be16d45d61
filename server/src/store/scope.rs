//! Whose the database is: it holds what is known of one account in one Region.

use sqlx::Row as _;

use super::{SqlStore, StoreError};

impl SqlStore {
    /// Lets the database be that of this account and Region, `123456789012 ap-northeast-1`. Returns the other ones where it
    /// is theirs already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim(&self, scope: &str) -> Result<Option<String>, StoreError> {
        // One statement, so that of two instances that begin at once one is told.
        let sql = "UPDATE fleet_state SET scope = $1 WHERE id = 1 AND (scope IS NULL OR scope = $1)";
        let claimed = sqlx::query(sql).bind(scope).execute(&self.pool).await?;
        if claimed.rows_affected() == 1 {
            return Ok(None);
        }
        let row = sqlx::query("SELECT scope FROM fleet_state WHERE id = 1").fetch_one(&self.pool).await?;
        Ok(row.try_get("scope")?)
    }
}

#[cfg(test)]
mod tests {
    use crate::store::testing::fresh_stores;

    const HERE: &str = "123456789012 ap-northeast-1";

    #[tokio::test]
    async fn a_database_is_that_of_one_account_in_one_region() {
        for fresh in fresh_stores().await {
            let store = &fresh.store;
            assert_eq!(store.claim(HERE).await.unwrap(), None, "{}", fresh.name);
            assert_eq!(store.claim(HERE).await.unwrap(), None, "it stays theirs");
            for other in ["123456789012 eu-west-1", "111122223333 ap-northeast-1"] {
                assert_eq!(store.claim(other).await.unwrap().as_deref(), Some(HERE), "{}", fresh.name);
            }
        }
    }
}
