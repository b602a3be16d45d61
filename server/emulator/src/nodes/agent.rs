//! One machine's agent: its role credentials, its reports and its questions.

use std::sync::Arc;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::client::{CallError, Client};
use super::fleet::{Machine, Origin};
use super::sign::{Credentials, NodeKey, Signer};
use super::vault::Registration;

/// It asks for its associations at every so many reports.
const ASSOCIATIONS_EVERY: u64 = 5;
/// As many associations as the agent asks for at once.
const ASSOCIATIONS_PAGE: u32 = 20;

/// The agent of a registered machine, running.
pub(super) struct Agent {
    machine: Machine,
    instance_id: String,
    fingerprint: String,
    key: Arc<NodeKey>,
    role: Option<RoleCredentials>,
    has_reported: bool,
    reports: u64,
}

struct RoleCredentials {
    credentials: Credentials,
    renew_at: OffsetDateTime,
}

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// The service knows that the machine is alive.
    Alive,
    /// The service does not know the machine any more: the agent hibernates.
    Deregistered,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct RoleTokenRequest<'a> {
    fingerprint: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RoleToken {
    access_key_id: String,
    secret_access_key: SecretString,
    session_token: SecretString,
    /// Seconds since the epoch.
    token_expiration_date: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct InstanceInformation<'a> {
    agent_name: &'static str,
    agent_version: &'static str,
    instance_id: &'a str,
    platform_type: &'static str,
    #[serde(flatten)]
    rest: Option<FullInformation<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct FullInformation<'a> {
    agent_status: &'static str,
    computer_name: &'a str,
    #[serde(rename = "IPAddress")]
    ip_address: &'a str,
    platform_name: &'static str,
    platform_version: &'static str,
    availability_zone: &'static str,
    availability_zone_id: &'static str,
    #[serde(rename = "SSMConnectionChannel")]
    connection_channel: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct AssociationsRequest<'a> {
    instance_id: &'a str,
    max_results: u32,
}

/// An answer of which nothing is needed.
#[derive(Deserialize)]
struct Ignored {}

impl Agent {
    /// Starts the agent of `machine`, which is registered as `registration`.
    pub fn start(machine: Machine, registration: Registration, key: Arc<NodeKey>) -> Self {
        Self {
            machine,
            instance_id: registration.instance_id,
            fingerprint: registration.fingerprint,
            key,
            role: None,
            has_reported: registration.reported,
            reports: 0,
        }
    }

    /// The machine's place in the fleet.
    pub fn number(&self) -> u32 {
        self.machine.number
    }

    /// The node id that the machine is known by.
    pub fn instance_id(&self) -> &str {
        &self.instance_id
    }

    /// Whether it is remembered that the machine has reported, in this run or an earlier one.
    pub fn has_reported(&self) -> bool {
        self.has_reported
    }

    /// Tells the agent that this is remembered now.
    pub fn mark_reported(&mut self) {
        self.has_reported = true;
    }

    /// Whether the machine says nothing after its first report.
    pub fn is_silent(&self) -> bool {
        self.machine.silent
    }

    /// Tells the service that the machine is alive, and now and then asks for its associations.
    ///
    /// The first report of a started agent is preceded by a short one, as the real agent's is.
    ///
    /// # Errors
    /// When a call fails for another reason than that the machine was deregistered.
    pub async fn report(&mut self, client: &Client) -> Result<Heard, CallError> {
        match self.try_report(client).await {
            Err(error) if is_refusal(&error) && self.is_hybrid() => self.after_refusal(client, error).await,
            other => other.map(|()| Heard::Alive),
        }
    }

    async fn try_report(&mut self, client: &Client) -> Result<(), CallError> {
        let credentials = self.credentials(client).await?;
        let signer = Signer::Credentials(&credentials);
        if self.reports == 0 {
            client.call::<Ignored>("UpdateInstanceInformation", &self.information(None), signer).await?;
        }
        let full = self.information(Some(self.full_information()));
        client.call::<Ignored>("UpdateInstanceInformation", &full, signer).await?;
        if self.reports.is_multiple_of(ASSOCIATIONS_EVERY) {
            let request =
                AssociationsRequest { instance_id: &self.instance_id, max_results: ASSOCIATIONS_PAGE };
            client.call::<Ignored>("ListInstanceAssociations", &request, signer).await?;
        }
        self.reports += 1;
        Ok(())
    }

    /// Whether a refused machine is deregistered shows when it asks for new credentials.
    async fn after_refusal(&mut self, client: &Client, refusal: CallError) -> Result<Heard, CallError> {
        self.role = None;
        match self.credentials(client).await {
            Err(error) if is_refusal(&error) => Ok(Heard::Deregistered),
            Err(error) => Err(error),
            Ok(_) => Err(refusal),
        }
    }

    fn is_hybrid(&self) -> bool {
        matches!(self.machine.origin, Origin::Hybrid { .. })
    }

    /// The role's credentials, renewed at half of their life.
    async fn credentials(&mut self, client: &Client) -> Result<Credentials, CallError> {
        if !self.is_hybrid() {
            return Ok(instance_profile());
        }
        let now = client.now();
        if let Some(role) = &self.role
            && now < role.renew_at
        {
            return Ok(role.credentials.clone());
        }
        let signer = Signer::Node { id: &self.instance_id, key: &self.key };
        let request = RoleTokenRequest { fingerprint: &self.fingerprint };
        let token: RoleToken = client.call("RequestManagedInstanceRoleToken", &request, signer).await?;
        let life = Duration::seconds_f64(token.token_expiration_date) - (now - OffsetDateTime::UNIX_EPOCH);
        let credentials = Credentials {
            access_key_id: token.access_key_id,
            secret_access_key: token.secret_access_key,
            session_token: Some(token.session_token),
        };
        self.role = Some(RoleCredentials { credentials: credentials.clone(), renew_at: now + life / 2 });
        Ok(credentials)
    }

    fn information<'a>(&'a self, rest: Option<FullInformation<'a>>) -> InstanceInformation<'a> {
        InstanceInformation {
            agent_name: "amazon-ssm-agent",
            agent_version: self.machine.agent_version,
            instance_id: &self.instance_id,
            platform_type: self.machine.platform.kind,
            rest,
        }
    }

    fn full_information(&self) -> FullInformation<'_> {
        let (availability_zone, availability_zone_id) = match self.machine.origin {
            Origin::Hybrid { .. } => ("", ""),
            Origin::Ec2 { zone, zone_id, .. } => (zone, zone_id),
        };
        FullInformation {
            agent_status: "Active",
            computer_name: &self.machine.computer_name,
            ip_address: &self.machine.ip_address,
            platform_name: self.machine.platform.name,
            platform_version: self.machine.platform.version,
            availability_zone,
            availability_zone_id,
            connection_channel: "ec2messages",
        }
    }
}

/// Answers with which the service refuses a machine rather than a request.
fn is_refusal(error: &CallError) -> bool {
    matches!(
        error.code(),
        Some(
            "AccessDeniedException"
                | "AccessDenied"
                | "ExpiredTokenException"
                | "InvalidInstanceId"
                | "MachineFingerprintDoesNotMatch"
                | "UnrecognizedClientException"
        )
    )
}

/// What an EC2 instance reads from its metadata service; no loopback service checks the secret.
fn instance_profile() -> Credentials {
    Credentials {
        access_key_id: "ASIASIMULATEDPROFILE".to_owned(),
        secret_access_key: SecretString::from("simulated instance profile"),
        session_token: Some(SecretString::from("simulated instance profile")),
    }
}

#[cfg(test)]
mod tests;
