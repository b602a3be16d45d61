//! What publishers may do: the server function that lists it, and the forms that admins post.

#[cfg(test)]
#[cfg(feature = "ssr")]
pub(crate) mod fakes;
#[cfg(feature = "ssr")]
mod post;

use domain::errors::ApiError;
use domain::json::Json;
use domain::publishers::{PublisherRules, RuleForm};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub use post::{post_owner, post_rule};

/// A rule that was sent and not set, with all that was typed; the server provides it to the page as context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRefused {
    /// As it was sent.
    pub form: RuleForm,
    /// Why not.
    pub error: ApiError,
}

/// Why a package was not handed over; the server provides it to the page as context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerRefused(pub ApiError);

/// Every rule, and everybody who publishes.
///
/// # Errors
/// As [`crate::ports::Publishers::rules`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "publishers/list", protocol = Json)]
pub async fn list_publishers() -> Result<PublisherRules, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    Caller::require(Permission::ManagePeople)?.ports.publishers.rules().await
}
