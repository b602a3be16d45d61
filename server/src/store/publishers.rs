//! Rules for publishers, and whose packages are.

use app::ports::{Clock, Publishers};
use async_trait::async_trait;
use domain::errors::{ApiError, Rule};
use domain::permission::{Permission, Role};
use domain::publishers::{Publisher, PublisherRule, PublisherRules};
use sqlx::Row as _;
use std::sync::Arc;

use super::{SqlStore, StoreError};

/// Stands for all who have no rule of their own: nobody can have this name.
const ALL: &str = "";

/// The rules, in the database.
#[derive(Clone)]
pub struct StoredPublishers {
    store: SqlStore,
    clock: Arc<dyn Clock>,
}

impl StoredPublishers {
    /// Rules in this database.
    #[must_use]
    pub fn new(store: SqlStore, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    async fn read(&self) -> Result<PublisherRules, StoreError> {
        let sql = "SELECT u.username, u.role, r.rule FROM users u \
                   LEFT JOIN publisher_rules r ON r.username = u.username ORDER BY u.username";
        let rows = sqlx::query(sql).fetch_all(&self.store.pool).await?;
        let mut people = Vec::new();
        for row in rows {
            let role: String = row.try_get("role")?;
            let role = Role::from_name(&role).ok_or(StoreError::Unknown { column: "role" })?;
            if role.allows(Permission::PublishPackage) {
                let rule: Option<String> = row.try_get("rule")?;
                let rule = rule.as_deref().map(rule_from).transpose()?;
                people.push(Publisher { username: row.try_get("username")?, role, rule });
            }
        }
        Ok(PublisherRules { default: self.rule(ALL).await?, people })
    }

    async fn rule(&self, username: &str) -> Result<PublisherRule, StoreError> {
        // '' comes first.
        let sql = "SELECT rule FROM publisher_rules WHERE username = $1 OR username = '' \
                   ORDER BY username DESC LIMIT 1";
        let row = sqlx::query(sql).bind(username).fetch_optional(&self.store.pool).await?;
        let rule: Option<String> = row.map(|row| row.try_get("rule")).transpose()?;
        Ok(rule.as_deref().map(rule_from).transpose()?.unwrap_or_default())
    }

    async fn write(&self, username: Option<&str>, rule: Option<&PublisherRule>) -> Result<bool, StoreError> {
        let name = username.unwrap_or(ALL);
        let known = "SELECT 1 FROM users WHERE username = $1";
        let known = sqlx::query(known).bind(name).fetch_optional(&self.store.pool).await?.is_some();
        if username.is_some() && !known {
            return Ok(false);
        }
        let Some(rule) = rule else {
            let sql = "DELETE FROM publisher_rules WHERE username = $1";
            sqlx::query(sql).bind(name).execute(&self.store.pool).await?;
            return Ok(true);
        };
        let sql = "INSERT INTO publisher_rules (username, rule) VALUES ($1, $2) \
                   ON CONFLICT (username) DO UPDATE SET rule = excluded.rule";
        let json = serde_json::to_string(rule).map_err(|error| sqlx::Error::Encode(error.into()))?;
        sqlx::query(sql).bind(name).bind(json).execute(&self.store.pool).await?;
        Ok(true)
    }

    async fn give(&self, package: &str, username: &str) -> Result<bool, StoreError> {
        let people = self.read().await?.people;
        if !people.iter().any(|publisher| publisher.username == username) {
            return Ok(false);
        }
        let sql = "INSERT INTO package_owners (package, username, since) VALUES ($1, $2, $3) \
                   ON CONFLICT (package) DO UPDATE SET username = excluded.username, since = excluded.since";
        sqlx::query(sql)
            .bind(package)
            .bind(username)
            .bind(self.clock.now().unix_timestamp())
            .execute(&self.store.pool)
            .await?;
        Ok(true)
    }
}

#[async_trait]
impl Publishers for StoredPublishers {
    async fn rules(&self) -> Result<PublisherRules, ApiError> {
        self.read().await.map_err(internal)
    }

    async fn rule_of(&self, username: &str) -> Result<PublisherRule, ApiError> {
        self.rule(username).await.map_err(internal)
    }

