//! How machines become managed nodes: an operator's activation, then their own registration.

mod left_over;
pub(super) mod tier;

use std::sync::Arc;

use futures::StreamExt;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::agent::Agent;
use super::client::{CallError, Client};
use super::fleet::{Batch, Fleet, Machine, Origin};
use super::sign::{Credentials, NodeKey, Signer};
use super::vault::{Registration, Vault, VaultError};

/// How many machines register at the same time.
const CONCURRENCY: usize = 32;
/// A fingerprint depends on the machine alone, as that of real hardware does.
const FINGERPRINT_SEED: u64 = 0xf19e_7b19;

/// What it takes to enrol machines.
pub(super) struct Enrolment {
    pub client: Arc<Client>,
    pub vault: Vault,
    pub key: Arc<NodeKey>,
    /// Where the agents go that keep on reporting.
    pub agents: mpsc::Sender<Agent>,
}

/// Why some machines could not be enrolled.
#[derive(Debug, thiserror::Error)]
pub(super) enum EnrolError {
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Vault(#[from] VaultError),
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct CreateActivation<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_instance_name: Option<&'a str>,
    iam_role: &'a str,
    registration_limit: u32,
    /// Seconds since the epoch.
    expiration_date: i64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<Tag<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Tag<'a> {
    key: &'a str,
    value: &'a str,
}

/// An activation with its code, which lives as long as its machines register.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Activation {
    activation_id: String,
    activation_code: SecretString,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct RegisterManagedInstance<'a> {
    activation_code: &'a str,
    activation_id: &'a str,
    public_key: &'a str,
    public_key_type: &'static str,
    fingerprint: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Registered {
    instance_id: String,
}

impl Enrolment {
    /// Starts the agents of the machines of `fleet` that registered in an earlier run.
    ///
    /// # Errors
    /// When the machines' memory fails.
    pub async fn resume(&self, fleet: &Fleet) -> Result<(), VaultError> {
        let mut known = self.vault.registrations().await?;
        for machine in &fleet.machines {
            if let Some(registration) = known.remove(&machine.number) {
                self.start(machine, registration).await;
            }
        }
        Ok(())
    }

    /// Registers the machines of `fleet` that never did, and starts their agents.
    ///
    /// It can be repeated after a failure: who is registered stays registered.
    ///
    /// # Errors
    /// When an activation cannot be made, or some machine could not register.
    pub async fn enrol(&self, fleet: &Fleet) -> Result<(), EnrolError> {
        let known = self.vault.registrations().await?;
        let missing: Vec<_> =
            fleet.machines.iter().filter(|machine| !known.contains_key(&machine.number)).collect();
        for machine in &missing {
            if let Origin::Ec2 { instance_id, .. } = machine.origin {
                self.enlist(machine, instance_id.to_owned(), String::new()).await?;
            }
        }
        let mut hybrid = known.values().filter(|registration| registration.is_hybrid()).count();
        for batch in &fleet.batches {
            let members = missing.iter().filter(|machine| machine.batch() == Some(&batch.key));
            let members: Vec<Machine> = members.copied().cloned().collect();
            hybrid += members.len();
            if !members.is_empty() {
                if hybrid > tier::STANDARD_LIMIT {
                    tier::ensure_advanced(&self.client).await?;
                }
                self.enrol_batch(batch, members).await?;
            }
        }
        Ok(())
    }

    /// Registers `machines` with a new activation.
    async fn enrol_batch(&self, batch: &Batch, machines: Vec<Machine>) -> Result<(), EnrolError> {
        if let Some(activation_id) = self.vault.open_activation(&batch.key).await? {
            left_over::clean(&self.client, &self.vault, &activation_id).await?;
            self.vault.end_activation(&batch.key).await?;
        }
        let activation = self.create_activation(batch).await?;
        self.vault.begin_activation(&batch.key, &activation.activation_id).await?;
        let public_key = self.key.public_key().map_err(CallError::from)?;
        let count = machines.len();
        let results: Vec<_> = futures::stream::iter(machines)
            .map(|machine| self.register(machine, &activation, &public_key))
            .buffer_unordered(CONCURRENCY)
            .collect()
            .await;
        results.into_iter().collect::<Result<(), _>>()?;
        self.vault.end_activation(&batch.key).await?;
        tracing::info!(batch = batch.key, machines = count, "simulated machines registered");
        Ok(())
    }

    async fn create_activation(&self, batch: &Batch) -> Result<Activation, CallError> {
        let request = CreateActivation {
            description: batch.description.as_deref(),
            default_instance_name: batch.default_instance_name.as_deref(),
            iam_role: batch.iam_role,
            registration_limit: batch.registration_limit,
            // A minute less, so that a whole allowance of days is still within it on arrival.
            expiration_date: (self.client.now() + batch.expires_in).unix_timestamp() - 60,
            tags: batch.tags.iter().map(|(key, value)| Tag { key, value }).collect(),
        };
        self.client.call_patiently("CreateActivation", &request, Signer::Credentials(&operator())).await
    }

    async fn register(
        &self,
        machine: Machine,
        activation: &Activation,
        public_key: &str,
    ) -> Result<(), EnrolError> {
        let fingerprint = fingerprint(machine.number);
        let request = RegisterManagedInstance {
            activation_code: activation.activation_code.expose_secret(),
            activation_id: &activation.activation_id,
            public_key,
            public_key_type: "Rsa",
            fingerprint: &fingerprint,
        };
        let registered: Registered =
            self.client.call_patiently("RegisterManagedInstance", &request, Signer::Anonymous).await?;
        Ok(self.enlist(&machine, registered.instance_id, fingerprint).await?)
    }

    /// Remembers a machine as registered and starts its agent.
    async fn enlist(
        &self,
        machine: &Machine,
        instance_id: String,
        fingerprint: String,
    ) -> Result<(), VaultError> {
        let registration = Registration {
            number: machine.number,
            instance_id,
            fingerprint,
            reported: false,
            deregistered: false,
        };
        self.vault.register(&registration).await?;
        self.start(machine, registration).await;
        Ok(())
    }

    /// Starts a machine's agent, unless it hibernates or has already said all that it was to say.
    async fn start(&self, machine: &Machine, registration: Registration) {
        if registration.deregistered || (machine.silent && registration.reported) {
            return;
        }
        let agent = Agent::start(machine.clone(), registration, Arc::clone(&self.key));
        // Nobody receives only when the simulation is stopping.
        let _ = self.agents.send(agent).await;
    }
}

fn fingerprint(number: u32) -> String {
    let mut bytes = [0; 16];
    StdRng::seed_from_u64(FINGERPRINT_SEED ^ u64::from(number)).fill_bytes(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// The person who makes the activations; no loopback service checks the secret.
pub(super) fn operator() -> Credentials {
    Credentials {
        access_key_id: "AKIASIMULATEDOPERATOR".to_owned(),
        secret_access_key: SecretString::from("simulated operator"),
        session_token: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_stable_uuids_of_version_four() {
        assert_eq!(fingerprint(7), fingerprint(7));
        assert_ne!(fingerprint(7), fingerprint(8));
        assert_eq!(uuid::Uuid::parse_str(&fingerprint(7)).unwrap().get_version_num(), 4);
    }
}
