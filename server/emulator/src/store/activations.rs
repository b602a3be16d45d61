//! Activations, and registering a node with one.

use sqlx::types::Json;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::node_filter::push_in;
use super::nodes::count_hybrid;
use super::settings::has_taken;
use super::tags::put_tags;
use super::{Store, Tag};

/// An activation as it is stored: of its code only the SHA-256.
#[derive(Clone, sqlx::FromRow)]
pub(crate) struct Activation {
    pub(crate) seq: i64,
    pub(crate) id: String,
    pub(crate) code_sha256: Vec<u8>,
    pub(crate) description: Option<String>,
    pub(crate) default_instance_name: Option<String>,
    pub(crate) iam_role: String,
    pub(crate) registration_limit: i64,
    pub(crate) registrations_count: i64,
    pub(crate) expires_at: i64,
    pub(crate) created_at: i64,
    pub(crate) tags: Json<Vec<Tag>>,
}

/// What a new activation is made of.
pub(crate) struct NewActivation {
    pub(crate) id: String,
    pub(crate) code_sha256: Vec<u8>,
    pub(crate) description: Option<String>,
    pub(crate) default_instance_name: Option<String>,
    pub(crate) iam_role: String,
    pub(crate) registration_limit: i64,
    pub(crate) expires_at: i64,
    pub(crate) created_at: i64,
    pub(crate) tags: Vec<Tag>,
}

/// Which activations are wanted: for each column, one of the values.
pub(crate) struct ActivationFilter {
    pub(crate) column: &'static str,
    pub(crate) values: Vec<String>,
}

/// What a node registers with.
pub(crate) struct Registration {
    pub(crate) activation_id: String,
    pub(crate) code_sha256: Vec<u8>,
    pub(crate) node_id: String,
    pub(crate) public_key: Vec<u8>,
    pub(crate) fingerprint: String,
    pub(crate) now: i64,
    pub(crate) account_limit: NodeLimit,
}

/// How many hybrid nodes an account may have, unless a setting lifts the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NodeLimit {
    pub(crate) most: i64,
    /// The setting's id.
    pub(crate) setting: &'static str,
    /// The value that lifts the limit once it has taken.
    pub(crate) lifted_by: &'static str,
}

/// Why a registration is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is no such activation, or the code is another.
    InvalidActivation,
    /// The activation's expiry date has passed.
    Expired,
    /// As many nodes as the activation admits have registered.
    ActivationExhausted,
    /// The account has as many hybrid nodes as its tier admits.
    AccountExhausted,
}

impl Store {
    pub(crate) async fn insert_activation(&self, new: &NewActivation) -> Result<(), sqlx::Error> {
        let query = "INSERT INTO activations (id, code_sha256, description, default_instance_name, iam_role,
                     registration_limit, expires_at, created_at, tags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        sqlx::query(query)
            .bind(&new.id)
            .bind(&new.code_sha256)
            .bind(&new.description)
            .bind(&new.default_instance_name)
            .bind(&new.iam_role)
            .bind(new.registration_limit)
            .bind(new.expires_at)
            .bind(new.created_at)
            .bind(Json(&new.tags))
            .execute(&self.write)
            .await?;
        Ok(())
    }

    /// Up to `limit` activations after the place `after`, in the order of their making.
    pub(crate) async fn activations(
        &self,
        filters: &[ActivationFilter],
        after: i64,
        limit: i64,
    ) -> Result<Vec<Activation>, sqlx::Error> {
        let mut query = QueryBuilder::<Sqlite>::new("SELECT * FROM activations WHERE seq > ");
        query.push_bind(after);
        for filter in filters {
            query.push(" AND ").push(filter.column).push(" ");
            push_in(&mut query, &filter.values);
        }
        query.push(" ORDER BY seq LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(&self.read).await
    }

    /// Deletes an activation; says whether there was one. Its nodes stay.
    pub(crate) async fn delete_activation(&self, id: &str) -> Result<bool, sqlx::Error> {
        let done = sqlx::query("DELETE FROM activations WHERE id = ?").bind(id).execute(&self.write).await?;
        Ok(done.rows_affected() == 1)
    }

    /// Registers a node: one transaction, so that two at once cannot exceed a limit.
    pub(crate) async fn register(
        &self,
        registration: &Registration,
    ) -> Result<Result<(), Refusal>, sqlx::Error> {
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        let activation: Option<Activation> = sqlx::query_as("SELECT * FROM activations WHERE id = ?")
            .bind(&registration.activation_id)
            .fetch_optional(&mut *transaction)
            .await?;
        let activation = match admit(&mut transaction, activation, registration).await? {
            Ok(activation) => activation,
            Err(refusal) => return Ok(Err(refusal)),
        };
        sqlx::query("UPDATE activations SET registrations_count = registrations_count + 1 WHERE seq = ?")
            .bind(activation.seq)
            .execute(&mut *transaction)
            .await?;
        insert_node(&mut transaction, &activation, registration).await?;
        put_tags(&mut transaction, "ManagedInstance", &registration.node_id, &activation.tags).await?;
        transaction.commit().await?;
        Ok(Ok(()))
    }
}

async fn admit(
    connection: &mut SqliteConnection,
    activation: Option<Activation>,
    registration: &Registration,
) -> Result<Result<Activation, Refusal>, sqlx::Error> {
    let Some(activation) = activation.filter(|found| found.code_sha256 == registration.code_sha256) else {
        return Ok(Err(Refusal::InvalidActivation));
    };
    if activation.expires_at <= registration.now {
        return Ok(Err(Refusal::Expired));
    }
    if activation.registrations_count >= activation.registration_limit {
        return Ok(Err(Refusal::ActivationExhausted));
    }
    let limit = registration.account_limit;
    let lifted = has_taken(connection, limit.setting, limit.lifted_by, registration.now).await?;
    if !lifted && count_hybrid(connection).await? >= limit.most {
        return Ok(Err(Refusal::AccountExhausted));
    }
    Ok(Ok(activation))
}

/// Registering is the node's first contact: it counts as a report.
async fn insert_node(
    connection: &mut SqliteConnection,
    activation: &Activation,
    registration: &Registration,
) -> Result<(), sqlx::Error> {
    let query =
        "INSERT INTO nodes (id, resource_type, source_type, activation_id, iam_role, name, registered_at,
                 public_key, fingerprint, last_ping_at)
                 VALUES (?, 'ManagedInstance', 'AWS::SSM::ManagedInstance', ?, ?, ?, ?, ?, ?, ?)";
    sqlx::query(query)
        .bind(&registration.node_id)
        .bind(&activation.id)
        .bind(&activation.iam_role)
        .bind(activation.default_instance_name.as_deref().filter(|name| !name.is_empty()))
        .bind(registration.now)
        .bind(&registration.public_key)
        .bind(&registration.fingerprint)
        .bind(registration.now)
        .execute(connection)
        .await?;
    Ok(())
}
