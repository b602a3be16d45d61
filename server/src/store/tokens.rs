//! Tokens, of which only a hash is kept.

use std::sync::Arc;

use app::ports::{Clock, MadeToken, Tokens};
use async_trait::async_trait;
use domain::errors::{ApiError, Rule};
use domain::permission::Role;
use domain::publishers::{NewToken, TOKEN_PREFIX, Token};
use rand::RngExt as _;
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};
use time::{Duration, OffsetDateTime};

use super::{SqlStore, StoreError};
use crate::hash::{hex, sha256_hex};

const COLUMNS: &str = "t.id, u.username, u.role, t.name, t.names, t.created, t.expires, t.last_used";
/// When a token was last used is noted to the minute: pipelines ask often.
const NOTED_EVERY: Duration = Duration::minutes(1);

/// The tokens, in the database.
#[derive(Clone)]
pub struct StoredTokens {
    store: SqlStore,
    clock: Arc<dyn Clock>,
}

impl StoredTokens {
    /// Tokens in this database.
    #[must_use]
    pub fn new(store: SqlStore, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// The token with this secret, and what the person whose it is may do now; none for one that is revoked or over, or
    /// never was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn by_secret(&self, secret: &str) -> Result<Option<(Token, Role)>, StoreError> {
        if !secret.starts_with(TOKEN_PREFIX) {
            return Ok(None);
        }
        let now = self.clock.now();
        let sql = format!(
            "SELECT {COLUMNS} FROM api_tokens t JOIN users u ON u.id = t.user_id WHERE t.hash = $1 AND t.expires > $2"
        );
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(sha256_hex(secret))
            .bind(now.unix_timestamp())
            .fetch_optional(&self.store.pool)
            .await?;
        let Some((token, role)) = row.as_ref().map(token_from).transpose()? else { return Ok(None) };
        if token.last_used.is_none_or(|before| now - before >= NOTED_EVERY) {
            let sql = "UPDATE api_tokens SET last_used = $1 WHERE id = $2";
            let noted = sqlx::query(sql).bind(now.unix_timestamp()).bind(&token.id);
            // Not in the way of what can be read: the disk may be full.
            if let Err(error) = noted.execute(&self.store.pool).await.map_err(StoreError::Query) {
                tracing::warn!(%error, "the use of a token could not be noted");
            }
        }
        Ok(Some((token, role)))
    }

    async fn by_id(&self, id: &str) -> Result<Option<Token>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM api_tokens t JOIN users u ON u.id = t.user_id WHERE t.id = $1");
        let row = sqlx::query(AssertSqlSafe(sql)).bind(id).fetch_optional(&self.store.pool).await?;
        Ok(row.as_ref().map(token_from).transpose()?.map(|(token, _)| token))
    }

    /// `false` where the person has a token of that id or name.
    async fn insert(&self, username: &str, new: &NewToken, secret: &str) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let names = serde_json::to_string(&new.names).map_err(|error| sqlx::Error::Encode(error.into()))?;
        let sql = "INSERT INTO api_tokens (id, user_id, name, hash, names, created, expires) \
                   SELECT $1, u.id, $2, $3, $4, CAST($5 AS BIGINT), CAST($6 AS BIGINT) FROM users u \
                   WHERE u.username = $7 ON CONFLICT DO NOTHING";
        let done = sqlx::query(sql)
            .bind(&new.id)
            .bind(&new.name)
            .bind(sha256_hex(secret))
            .bind(names)
            .bind(now.unix_timestamp())
            .bind((now + Duration::days(new.days.into())).unix_timestamp())
            .bind(username)
            .execute(&self.store.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }
}

