//! EC2 instances.

use super::Store;

/// What EC2 tells of an instance.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Instance {
    pub(crate) id: String,
    pub(crate) image_id: Option<String>,
    pub(crate) instance_type: String,
    pub(crate) instance_state: String,
    pub(crate) architecture: String,
    pub(crate) launched_at: i64,
}

impl Store {
    /// Every instance, by id.
    pub(crate) async fn instances(&self) -> Result<Vec<Instance>, sqlx::Error> {
        let query = "SELECT id, image_id, instance_type, instance_state, architecture, launched_at
                     FROM ec2_instances ORDER BY id";
        sqlx::query_as(query).fetch_all(&self.read).await
    }
}
