//! What is done to nodes: noted in the database, done in the background a few at a time, and told node by node.

mod runner;
mod store;
mod tags;

use app::ports::NodeTags;
use async_trait::async_trait;
use domain::errors::ApiError;
use domain::tags::Tag;

pub use runner::NodeActionRunner;
pub use store::NodeActionStore;

/// What AWS lets be done to a hybrid node.
#[async_trait]
pub trait NodeWrites: NodeTags {
    /// Makes SSM forget the node.
    ///
    /// # Errors
    /// `Throttled`, `Upstream`, `Unreachable`.
    async fn deregister(&self, id: &str) -> Result<(), ApiError>;

    /// Lets the node work under another role, given by its path and name.
    ///
    /// # Errors
    /// As [`NodeWrites::deregister`].
    async fn set_role(&self, id: &str, iam_role: &str) -> Result<(), ApiError>;

    /// Adds tags, or gives those that the node has other values.
    ///
    /// # Errors
    /// As [`NodeWrites::deregister`].
    async fn set_tags(&self, id: &str, tags: &[Tag]) -> Result<(), ApiError>;

    /// Removes the tags with these keys; those that the node does not have are passed over.
    ///
    /// # Errors
    /// As [`NodeWrites::deregister`].
    async fn remove_tags(&self, id: &str, keys: &[String]) -> Result<(), ApiError>;
}
