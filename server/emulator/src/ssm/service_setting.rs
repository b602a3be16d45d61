//! The one service setting that the emulator has: the activation tier.

use serde_json::{Value, json};

use crate::clock::{epoch_seconds, millis};
use crate::state::State;
use crate::store::{NodeLimit, NotChanged, StoredSetting};
use crate::validate::{Shape, Text};
use crate::wire::errors::ServiceError;

/// The setting's id.
pub(super) const ACTIVATION_TIER: &str = "/ssm/managed-instance/activation-tier";
/// How many hybrid nodes the standard tier admits in an account and Region.
pub(super) const STANDARD_TIER_LIMIT: i64 = 1000;

pub(super) const STANDARD: &str = "standard";
pub(super) const ADVANCED: &str = "advanced";

/// How many hybrid nodes may register. An advanced tier admits more once it has taken.
pub(super) const HYBRID_NODES: NodeLimit =
    NodeLimit { most: STANDARD_TIER_LIMIT, setting: ACTIVATION_TIER, lifted_by: ADVANCED };

/// `ServiceSettingId`.
pub(super) static SETTING_ID: Shape = Text::length(1, 1000).shape();
/// `ServiceSettingValue`.
pub(super) static SETTING_VALUE: Shape = Text::length(1, 4096).shape();

/// Checks that a setting, named by id or ARN, is the one there is.
///
/// # Errors
/// `ServiceSettingNotFound`.
pub(super) fn find(state: &State, setting_id: &str) -> Result<(), ServiceError> {
    if setting_id == ACTIVATION_TIER || setting_id == arn(state) {
        return Ok(());
    }
    let message = format!("Setting {setting_id} does not exist.");
    Err(ServiceError::new("ServiceSettingNotFound", message))
}

/// The setting as `GetServiceSetting` shows it.
///
/// # Errors
/// `InternalServerError` when the store fails.
pub(super) async fn show(state: &State) -> Result<Value, ServiceError> {
    let stored = current(state).await?;
    let status = if stored.takes_at > state.now() {
        "PendingUpdate"
    } else if stored.value == STANDARD {
        "Default"
    } else {
        "Customized"
    };
    Ok(json!({
        "ServiceSetting": {
            "SettingId": ACTIVATION_TIER,
            "SettingValue": stored.value,
            "LastModifiedDate": epoch_seconds(stored.modified_at),
            "LastModifiedUser": stored.modified_by,
            "ARN": arn(state),
            "Status": status,
        }
    }))
}

/// Changes the tier. Going back to standard is AWS's own doing and says `System`.
///
/// # Errors
/// `ValidationException` when more hybrid nodes are registered than the standard tier admits, `TooManyUpdates`
/// while an earlier change is pending.
pub(super) async fn change(state: &State, value: &str) -> Result<(), ServiceError> {
    let stored = current(state).await?;
    if stored.takes_at > state.now() {
        return Err(pending());
    }
    if stored.value == value {
        return Ok(());
    }
    let changed = StoredSetting {
        value: value.to_owned(),
        modified_at: state.now(),
        modified_by: if value == STANDARD { "System".to_owned() } else { state.caller_arn() },
        takes_at: millis(state.time() + state.setting_update_delay()),
    };
    let most_nodes = (value == STANDARD).then_some(STANDARD_TIER_LIMIT);
    let outcome = state.store().change_setting(ACTIVATION_TIER, &changed, most_nodes).await?;
    outcome.map_err(|reason| match reason {
        NotChanged::Pending => pending(),
        NotChanged::TooManyNodes(nodes) => above_limit(nodes),
    })
}

fn above_limit(nodes: i64) -> ServiceError {
    ServiceError::validation(format!(
        "The standard-instances tier admits {STANDARD_TIER_LIMIT} hybrid nodes in an account and Region, and {nodes} \
         are registered. Deregister nodes before you return to it."
    ))
}

async fn current(state: &State) -> Result<StoredSetting, ServiceError> {
    Ok(state.store().setting(ACTIVATION_TIER).await?)
}

fn arn(state: &State) -> String {
    format!("arn:aws:ssm:{}:{}:servicesetting{ACTIVATION_TIER}", state.region(), state.account_id())
}

fn pending() -> ServiceError {
    ServiceError::new("TooManyUpdates", "An earlier change of the setting is still pending.")
}

#[cfg(test)]
mod tests;
