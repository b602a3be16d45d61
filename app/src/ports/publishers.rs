//! What publishers may do, whose packages are, and tokens for pipelines.

use async_trait::async_trait;
use domain::errors::ApiError;
use domain::publishers::{NewToken, PublisherRule, PublisherRules, Token};
use secrecy::SecretString;

/// Rules for publishers, and the owners of packages.
#[async_trait]
pub trait Publishers: Send + Sync {
    /// Every rule, and everybody who publishes.
    ///
    /// # Errors
    /// `Internal` when the database fails, as for every method here.
    async fn rules(&self) -> Result<PublisherRules, ApiError>;

    /// The rule for somebody: their own, or that of all.
    ///
    /// # Errors
    /// As above.
    async fn rule_of(&self, username: &str) -> Result<PublisherRule, ApiError>;

    /// Sets somebody's rule, or that of all; `None` removes it, so that somebody has the rule of all again.
    ///
    /// # Errors
    /// `NotFound` where there is nobody of that name.
    async fn set_rule(&self, username: Option<&str>, rule: Option<&PublisherRule>) -> Result<(), ApiError>;

    /// Whose a package is.
    ///
    /// # Errors
    /// As above.
    async fn owner(&self, package: &str) -> Result<Option<String>, ApiError>;

    /// Hands a package over, or leaves it to the admins.
    ///
    /// # Errors
    /// `Invalid` at `owner` where nobody of that name publishes.
    async fn set_owner(&self, package: &str, username: Option<&str>) -> Result<(), ApiError>;
}

/// Tokens.
#[async_trait]
pub trait Tokens: Send + Sync {
    /// The tokens of one person, or of everybody; the last made first.
    ///
    /// # Errors
    /// `Internal` when the database fails, as for every method here.
    async fn list(&self, username: Option<&str>) -> Result<Vec<Token>, ApiError>;

    /// Makes a token. Where one with this id was made before, it is that one, and its secret is gone.
    ///
    /// # Errors
    /// `Invalid` at `name` where the person has another of that name; `Conflict` where somebody else made one with this id.
    async fn create(&self, username: &str, token: NewToken) -> Result<MadeToken, ApiError>;

    /// Revokes a token of one person, or of anybody: it works no longer.
    ///
    /// # Errors
    /// `NotFound`.
    async fn revoke(&self, id: &str, username: Option<&str>) -> Result<(), ApiError>;
}

/// A token that was made.
#[derive(Debug)]
pub struct MadeToken {
    /// What is known of it.
    pub token: Token,
    /// The token itself, this once.
    pub secret: Option<SecretString>,
}
