//! Connections of clients: answered until the program is told to end, and given up when the client has vanished.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::serve::{ListenerExt as _, TapIo};
use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use super::ServeError;

/// How long requests may take to end when the program is told to.
const DRAIN: Duration = Duration::from_secs(10);
/// After such a silence a client is asked whether it is still there.
const SILENCE: Duration = Duration::from_secs(60);
/// Between two such questions; the system gives up after some in vain, which are nine on Linux.
const AGAIN: Duration = Duration::from_secs(15);

/// Answers requests until told to stop, then gives those under way some time to end.
pub async fn serve(listener: TcpListener, router: Router, stop: CancellationToken) -> Result<(), ServeError> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server =
        axum::serve(watched(listener), service).with_graceful_shutdown(stop.clone().cancelled_owned());
    let drained = async {
        stop.cancelled().await;
        tokio::time::sleep(DRAIN).await;
    };
    tokio::select! {
        ended = async { server.await } => ended.map_err(ServeError::Server),
        () = drained => {
            tracing::warn!("some requests did not end in time");
            Ok(())
        }
    }
}

/// Connections that end when nobody is at the other end any more: a machine that was switched off or has lost its network
/// says nothing, and each such client would hold a file descriptor for good.
fn watched(listener: TcpListener) -> TapIo<TcpListener, fn(&mut TcpStream)> {
    listener.tap_io(watch as fn(&mut TcpStream))
}

fn watch(connection: &mut TcpStream) {
    let questions = TcpKeepalive::new().with_time(SILENCE).with_interval(AGAIN);
    if let Err(error) = SockRef::from(&*connection).set_tcp_keepalive(&questions) {
        tracing::debug!(%error, "a client that vanishes will not be noticed");
    }
}

#[cfg(test)]
mod tests {
    use axum::serve::Listener as _;

    use super::*;

    #[tokio::test]
    async fn clients_are_asked_whether_they_are_still_there() {
        let mut listener = watched(TcpListener::bind("127.0.0.1:0").await.unwrap());
        let address = listener.local_addr().unwrap();
        let _client = TcpStream::connect(address).await.unwrap();
        let (connection, _) = listener.accept().await;
        assert!(SockRef::from(&connection).keepalive().unwrap());
    }
}