    async fn set_rule(&self, username: Option<&str>, rule: Option<&PublisherRule>) -> Result<(), ApiError> {
        if self.write(username, rule).await.map_err(internal)? { Ok(()) } else { Err(ApiError::NotFound) }
    }

    async fn owner(&self, package: &str) -> Result<Option<String>, ApiError> {
        let sql = "SELECT username FROM package_owners WHERE package = $1";
        let row = sqlx::query(sql).bind(package).fetch_optional(&self.store.pool).await;
        let row = row.map_err(|error| internal(error.into()))?;
        row.map(|row| row.try_get("username")).transpose().map_err(|error| internal(error.into()))
    }

    async fn set_owner(&self, package: &str, username: Option<&str>) -> Result<(), ApiError> {
        match username {
            Some(username) => match self.give(package, username).await.map_err(internal)? {
                true => Ok(()),
                false => Err(ApiError::field("owner", Rule::Choice)),
            },
            None => {
                let sql = "DELETE FROM package_owners WHERE package = $1";
                let done = sqlx::query(sql).bind(package).execute(&self.store.pool).await;
                done.map(drop).map_err(|error| internal(error.into()))
            }
        }
    }
}

fn rule_from(json: &str) -> Result<PublisherRule, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::Unknown { column: "rule" })
}

fn internal(error: StoreError) -> ApiError {
    tracing::error!(%error, "the publishers' rules cannot be read or written");
    ApiError::Internal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::{Fresh, fresh_stores};
    use crate::store::users::{User, Users as _};
    use crate::testing::SetClock;
    use time::OffsetDateTime;

    async fn publishers(fresh: &Fresh) -> StoredPublishers {
        for (name, role) in [("ann", Role::Publisher), ("bob", Role::Publisher), ("eve", Role::Viewer)] {
            let user = User {
                id: format!("id of {name}"),
                username: name.to_owned(),
                role,
                password_hash: "hash".into(),
                generation: 0,
                created: OffsetDateTime::UNIX_EPOCH,
            };
            assert!(fresh.store.insert(&user).await.unwrap());
        }
        StoredPublishers::new(fresh.store.clone(), Arc::new(SetClock::at(OffsetDateTime::UNIX_EPOCH)))
    }

    fn rule(quota: u32) -> PublisherRule {
        PublisherRule { quota_mib: Some(quota), ..PublisherRule::default() }
    }

    #[tokio::test]
    async fn ones_own_rule_comes_before_that_of_all() {
        for fresh in fresh_stores().await {
            let publishers = publishers(&fresh).await;
            assert_eq!(publishers.rule_of("ann").await.unwrap(), PublisherRule::default(), "{}", fresh.name);
            publishers.set_rule(None, Some(&rule(1))).await.unwrap();
            publishers.set_rule(Some("ann"), Some(&rule(2))).await.unwrap();
            assert_eq!(publishers.rule_of("ann").await.unwrap(), rule(2));
            assert_eq!(publishers.rule_of("bob").await.unwrap(), rule(1));
            let rules = publishers.rules().await.unwrap();
            let people: Vec<_> =
                rules.people.iter().map(|one| (one.username.as_str(), one.rule.clone())).collect();
            assert_eq!((rules.default, people), (rule(1), vec![("ann", Some(rule(2))), ("bob", None)]));
            publishers.set_rule(Some("ann"), None).await.unwrap();
            assert_eq!(publishers.rule_of("ann").await.unwrap(), rule(1));
            assert_eq!(publishers.set_rule(Some("zoe"), Some(&rule(3))).await, Err(ApiError::NotFound));
        }
    }

    #[tokio::test]
    async fn a_package_is_handed_over_to_somebody_who_publishes() {
        for fresh in fresh_stores().await {
            let publishers = publishers(&fresh).await;
            assert_eq!(publishers.owner("Tool").await.unwrap(), None, "{}", fresh.name);
            for name in ["ann", "bob"] {
                publishers.set_owner("Tool", Some(name)).await.unwrap();
                assert_eq!(publishers.owner("Tool").await.unwrap().as_deref(), Some(name));
            }
            let refused = Err(ApiError::field("owner", Rule::Choice));
            assert_eq!(publishers.set_owner("Tool", Some("eve")).await, refused);
            publishers.set_owner("Tool", None).await.unwrap();
            assert_eq!(publishers.owner("Tool").await.unwrap(), None);
        }
    }
}
