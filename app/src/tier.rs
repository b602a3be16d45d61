//! Server functions of the activation tier.

#[cfg(feature = "ssr")]
mod post;

use domain::errors::ApiError;
use domain::json::Json;
use domain::tier::{Tier, TierSettings, TierState};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub use post::post_change;

/// Why the tier was not changed; the server provides it to the confirmation page as context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierRefused(pub ApiError);

/// The tier as last read.
///
/// # Errors
/// As [`crate::ports::ActivationTier::state`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "tier/get", protocol = Json)]
pub async fn get_tier() -> Result<TierState, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    Caller::require(Permission::Read)?.ports.tier.state().await
}

/// The tier, and the nodes that it is about.
///
/// # Errors
/// As [`get_tier`]. Nodes that cannot be read are part of the answer.
#[server(endpoint = "tier/settings", protocol = Json)]
pub async fn get_tier_settings() -> Result<TierSettings, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;
    use domain::tier::HybridNodes;

    let ports = Caller::require(Permission::Read)?.ports;
    let hybrid = ports.nodes.snapshot().await.map(|snapshot| HybridNodes::of(&snapshot));
    Ok(TierSettings { tier: ports.tier.state().await?, hybrid })
}

/// Changes the tier, and says how it stands then.
///
/// # Errors
/// As [`change`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "tier/change", protocol = Json)]
pub async fn change_tier(
    /// The tier to change to.
    to: Tier,
    /// Whether the person has consented to what that brings.
    consent: bool,
) -> Result<TierState, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::ChangeTier)?;
    change(&caller, to, consent).await
}

/// Changes the tier for somebody who has consented. Asking for the tier that is set, or is on its way, changes nothing:
/// so a form that is sent twice acts once.
///
/// # Errors
/// `Invalid` at `consent` without it, and as [`crate::ports::ActivationTier::change`].
#[cfg(feature = "ssr")]
pub async fn change(caller: &crate::server::Caller, to: Tier, consent: bool) -> Result<TierState, ApiError> {
    if !consent {
        return Err(ApiError::field("consent", domain::errors::Rule::Accepted));
    }
    let now = caller.ports.tier.state().await?;
    if now.setting.as_ref().is_some_and(|setting| setting.tier == to) {
        return Ok(now);
    }
    tracing::info!(
        username = caller.person.username,
        tier = to.name(),
        "the activation tier is being changed"
    );
    caller.ports.tier.change(to).await
}