#[async_trait]
impl Tokens for StoredTokens {
    async fn list(&self, username: Option<&str>) -> Result<Vec<Token>, ApiError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM api_tokens t JOIN users u ON u.id = t.user_id WHERE $1 = '' OR u.username = $2 \
             ORDER BY t.created DESC, t.name"
        );
        let name = username.unwrap_or_default();
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(name).bind(name).fetch_all(&self.store.pool).await;
        let rows = rows.map_err(|error| internal(error.into()))?;
        rows.iter().map(|row| token_from(row).map(|(token, _)| token).map_err(internal)).collect()
    }

    async fn create(&self, username: &str, new: NewToken) -> Result<MadeToken, ApiError> {
        #[expect(clippy::disallowed_methods, reason = "a secret that nobody else may choose")]
        let secret = SecretString::from(format!("{TOKEN_PREFIX}{}", hex(&rand::rng().random::<[u8; 32]>())));
        let inserted = self.insert(username, &new, secret.expose_secret()).await.map_err(internal)?;
        match self.by_id(&new.id).await.map_err(internal)? {
            Some(token) if inserted => Ok(MadeToken { token, secret: Some(secret) }),
            Some(token) if token.username == username => Ok(MadeToken { token, secret: None }),
            Some(_) => {
                Err(ApiError::Conflict { reason: "the submission token is somebody else's".to_owned() })
            }
            None => Err(ApiError::field("name", Rule::NameTaken)),
        }
    }

    async fn revoke(&self, id: &str, username: Option<&str>) -> Result<(), ApiError> {
        let sql = "DELETE FROM api_tokens WHERE id = $1 \
                   AND ($2 = '' OR user_id IN (SELECT id FROM users WHERE username = $3))";
        let name = username.unwrap_or_default();
        let done = sqlx::query(sql).bind(id).bind(name).bind(name).execute(&self.store.pool).await;
        let done = done.map_err(|error| internal(error.into()))?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(ApiError::NotFound) }
    }
}

fn token_from(row: &AnyRow) -> Result<(Token, Role), StoreError> {
    let role: String = row.try_get("role")?;
    let role = Role::from_name(&role).ok_or(StoreError::Unknown { column: "role" })?;
    let names: String = row.try_get("names")?;
    let last_used: Option<i64> = row.try_get("last_used")?;
    let time = |column: &'static str, seconds: i64| {
        OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| StoreError::Unknown { column })
    };
    let token = Token {
        id: row.try_get("id")?,
        username: row.try_get("username")?,
        name: row.try_get("name")?,
        names: serde_json::from_str(&names).map_err(|_| StoreError::Unknown { column: "names" })?,
        created: time("created", row.try_get("created")?)?,
        expires: time("expires", row.try_get("expires")?)?,
        last_used: last_used.map(|seconds| time("last_used", seconds)).transpose()?,
    };
    Ok((token, role))
}

