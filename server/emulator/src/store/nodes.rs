//! Managed nodes and what their agents report.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::node_filter::{push_condition, push_ping_status, version_key};
use super::{Condition, Store};

/// A node as the describing operations show it, with EC2's knowledge of it where it is an EC2 instance.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Node {
    pub(crate) seq: i64,
    pub(crate) id: String,
    pub(crate) resource_type: String,
    pub(crate) source_type: String,
    pub(crate) activation_id: Option<String>,
    pub(crate) iam_role: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) registered_at: Option<i64>,
    pub(crate) last_ping_at: i64,
    pub(crate) ping_status: String,
    pub(crate) agent_version: Option<String>,
    pub(crate) platform_type: Option<String>,
    pub(crate) platform_name: Option<String>,
    pub(crate) platform_version: Option<String>,
    pub(crate) computer_name: Option<String>,
    pub(crate) ip_address: Option<String>,
    pub(crate) ec2_name: Option<String>,
    pub(crate) instance_type: Option<String>,
    pub(crate) instance_state: Option<String>,
    pub(crate) instance_role: Option<String>,
    pub(crate) key_name: Option<String>,
    pub(crate) architecture: Option<String>,
    pub(crate) availability_zone: Option<String>,
    pub(crate) launched_at: Option<i64>,
}

/// What a node proves its identity with.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct NodeKey {
    /// The public key, SPKI in DER.
    pub(crate) public_key: Vec<u8>,
    pub(crate) fingerprint: String,
}

/// What `UpdateInstanceInformation` says; absent members leave what was known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Report {
    pub(crate) agent_name: Option<String>,
    pub(crate) agent_status: Option<String>,
    pub(crate) agent_version: Option<String>,
    pub(crate) platform_type: Option<String>,
    pub(crate) platform_name: Option<String>,
    pub(crate) platform_version: Option<String>,
    pub(crate) computer_name: Option<String>,
    pub(crate) ip_address: Option<String>,
    pub(crate) availability_zone: Option<String>,
}

const COLUMNS: &str =
    "SELECT n.seq, n.id, n.resource_type, n.source_type, n.activation_id, n.iam_role, n.name,
    n.registered_at, n.last_ping_at, n.agent_version, n.platform_type, n.platform_name, n.platform_version,
    n.computer_name, n.ip_address, e.name AS ec2_name, e.instance_type, e.instance_state, e.instance_role,
    e.key_name, e.architecture, coalesce(e.availability_zone, n.availability_zone) AS availability_zone,
    e.launched_at, ";

impl Store {
    /// Up to `limit` nodes that satisfy all conditions, after the place `after`, in the order of their arrival.
    pub(crate) async fn nodes(
        &self,
        conditions: &[Condition],
        online_since: i64,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Node>, sqlx::Error> {
        let mut query = QueryBuilder::<Sqlite>::new(COLUMNS);
        push_ping_status(&mut query, online_since);
        query.push(" AS ping_status FROM nodes n LEFT JOIN ec2_instances e ON e.id = n.id WHERE n.seq > ");
        query.push_bind(after);
        for condition in conditions {
            push_condition(&mut query, condition, online_since);
        }
        query.push(" ORDER BY n.seq LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(&self.read).await
    }

    /// Whether there is a node of this id.
    pub(crate) async fn has_node(&self, id: &str) -> Result<bool, sqlx::Error> {
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM nodes WHERE id = ?)")
            .bind(id)
            .fetch_one(&self.read)
            .await
    }

    /// What a registered node proves itself with; `None` when there is no such node.
    pub(crate) async fn node_key(&self, id: &str) -> Result<Option<NodeKey>, sqlx::Error> {
        let query = "SELECT public_key, fingerprint FROM nodes WHERE id = ? AND public_key IS NOT NULL";
        sqlx::query_as(query).bind(id).fetch_optional(&self.read).await
    }

    /// Gives a node another key.
    pub(crate) async fn set_node_key(&self, id: &str, public_key: &[u8]) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE nodes SET public_key = ? WHERE id = ?")
            .bind(public_key)
            .bind(id)
            .execute(&self.write)
            .await?;
        Ok(())
    }

