//! Tokens for pipelines: the server function that lists them, and the forms that make and revoke them.

#[cfg(feature = "ssr")]
mod post;

use domain::errors::ApiError;
use domain::json::Json;
use domain::publishers::{Rights, Token, TokenForm};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub use post::{post_create, post_revoke};

/// The tokens, and what the form that makes one starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenList {
    /// One's own; for admins, everybody's. The last made first.
    pub tokens: Vec<Token>,
    /// The form's own token.
    pub submission: String,
    /// What one may publish, and a token of one's own too.
    pub rights: Rights,
}

/// What a form has led to; the server provides it to the page as context.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenOutcome {
    /// A token, on its one way to whom it belongs; none where the same form was sent before.
    Made {
        /// What it is called.
        name: String,
        /// The token itself: a secret.
        secret: Option<String>,
    },
    /// It was not made, and here is everything that was typed.
    Refused {
        /// As it was sent.
        form: TokenForm,
        /// Why not.
        error: ApiError,
    },
    /// It was not revoked.
    NotRevoked(ApiError),
}

/// The token stays out of logs.
impl std::fmt::Debug for TokenOutcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Made { name, .. } => f.debug_struct("Made").field("name", name).finish_non_exhaustive(),
            Self::Refused { form, error } => {
                f.debug_struct("Refused").field("form", form).field("error", error).finish()
            }
            Self::NotRevoked(error) => f.debug_tuple("NotRevoked").field(error).finish(),
        }
    }
}

/// The tokens.
///
/// # Errors
/// As [`crate::ports::Tokens::list`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "tokens/list", protocol = Json)]
pub async fn list_tokens() -> Result<TokenList, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::PublishPackage)?;
    let everybody = caller.person.role.allows(Permission::ManagePeople);
    let username = &caller.person.username;
    let tokens = caller.ports.tokens.list((!everybody).then_some(username.as_str())).await?;
    Ok(TokenList { tokens, submission: caller.ports.random.uuid(), rights: caller.rights().await? })
}
