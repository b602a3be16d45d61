//! Connections of clients: answered until the program is told to end, and given up when the client says nothing or has
//! vanished.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum_server::accept::{TcpConfigAcceptor, TcpKeepaliveConfig, TcpSocketConfig};
use axum_server::{Handle, Server};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::ServeError;

/// How long requests may take to end when the program is told to.
const DRAIN: Duration = Duration::from_secs(10);
/// After such a silence a client is asked whether it is still there.
const SILENCE: Duration = Duration::from_secs(60);
/// Between two such questions; the system gives up after some in vain, which are nine on Linux.
const AGAIN: Duration = Duration::from_secs(15);

/// How long clients may take to ask; each of them holds a file descriptor meanwhile.
#[derive(Clone, Copy)]
struct Patience {
    /// From connecting to the end of the first request's header.
    first_request: Duration,
    /// From an answer to the end of the next request's header.
    next_request: Duration,
}

/// Proxies keep a connection that nobody uses for up to a minute: it must not end under a request that they send on it.
const PATIENCE: Patience =
    Patience { first_request: Duration::from_secs(30), next_request: Duration::from_secs(75) };

/// Answers requests until told to stop, then gives those under way some time to end.
pub async fn serve(listener: TcpListener, router: Router, stop: CancellationToken) -> Result<(), ServeError> {
    serve_patiently(listener, router, stop, PATIENCE).await
}

async fn serve_patiently(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
    patience: Patience,
) -> Result<(), ServeError> {
    let handle = Handle::new();
    let mut server = Server::<SocketAddr>::from_listener(listener)
        .acceptor(TcpConfigAcceptor::new(sockets()))
        .first_request_timeout(patience.first_request)
        .accept_error_handler(|_, error| tracing::warn!(%error, "a connection could not be taken"))
        .handle(handle.clone());
    server.http_builder().http1().header_read_timeout(patience.next_request);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let drained = async {
        stop.cancelled().await;
        handle.graceful_shutdown(None);
        tokio::time::sleep(DRAIN).await;
    };
    tokio::select! {
        ended = server.serve(service) => ended.map_err(ServeError::Server),
        () = drained => {
            tracing::warn!("some requests did not end in time");
            handle.shutdown();
            Ok(())
        }
    }
}

/// A machine that was switched off or has lost its network says nothing: its connection ends when nobody answers at the
/// other end. And what is sent is sent at once: live changes are small.
fn sockets() -> TcpSocketConfig {
    TcpSocketConfig::new().nodelay(true).keepalive(TcpKeepaliveConfig::new().time(SILENCE).interval(AGAIN))
}

#[cfg(test)]
mod tests;
