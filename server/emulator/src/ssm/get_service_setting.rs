//! `GetServiceSetting`.

use serde::Deserialize;
use serde_json::Value;

use super::service_setting;
use crate::validate::{Member, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

pub(super) struct GetServiceSetting;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    setting_id: String,
}

impl Operation for GetServiceSetting {
    const NAME: &'static str = "GetServiceSetting";
    const INPUT: &'static [Member] = &[required("SettingId", &service_setting::SETTING_ID)];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        service_setting::find(&call.state, &input.setting_id)?;
        service_setting::show(&call.state).await
    }
}
