//! The people who may sign in.

use async_trait::async_trait;
use domain::permission::Role;
use secrecy::SecretString;
use time::OffsetDateTime;

use super::StoreError;

/// Somebody who may sign in.
#[derive(Clone, Debug)]
pub struct User {
    /// A UUID: a name that is given again is another user.
    pub id: String,
    /// Lower case, unique.
    pub username: String,
    /// What they may do.
    pub role: Role,
    /// PHC string of an argon2id hash.
    pub password_hash: SecretString,
    /// Grows with every new password.
    pub generation: i64,
    /// When they were added.
    pub created: OffsetDateTime,
}

/// What became of a change to a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is done.
    Done,
    /// There is nobody of that name.
    NotFound,
    /// It would leave no admin.
    LastAdmin,
}

/// The repository of users.
#[async_trait]
pub trait Users: Send + Sync {
    /// Adds a user; `false` if the name is taken.
    ///
    /// # Errors
    /// When the database fails, as for every method here.
    async fn insert(&self, user: &User) -> Result<bool, StoreError>;

    /// The user of that name.
    async fn by_username(&self, username: &str) -> Result<Option<User>, StoreError>;

    /// The user with that id.
    async fn by_id(&self, id: &str) -> Result<Option<User>, StoreError>;

    /// Everyone, by name.
    async fn list(&self) -> Result<Vec<User>, StoreError>;

    /// Sets a password and ends the sessions that began with the old one; `false` if there is nobody of that name.
    async fn set_password(&self, username: &str, hash: &SecretString) -> Result<bool, StoreError>;

    /// Sets a role, unless it is the last admin who would lose theirs.
    async fn set_role(&self, username: &str, role: Role) -> Result<Change, StoreError>;

    /// Removes a user with what is theirs by their name, unless it is the last admin.
    async fn remove(&self, username: &str) -> Result<Change, StoreError>;
}
