//! `UpdateServiceSetting`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::service_setting;
use crate::validate::{Member, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

pub(super) struct UpdateServiceSetting;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    setting_id: String,
    setting_value: String,
}

impl Operation for UpdateServiceSetting {
    const NAME: &'static str = "UpdateServiceSetting";
    const INPUT: &'static [Member] = &[
        required("SettingId", &service_setting::SETTING_ID),
        required("SettingValue", &service_setting::SETTING_VALUE),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        service_setting::find(&call.state, &input.setting_id)?;
        if ![service_setting::STANDARD, service_setting::ADVANCED].contains(&input.setting_value.as_str()) {
            return Err(ServiceError::validation(format!(
                "Invalid value '{}' for the setting {}: it must be standard or advanced.",
                input.setting_value,
                service_setting::ACTIVATION_TIER,
            )));
        }
        service_setting::change(&call.state, &input.setting_value).await?;
        Ok(json!({}))
    }
}
