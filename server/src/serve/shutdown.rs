//! Ending when told to: SIGTERM from a service manager, SIGINT from a terminal.

use std::io;

use tokio_util::sync::CancellationToken;

/// A token that is cancelled by the first signal.
///
/// # Errors
/// When the operating system does not let signals be waited for.
pub fn on_signal() -> io::Result<CancellationToken> {
    let token = CancellationToken::new();
    let told = signals()?;
    tokio::spawn({
        let token = token.clone();
        async move {
            told.await;
            token.cancel();
        }
    });
    Ok(token)
}

#[cfg(unix)]
fn signals() -> io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn signals() -> io::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C cannot be waited for");
            std::future::pending::<()>().await;
        }
    })
}
