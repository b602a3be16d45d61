//! The embedded backend: a stand-in for AWS in this process, joined to the console by HTTP only.

use std::io;
use std::thread::JoinHandle;

use emulator::{Emulator, EmulatorConfig, EmulatorError};
use tokio::sync::oneshot;

use crate::aws::Target;

/// A stand-in with thousands of simulated nodes is busy; on threads of its own it does not slow the console down.
const THREADS: usize = 2;

/// Why the stand-in does not start.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// Another program has its port.
    #[error(
        "the embedded backend's address {0} is in use: stop the other program, or set SEKISHO_EMBEDDED_LISTEN"
    )]
    AddressInUse(std::net::SocketAddr),
    /// Anything else that the stand-in says.
    #[error(transparent)]
    Emulator(EmulatorError),
    /// The system gives no threads.
    #[error("the embedded backend's threads cannot be started: {0}")]
    Threads(io::Error),
}

impl From<EmulatorError> for EmbeddedError {
    fn from(error: EmulatorError) -> Self {
        match error {
            EmulatorError::Listen { address, source } if source.kind() == io::ErrorKind::AddrInUse => {
                Self::AddressInUse(address)
            }
            error => Self::Emulator(error),
        }
    }
}

/// A running stand-in.
#[derive(Debug)]
pub struct Embedded {
    target: Target,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Embedded {
    /// Starts it; returns once it answers.
    ///
    /// # Errors
    /// [`EmbeddedError`]: one sentence.
    pub async fn start(config: EmulatorConfig) -> Result<Self, EmbeddedError> {
        let region = config.region.clone();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(THREADS)
            .thread_name("embedded")
            .enable_all()
            .build()
            .map_err(EmbeddedError::Threads)?;
        let (stop, stopped) = oneshot::channel();
        let (started, starting) = oneshot::channel();
        let run = move || runtime.block_on(run(config, started, stopped));
        let thread = std::thread::Builder::new().name("embedded".to_owned()).spawn(run);
        let thread = thread.map_err(EmbeddedError::Threads)?;
        let address = starting.await.map_err(|_| EmbeddedError::Threads(io::ErrorKind::Other.into()))??;
        Ok(Self { target: Target::Embedded { address, region }, stop, thread })
    }

    /// How to reach it.
    #[must_use]
    pub const fn target(&self) -> &Target {
        &self.target
    }

    /// Ends it, and returns when its state is safely written.
    pub async fn stop(self) {
        // Whether it is still there to hear it makes no difference.
        let _ = self.stop.send(());
        if tokio::task::spawn_blocking(|| self.thread.join().is_ok()).await.is_ok_and(|ended_well| ended_well)
        {
            tracing::debug!("the embedded backend has ended");
        } else {
            tracing::error!("the embedded backend ended badly");
        }
    }
}

type Started = oneshot::Sender<Result<std::net::SocketAddr, EmulatorError>>;

async fn run(config: EmulatorConfig, started: Started, stopped: oneshot::Receiver<()>) {
    match Emulator::start(config).await {
        Ok(emulator) => {
            if started.send(Ok(emulator.address())).is_ok() {
                // A dropped sender means the same as a message.
                let _ = stopped.await;
            }
            emulator.stop().await;
        }
        Err(error) => {
            // Nobody waits for the answer only when the program is ending.
            let _ = started.send(Err(error));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::{Aws, Timeouts};

    fn config(folder: &tempfile::TempDir) -> EmulatorConfig {
        EmulatorConfig::new(std::net::SocketAddr::from(([127, 0, 0, 1], 0)), folder.path())
    }

    #[tokio::test]
    async fn the_console_reaches_it_until_it_is_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let embedded = Embedded::start(config(&folder)).await.unwrap();
        let target = embedded.target().clone();
        let aws = Aws::connect(&target, Timeouts::default()).await.unwrap();
        assert!(aws.caller().embedded);
        embedded.stop().await;
        assert!(Aws::connect(&target, Timeouts::default()).await.is_err());
    }

    #[tokio::test]
    async fn a_taken_port_is_said_in_one_sentence() {
        let (first_folder, second_folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = Embedded::start(config(&first_folder)).await.unwrap();
        let Target::Embedded { address, .. } = first.target() else { panic!("embedded") };
        let taken = EmulatorConfig { listen: *address, ..config(&second_folder) };
        let refused = Embedded::start(taken).await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            format!(
                "the embedded backend's address {address} is in use: stop the other program, or set SEKISHO_EMBEDDED_LISTEN"
            )
        );
        first.stop().await;
    }
}
