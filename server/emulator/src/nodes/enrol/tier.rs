//! The activation tier: more than a thousand hybrid nodes take the advanced one.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::operator;
use crate::nodes::client::{CallError, Client};
use crate::nodes::sign::Signer;

/// The most hybrid nodes that the standard tier admits in an account and Region.
pub(in crate::nodes) const STANDARD_LIMIT: usize = 1000;

const SETTING_ID: &str = "/ssm/managed-instance/activation-tier";
const ADVANCED: &str = "advanced";
const PENDING: &str = "PendingUpdate";
const LOOK_EVERY: Duration = Duration::from_secs(1);

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct GetServiceSetting {
    setting_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct UpdateServiceSetting {
    setting_id: &'static str,
    setting_value: &'static str,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SettingAnswer {
    service_setting: ServiceSetting,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ServiceSetting {
    setting_value: String,
    status: String,
}

#[derive(Deserialize)]
struct Ignored {}

/// Switches to the advanced tier if that is not the one, and waits until it holds.
///
/// # Errors
/// When the service refuses.
pub(in crate::nodes) async fn ensure_advanced(client: &Client) -> Result<(), CallError> {
    let operator = operator();
    let signer = Signer::Credentials(&operator);
    let mut asked = false;
    loop {
        let get = GetServiceSetting { setting_id: SETTING_ID };
        let answer: SettingAnswer = client.call_patiently("GetServiceSetting", &get, signer).await?;
        let setting = answer.service_setting;
        let settled = setting.status != PENDING;
        if settled && setting.setting_value == ADVANCED {
            return Ok(());
        }
        if settled && !asked {
            let update = UpdateServiceSetting { setting_id: SETTING_ID, setting_value: ADVANCED };
            client.call_patiently::<Ignored>("UpdateServiceSetting", &update, signer).await?;
            asked = true;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
