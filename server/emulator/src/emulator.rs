//! A running emulator: bound, serving, and stopped cleanly.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::blobs::Blobs;
use crate::clock::{Clock, SystemClock};
use crate::config::EmulatorConfig;
use crate::error::EmulatorError;
use crate::lock::Lock;
use crate::nodes::{self, NodesConfig};
use crate::packages;
use crate::random::{Random, SystemRandom};
use crate::state::State;
use crate::store::{AGE, Account, Store};
use crate::wire::router;

/// How long a client may take to let its last answer be sent.
const STOP_LIMIT: Duration = Duration::from_secs(5);

/// A running emulator. Dropping it leaves it running until the process ends; [`Emulator::stop`] ends it.
pub struct Emulator {
    address: SocketAddr,
    cancel: CancellationToken,
    server: JoinHandle<()>,
    nodes: Option<JoinHandle<()>>,
    store: Store,
    /// The server holds it too: it goes on when this is dropped.
    lock: Arc<Lock>,
}

impl Emulator {
    /// Binds the address, takes the data folder, opens the state, serves, and starts the simulated nodes.
    ///
    /// # Errors
    /// [`EmulatorError`] when the address or the data folder cannot be used.
    pub async fn start(mut config: EmulatorConfig) -> Result<Self, EmulatorError> {
        // A large fleet reports less often.
        config.connection_lost_after =
            config.connection_lost_after.max(nodes::connection_lost_after(config.nodes));
        let listen = config.listen;
        let failed = |source| EmulatorError::Listen { address: listen, source };
        // Both before the state is opened, which deletes what a running emulator is only about to name.
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let lock = Arc::new(Lock::take(&config.data_dir)?);
        let address = listener.local_addr().map_err(failed)?;
        let state = prepare(&config, Arc::new(SystemClock), Arc::new(SystemRandom)).await?;
        let store = state.store().clone();
        let cancel = CancellationToken::new();
        let server = tokio::spawn(serve(listener, state, cancel.clone(), Arc::clone(&lock)));
        let nodes = (config.nodes > 0).then(|| start_nodes(&config, address, cancel.child_token()));
        tracing::info!(%address, data_dir = %config.data_dir.display(), "the emulator listens");
        Ok(Self { address, cancel, server, nodes, store, lock })
    }

    /// The address that it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers what was begun, then ends and gives the data folder up.
    pub async fn stop(self) {
        self.cancel.cancel();
        if let Some(Err(error)) = futures::future::OptionFuture::from(self.nodes).await {
            tracing::error!(%error, "the simulated nodes ended badly");
        }
        let stop = self.server.abort_handle();
        match tokio::time::timeout(STOP_LIMIT, self.server).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "the emulator ended badly"),
            Err(_) => stop.abort(),
        }
        self.store.close().await;
        self.lock.release();
    }
}

/// The state of `config`, opened and, when new, filled with what an account has: what [`crate::router`] serves.
///
/// The data folder must be the caller's alone.
///
/// # Errors
/// [`EmulatorError`] when the data folder cannot be used.
pub async fn prepare(
    config: &EmulatorConfig,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
) -> Result<State, EmulatorError> {
    let store = Store::open(&config.data_dir).await?;
    let failed = |source| EmulatorError::Blobs { path: config.data_dir.clone(), source };
    let blobs = Blobs::open(&config.data_dir).map_err(failed)?;
    let named = store
        .named_blobs()
        .await
        .map_err(|source| EmulatorError::Store { path: config.data_dir.clone(), source })?;
    blobs.sweep(&named).map_err(failed)?;
    let state = State::new(config, store, blobs, clock, random);
    let account = Account { id: state.account_id(), region: state.region(), now: state.now() };
    fill(&state, &account, config.others_packages)
        .await
        .map_err(|source| EmulatorError::Store { path: config.data_dir.clone(), source })?;
    Ok(state)
}

/// Fills what is new, and takes up what was left unfinished.
async fn fill(state: &State, account: &Account<'_>, others_packages: bool) -> Result<(), sqlx::Error> {
    state.store().seed(account, state.random()).await?;
    if others_packages {
        packages::seed(state, account.now - AGE).await?;
    }
    packages::resume(state).await
}

/// The simulated nodes find the emulator by its address, as anybody else does.
fn start_nodes(config: &EmulatorConfig, address: SocketAddr, cancel: CancellationToken) -> JoinHandle<()> {
    let nodes = NodesConfig {
        endpoint: format!("http://{address}"),
        region: config.region.clone(),
        data_dir: config.data_dir.clone(),
        count: config.nodes,
    };
    nodes::start(nodes, Arc::new(SystemClock), cancel)
}

/// Serves until `cancel`, and has the data folder for as long.
async fn serve(listener: TcpListener, state: State, cancel: CancellationToken, lock: Arc<Lock>) {
    let stopped = cancel.cancelled_owned();
    if let Err(error) = axum::serve(listener, router(state)).with_graceful_shutdown(stopped).await {
        tracing::error!(%error, "the emulator's server failed");
    }
    drop(lock);
}

#[cfg(test)]
mod tests;
