//! `GetRole`.

use serde::{Deserialize, Serialize};

use super::role_xml::RoleXml;
use super::shapes;
use crate::validate::{Member, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::query::{Action, Service};

pub(super) struct GetRole;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    role_name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    role: RoleXml,
}

impl Action for GetRole {
    const NAME: &'static str = "GetRole";
    const SERVICE: &'static Service = &super::SERVICE;
    const INPUT: &'static [Member] = &[required("RoleName", &shapes::ROLE_NAME)];
    type Input = Input;
    type Output = Output;

    async fn run(call: &Call, input: Input) -> Result<Output, ServiceError> {
        let role = call.state.store().role(&input.role_name).await?;
        let role = role.ok_or_else(|| shapes::no_such_role(&input.role_name))?;
        Ok(Output { role: RoleXml::whole(role, call.state.account_id()) })
    }
}

#[cfg(test)]
mod tests;
