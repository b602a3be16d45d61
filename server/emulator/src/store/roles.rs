//! IAM roles and the policies attached to them.

use sqlx::types::Json;

use super::{Store, Tag};

/// A role as it is stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Role {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) description: Option<String>,
    pub(crate) trust_policy: String,
    pub(crate) max_session_duration: i64,
    pub(crate) created_at: i64,
    /// The ARN of the policy that limits what the role may be given.
    pub(crate) permissions_boundary: Option<String>,
    pub(crate) tags: Json<Vec<Tag>>,
}

impl Role {
    /// The role's ARN.
    pub(crate) fn arn(&self, account_id: &str) -> String {
        format!("arn:aws:iam::{account_id}:role{}{}", self.path, self.name)
    }

    /// Whether a service made it and alone may change it.
    pub(crate) fn is_service_linked(&self) -> bool {
        self.path.starts_with("/aws-service-role/")
    }
}

impl Store {
    /// The role of this name, whatever its case.
    pub(crate) async fn role(&self, name: &str) -> Result<Option<Role>, sqlx::Error> {
        sqlx::query_as("SELECT * FROM roles WHERE name = ?").bind(name).fetch_optional(&self.read).await
    }

    /// Up to `limit` roles whose path begins with `path_prefix`, by name after `after`.
    pub(crate) async fn roles(
        &self,
        path_prefix: &str,
        after: &str,
        limit: i64,
    ) -> Result<Vec<Role>, sqlx::Error> {
        let query =
            "SELECT * FROM roles WHERE name > ? AND substr(path, 1, length(?)) = ? ORDER BY name LIMIT ?";
        sqlx::query_as(query)
            .bind(after)
            .bind(path_prefix)
            .bind(path_prefix)
            .bind(limit)
            .fetch_all(&self.read)
            .await
    }

    /// Makes a role; says whether the name was free.
    pub(crate) async fn insert_role(&self, role: &Role) -> Result<bool, sqlx::Error> {
        let query = "INSERT INTO roles (name, id, path, description, trust_policy, max_session_duration,
                     created_at, permissions_boundary, tags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                     ON CONFLICT (name) DO NOTHING";
        let done = sqlx::query(query)
            .bind(&role.name)
            .bind(&role.id)
            .bind(&role.path)
            .bind(&role.description)
            .bind(&role.trust_policy)
            .bind(role.max_session_duration)
            .bind(role.created_at)
            .bind(&role.permissions_boundary)
            .bind(&role.tags)
            .execute(&self.write)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// The ARNs of the policies attached to a role, after `after`, sorted.
    pub(crate) async fn role_policies(&self, role: &str, after: &str) -> Result<Vec<String>, sqlx::Error> {
        let query =
            "SELECT policy_arn FROM role_policies WHERE role_name = ? AND policy_arn > ? ORDER BY policy_arn";
        sqlx::query_scalar(query).bind(role).bind(after).fetch_all(&self.read).await
    }

    /// Attaches a policy; attaching it twice changes nothing. Says whether the role has at most `limit` afterwards,
    /// and attaches nothing otherwise.
    pub(crate) async fn attach_policy(
        &self,
        role: &str,
        policy_arn: &str,
        limit: i64,
    ) -> Result<bool, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("INSERT INTO role_policies (role_name, policy_arn) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(role)
            .bind(policy_arn)
            .execute(&mut *transaction)
            .await?;
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM role_policies WHERE role_name = ?")
            .bind(role)
            .fetch_one(&mut *transaction)
            .await?;
        if count > limit {
            transaction.rollback().await?;
            return Ok(false);
        }
        transaction.commit().await?;
        Ok(true)
    }
}
