//! Ending when told to: SIGTERM from a service manager, SIGINT from a terminal.

use std::io;

use tokio_util::sync::CancellationToken;

/// A token that is cancelled by the first signal. The second ends the program at once.
///
/// # Errors
/// When the operating system does not let signals be waited for.
pub fn on_signal() -> io::Result<CancellationToken> {
    let token = CancellationToken::new();
    let mut signals = Signals::new()?;
    tokio::spawn({
        let token = token.clone();
        async move {
            signals.next().await;
            token.cancel();
            // Whoever cannot wait for requests to end would otherwise have to kill it.
            let code = signals.next().await;
            tracing::warn!("told to end again: ending at once");
            std::process::exit(code);
        }
    });
    Ok(token)
}

/// What tells the program to end.
#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Waits for one. Returns the exit code of a program that it ends: 128 and its number.
    async fn next(&mut self) -> i32 {
        tokio::select! {
            _ = self.terminate.recv() => 143,
            _ = self.interrupt.recv() => 130,
        }
    }
}

/// What tells the program to end.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[expect(clippy::unnecessary_wraps, reason = "as where signals have to be asked for")]
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    /// Waits for Ctrl-C. Returns the exit code of a program that it ends.
    async fn next(&mut self) -> i32 {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C cannot be waited for");
            std::future::pending::<()>().await;
        }
        130
    }
}
