//! Server functions of the cost calculators and of the estimates that are kept.

#[cfg(feature = "ssr")]
mod csv;
#[cfg(feature = "ssr")]
mod post;
pub mod words;

use domain::costs::{Calculator, CostStart, SavedEstimate};
use domain::errors::ApiError;
use domain::json::Json;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub use csv::estimate_csv;
#[cfg(feature = "ssr")]
pub use post::{post_delete, post_save};

/// An estimate that was sent to be saved without script, and was not; the server provides it to the page as context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveRefused {
    /// The form's fields as they were sent, as a query.
    pub query: String,
    /// Why not.
    pub error: ApiError,
}

/// Why an estimate was not deleted, for its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EstimateDeleteRefused(pub ApiError);

/// What the calculators start from.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`. A fleet that cannot be read, or is not known yet, is part of the answer.
#[server(endpoint = "costs/start", protocol = Json)]
pub async fn start_costs() -> Result<CostStart, ApiError> {
    use crate::page::PageContext;
    use crate::server::Caller;
    use domain::costs::FleetSize;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::Read)?;
    let aws = use_context::<PageContext>().and_then(|page| page.aws);
    let fleet = caller.ports.nodes.snapshot().await.and_then(|snapshot| FleetSize::of(&snapshot));
    let tier = caller.ports.tier.state().await.ok().and_then(|state| state.setting);
    Ok(CostStart {
        account: aws.map(|aws| aws.account).unwrap_or_default(),
        region: caller.region,
        tier: tier.map(|setting| setting.tier),
        fleet,
    })
}

/// Every saved estimate, the last saved first.
///
/// # Errors
/// As [`crate::ports::Estimates::list`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "costs/estimates", protocol = Json)]
pub async fn list_estimates() -> Result<Vec<SavedEstimate>, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    Caller::require(Permission::Read)?.ports.estimates.list().await
}

/// Saves the estimate that a query leads to, under the name that it has there.
///
/// # Errors
/// `Invalid` with every broken rule at its field, a name that is taken among them; `Unauthenticated`, `Forbidden`.
#[server(endpoint = "costs/save", protocol = Json)]
pub async fn save_estimate(
    calculator: Calculator,
    query: String,
    replace: bool,
) -> Result<SavedEstimate, ApiError> {
    use crate::server::Caller;
    use domain::costs::{Fields, NewEstimate};
    use domain::permission::Permission;

    let caller = Caller::require(Permission::SaveEstimate)?;
    let new = NewEstimate::of(calculator, &Fields::from_query(&query))
        .map_err(|fields| ApiError::Invalid { fields })?;
    caller.ports.estimates.save(&new, &caller.person.username, replace).await
}

/// Deletes a saved estimate.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, `Forbidden`.
#[server(endpoint = "costs/delete", protocol = Json)]
pub async fn delete_estimate(id: String) -> Result<(), ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    Caller::require(Permission::SaveEstimate)?.ports.estimates.delete(&id).await
}