    /// Notes credentials issued to a node, and forgets its expired ones.
    pub(crate) async fn issue_credentials(
        &self,
        node_id: &str,
        access_key_id: &str,
        expires_at: i64,
        now: i64,
    ) -> Result<(), sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM node_credentials WHERE node_id = ? AND expires_at <= ?")
            .bind(node_id)
            .bind(now)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("INSERT INTO node_credentials (access_key_id, node_id, expires_at) VALUES (?, ?, ?)")
            .bind(access_key_id)
            .bind(node_id)
            .bind(expires_at)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await
    }

    /// The node that unexpired credentials were issued to.
    pub(crate) async fn credentials_owner(
        &self,
        access_key_id: &str,
        now: i64,
    ) -> Result<Option<String>, sqlx::Error> {
        sqlx::query_scalar("SELECT node_id FROM node_credentials WHERE access_key_id = ? AND expires_at > ?")
            .bind(access_key_id)
            .bind(now)
            .fetch_optional(&self.read)
            .await
    }

    /// Takes a report of a registered node; says whether there is such a node.
    pub(crate) async fn report(&self, id: &str, report: &Report, now: i64) -> Result<bool, sqlx::Error> {
        let query = "UPDATE nodes SET last_ping_at = ?, agent_name = coalesce(?, agent_name),
            agent_status = coalesce(?, agent_status), agent_version = coalesce(?, agent_version),
            agent_version_key = coalesce(?, agent_version_key), platform_type = coalesce(?, platform_type),
            platform_name = coalesce(?, platform_name), platform_version = coalesce(?, platform_version),
            computer_name = coalesce(?, computer_name), ip_address = coalesce(?, ip_address),
            availability_zone = coalesce(?, availability_zone) WHERE id = ?";
        let done = sqlx::query(query)
            .bind(now)
            .bind(&report.agent_name)
            .bind(&report.agent_status)
            .bind(&report.agent_version)
            .bind(report.agent_version.as_deref().map(version_key))
            .bind(&report.platform_type)
            .bind(&report.platform_name)
            .bind(&report.platform_version)
            .bind(&report.computer_name)
            .bind(&report.ip_address)
            .bind(&report.availability_zone)
            .bind(id)
            .execute(&self.write)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Makes sure that an EC2 instance whose agent reports is a node: its instance profile is all it needs.
    pub(crate) async fn admit_ec2_instance(&self, id: &str, now: i64) -> Result<(), sqlx::Error> {
        let query = "INSERT INTO nodes (id, resource_type, source_type, last_ping_at)
                     VALUES (?, 'EC2Instance', 'AWS::EC2::Instance', ?) ON CONFLICT (id) DO NOTHING";
        sqlx::query(query).bind(id).bind(now).execute(&self.write).await?;
        Ok(())
    }

    /// Gives a registered node another role; says whether there is such a node.
    pub(crate) async fn set_node_role(&self, id: &str, role: &str) -> Result<bool, sqlx::Error> {
        let done = sqlx::query("UPDATE nodes SET iam_role = ? WHERE id = ?")
            .bind(role)
            .bind(id)
            .execute(&self.write)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Removes a registered node with its tags and credentials; says whether there was one.
    pub(crate) async fn deregister(&self, id: &str) -> Result<bool, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        let done = sqlx::query("DELETE FROM nodes WHERE id = ?").bind(id).execute(&mut *transaction).await?;
        sqlx::query("DELETE FROM node_credentials WHERE node_id = ?")
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("DELETE FROM tags WHERE resource_type = 'ManagedInstance' AND resource_id = ?")
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(done.rows_affected() == 1)
    }
}

/// How many hybrid nodes are registered.
pub(super) async fn count_hybrid(connection: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT count(*) FROM nodes WHERE resource_type = 'ManagedInstance'")
        .fetch_one(connection)
        .await
}
