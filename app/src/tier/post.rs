//! The confirmation without script: the page itself is the answer.

use axum::body::Body;
use axum::http::Response;
use domain::errors::ApiError;
use domain::permission::Permission;
use domain::tier::{Tier, TierState};
use leptos::config::LeptosOptions;

use super::{TierRefused, change};
use crate::server::Caller;
use crate::server::forms::{PostedForm, caller, render_outcome, see_other};

/// Answers `POST /nodes/settings/tier?to=…`: on to the settings, or the confirmation page with what went wrong.
pub async fn post_change(
    posted: PostedForm,
    to: Option<String>,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let PostedForm { request, fields } = posted;
    let consent = fields.iter().any(|(name, value)| name == "consent" && value == "yes");
    let tier = to.as_deref().and_then(Tier::from_name);
    match submit(caller(&contexts, Permission::ChangeTier), tier, consent).await {
        Ok(_) => see_other("/nodes/settings?done=tier-change-requested"),
        Err(error) => {
            let status = error.status();
            render_outcome(request, options, contexts, status, TierRefused(error)).await
        }
    }
}

async fn submit(
    caller: Result<Caller, ApiError>,
    tier: Option<Tier>,
    consent: bool,
) -> Result<TierState, ApiError> {
    change(&caller?, tier.ok_or(ApiError::NotFound)?, consent).await
}

#[cfg(test)]
mod tests;
