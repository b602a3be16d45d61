//! Simulated machines with agents on them: real clients of the service, which know of it only its address.

mod agent;
mod client;
mod enrol;
mod fleet;
mod rounds;
mod sign;
mod vault;

use std::error::Error;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use self::client::Client;
use self::enrol::Enrolment;
use self::fleet::Fleet;
use self::rounds::Rounds;
use self::sign::NodeKey;
use self::vault::{Vault, VaultError};
use crate::clock::Clock;

const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// Agents that are registered but not yet taken into the rounds.
const HANDED_OVER: usize = 64;

/// Which machines to simulate, and where they find the service.
#[derive(Debug, Clone)]
pub struct NodesConfig {
    /// The address of the service, such as `http://127.0.0.1:4610`.
    pub endpoint: String,
    /// The Region that the machines sign for.
    pub region: String,
    /// The folder of `nodes.sqlite`, in which they remember who they are. It must exist.
    pub data_dir: PathBuf,
    /// How many machines; up to 17 are a hand-made fleet, more are filled up with web servers.
    pub count: u32,
}

/// How long the service may hear nothing of one of `count` machines before it counts as lost.
///
/// Four and a half of their reporting intervals: 90 seconds up to 2,000 machines.
#[must_use]
pub fn connection_lost_after(count: u32) -> time::Duration {
    let round = i64::try_from(rounds::length(count).as_secs()).unwrap_or(i64::MAX);
    time::Duration::seconds(round.saturating_mul(9) / 2)
}

/// Starts the machines: those that are not registered yet do so, and all report until `cancel`.
///
/// What goes wrong is logged and tried again later, less and less often; only an endpoint that is no address ends it.
pub fn start(config: NodesConfig, clock: Arc<dyn Clock>, cancel: CancellationToken) -> JoinHandle<()> {
    tokio::spawn(async move {
        let running = async {
            if let Err(error) = run(&config, clock).await {
                tracing::error!(error = %with_causes(error.as_ref()), "the simulated machines stopped");
            }
        };
        cancel.run_until_cancelled(running).await;
    })
}

type AnyError = Box<dyn Error + Send + Sync>;

async fn run(config: &NodesConfig, clock: Arc<dyn Clock>) -> Result<(), AnyError> {
    let client = Arc::new(Client::new(&config.endpoint, &config.region, clock)?);
    let (vault, key) = patiently("use their memory", || open(&config.data_dir)).await;
    let fleet = Fleet::plan(config.count);
    let (sender, receiver) = mpsc::channel(HANDED_OVER);
    let rounds = Rounds::new(Arc::clone(&client), vault.clone(), rounds::length(config.count));
    let enrolment = Enrolment { client, vault, key: Arc::new(key), agents: sender };
    tokio::join!(enrol_all(enrolment, &fleet), rounds.run(receiver));
    Ok(())
}

async fn open(data_dir: &Path) -> Result<(Vault, NodeKey), VaultError> {
    let vault = Vault::open(data_dir).await?;
    let key = vault.key().await?;
    Ok((vault, key))
}

/// Resumes the known machines and registers the others.
async fn enrol_all(enrolment: Enrolment, fleet: &Fleet) {
    patiently("resume", || enrolment.resume(fleet)).await;
    patiently("register", || enrolment.enrol(fleet)).await;
}

/// Does what the machines are `to` do, however many attempts that takes.
async fn patiently<T, E: Error, F: Future<Output = Result<T, E>>>(to: &str, attempt: impl Fn() -> F) -> T {
    let mut pause = FIRST_PAUSE;
    loop {
        match attempt().await {
            Ok(done) => return done,
            Err(error) => {
                let error = with_causes(&error);
                tracing::warn!(%error, "simulated machines could not {to}; they will try again");
            }
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// An error and what caused it, in one line.
fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests;
