//! `GetCallerIdentity`.

use serde::{Deserialize, Serialize};

use crate::validate::Member;
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::query::{Action, Service};

/// The unique id of the one user that the emulator knows.
const USER_ID: &str = "AIDASEKISHOEMULATORAA";

pub(super) struct GetCallerIdentity;

#[derive(Deserialize)]
pub(super) struct Input {}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    arn: String,
    user_id: &'static str,
    account: String,
}

impl Action for GetCallerIdentity {
    const NAME: &'static str = "GetCallerIdentity";
    const SERVICE: &'static Service = &super::SERVICE;
    const INPUT: &'static [Member] = &[];
    type Input = Input;
    type Output = Output;

    async fn run(call: &Call, _: Input) -> Result<Output, ServiceError> {
        let state = &call.state;
        Ok(Output { arn: state.caller_arn(), user_id: USER_ID, account: state.account_id().to_owned() })
    }
}

#[cfg(test)]
mod tests;