fn internal(error: StoreError) -> ApiError {
    tracing::error!(%error, "the tokens cannot be read or written");
    ApiError::Internal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::{Fresh, fresh_stores};
    use crate::store::users::{User, Users as _};
    use crate::testing::SetClock;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);

    async fn tokens(fresh: &Fresh) -> (StoredTokens, Arc<SetClock>) {
        for (name, role) in [("ann", Role::Publisher), ("bob", Role::Admin)] {
            let user = User {
                id: format!("id of {name}"),
                username: name.to_owned(),
                role,
                password_hash: "hash".into(),
                generation: 0,
                created: NOW,
            };
            assert!(fresh.store.insert(&user).await.unwrap());
        }
        let clock = Arc::new(SetClock::at(NOW));
        (StoredTokens::new(fresh.store.clone(), clock.clone()), clock)
    }

    fn new(id: &str, name: &str) -> NewToken {
        NewToken { id: id.to_owned(), name: name.to_owned(), names: vec!["Web-".to_owned()], days: 30 }
    }

    #[tokio::test]
    async fn a_token_is_told_once_and_known_by_its_hash_until_it_is_over() {
        for fresh in fresh_stores().await {
            let (tokens, clock) = tokens(&fresh).await;
            let made = tokens.create("ann", new("1", "CI")).await.unwrap();
            let secret = made.secret.unwrap();
            let secret = secret.expose_secret();
            assert!(secret.starts_with("sekisho_") && secret.len() == 72, "{}", fresh.name);
            let sql = "SELECT hash FROM api_tokens";
            let hash: String = sqlx::query_scalar(sql).fetch_one(&fresh.store.pool()).await.unwrap();
            assert_eq!(hash, sha256_hex(secret));
            assert!(tokens.create("ann", new("1", "CI")).await.unwrap().secret.is_none(), "sent twice");

            clock.set(NOW + Duration::minutes(5));
            let (token, role) = tokens.by_secret(secret).await.unwrap().unwrap();
            assert_eq!((token.username.as_str(), role, token.last_used), ("ann", Role::Publisher, None));
            let listed = tokens.list(Some("ann")).await.unwrap().remove(0);
            assert_eq!(listed.last_used, Some(NOW + Duration::minutes(5)));
            assert_eq!(listed.expires, NOW + Duration::days(30));
            fresh.store.set_role("ann", Role::Viewer).await.unwrap();
            assert_eq!(tokens.by_secret(secret).await.unwrap().unwrap().1, Role::Viewer, "as they are now");
            for other in ["sekisho_", "", &secret[8..], &format!("{secret}0")] {
                assert!(tokens.by_secret(other).await.unwrap().is_none(), "{other}");
            }
            clock.set(NOW + Duration::days(30));
            assert!(tokens.by_secret(secret).await.unwrap().is_none(), "it is over");
        }
    }

    #[tokio::test]
    async fn a_token_works_where_its_use_cannot_be_noted() {
        // By a trigger of SQLite's, which PostgreSQL does not understand.
        let fresh = fresh_stores().await.remove(0);
        let (tokens, _) = tokens(&fresh).await;
        let secret = tokens.create("ann", new("1", "CI")).await.unwrap().secret.unwrap();
        let refusal =
            "CREATE TRIGGER no_update BEFORE UPDATE ON api_tokens BEGIN SELECT RAISE(ABORT, 'no room'); END";
        sqlx::query(refusal).execute(&fresh.store.pool).await.unwrap();
        assert!(tokens.by_secret(secret.expose_secret()).await.unwrap().is_some());
    }

    #[tokio::test]
    async fn names_are_taken_once_a_person_and_ids_once() {
        for fresh in fresh_stores().await {
            let (tokens, _) = tokens(&fresh).await;
            tokens.create("ann", new("1", "CI")).await.unwrap();
            let taken = tokens.create("ann", new("2", "CI")).await.unwrap_err();
            assert_eq!(taken, ApiError::field("name", Rule::NameTaken), "{}", fresh.name);
            assert!(matches!(tokens.create("bob", new("1", "CI")).await, Err(ApiError::Conflict { .. })));
            tokens.create("bob", new("3", "CI")).await.unwrap();
            assert_eq!(tokens.list(None).await.unwrap().len(), 2);
        }
    }

    #[tokio::test]
    async fn revoked_by_its_owner_or_an_admin_or_with_its_owner_it_is_gone() {
        for fresh in fresh_stores().await {
            let (tokens, _) = tokens(&fresh).await;
            let mut secrets = Vec::new();
            for id in ["1", "2", "3"] {
                let made = tokens.create("ann", new(id, id)).await.unwrap();
                secrets.push(made.secret.unwrap().expose_secret().to_owned());
            }
            assert_eq!(tokens.revoke("1", Some("bob")).await, Err(ApiError::NotFound), "{}", fresh.name);
            tokens.revoke("1", Some("ann")).await.unwrap();
            tokens.revoke("2", None).await.unwrap();
            assert!(tokens.by_secret(&secrets[0]).await.unwrap().is_none());
            assert!(tokens.by_secret(&secrets[1]).await.unwrap().is_none());
            fresh.store.remove("ann").await.unwrap();
            assert!(tokens.by_secret(&secrets[2]).await.unwrap().is_none());
            assert!(tokens.list(None).await.unwrap().is_empty());
        }
    }
}
