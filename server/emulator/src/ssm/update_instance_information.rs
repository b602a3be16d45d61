//! `UpdateInstanceInformation`: an agent's report, its heartbeat.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{node_credentials, shapes};
use crate::store::Report;
use crate::validate::{Member, Pattern, Shape, Text, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

static VERSION_PATTERN: Pattern = Pattern::new(r"^[0-9]{1,6}(\.[0-9]{1,6}){2,3}$");
static VERSION: Shape = Text::ANY.matching(&VERSION_PATTERN).shape();
static STATUS: Shape = Text::one_of(&["Active", "Inactive", "ShuttingDown"]).shape();
static PLATFORM_TYPE: Shape = Text::one_of(&["Windows", "Linux", "MacOS"]).shape();
static PLATFORM: Shape = Text::length(0, 120).shape();
static IP_ADDRESS: Shape = Text::length(0, 46).sensitive().shape();
static COMPUTER_NAME: Shape = Text::length(0, 255).shape();

pub(super) struct UpdateInstanceInformation;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    instance_id: String,
    agent_name: Option<String>,
    agent_status: Option<String>,
    agent_version: Option<String>,
    availability_zone: Option<String>,
    computer_name: Option<String>,
    #[serde(rename = "IPAddress")]
    ip_address: Option<String>,
    platform_name: Option<String>,
    platform_type: Option<String>,
    platform_version: Option<String>,
}

impl Operation for UpdateInstanceInformation {
    const NAME: &'static str = "UpdateInstanceInformation";
    const INPUT: &'static [Member] = &[
        required("InstanceId", &shapes::INSTANCE_ID),
        optional("AgentName", &PLATFORM),
        optional("AgentStatus", &STATUS),
        optional("AgentVersion", &VERSION),
        optional("AvailabilityZone", &PLATFORM),
        optional("AvailabilityZoneId", &PLATFORM),
        optional("ComputerName", &COMPUTER_NAME),
        optional("IPAddress", &IP_ADDRESS),
        optional("PlatformName", &PLATFORM),
        optional("PlatformType", &PLATFORM_TYPE),
        optional("PlatformVersion", &PLATFORM),
        optional("SSMConnectionChannel", &PLATFORM),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let state = &call.state;
        node_credentials::check(call, &input.instance_id).await?;
        if input.instance_id.starts_with("i-") {
            state.store().admit_ec2_instance(&input.instance_id, state.now()).await?;
        }
        let report = Report {
            agent_name: said(input.agent_name),
            agent_status: said(input.agent_status),
            agent_version: said(input.agent_version),
            platform_type: said(input.platform_type),
            platform_name: said(input.platform_name),
            platform_version: said(input.platform_version),
            computer_name: said(input.computer_name),
            ip_address: said(input.ip_address),
            availability_zone: said(input.availability_zone),
        };
        if state.store().report(&input.instance_id, &report, state.now()).await? {
            return Ok(json!({}));
        }
        // Deregistered between the check and the report.
        Err(node_credentials::not_existing(&input.instance_id))
    }
}

/// Agents send empty strings for what they do not know.
fn said(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests;
