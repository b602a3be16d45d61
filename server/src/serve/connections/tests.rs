use std::sync::Arc;

use axum::routing::get;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::*;

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
const ENDLESS: Duration = Duration::from_secs(3600);

/// A server of one page that takes `answering` to be made.
struct OnePage {
    address: SocketAddr,
    stop: CancellationToken,
    /// The page was asked for.
    asked: Arc<Notify>,
    running: JoinHandle<Result<(), ServeError>>,
}

async fn one_page(patience: Patience, answering: Duration) -> OnePage {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(Notify::new());
    let told = Arc::clone(&asked);
    let page = move || async move {
        told.notify_one();
        tokio::time::sleep(answering).await;
        "hello"
    };
    let stop = CancellationToken::new();
    let router = Router::new().route("/", get(page));
    let running = tokio::spawn(serve_patiently(listener, router, stop.clone(), patience));
    OnePage { address, stop, asked, running }
}

/// All that arrives until the connection ends.
async fn rest(client: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // One that is given up in the middle of a request may be reset.
    let _ = client.read_to_end(&mut bytes).await;
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn who_connects_and_does_not_ask_is_given_up() {
    let patience = Patience { first_request: Duration::from_millis(50), next_request: ENDLESS };
    let OnePage { address, .. } = one_page(patience, Duration::ZERO).await;
    for said in [&b""[..], &REQUEST[..20]] {
        let mut client = TcpStream::connect(address).await.unwrap();
        client.write_all(said).await.unwrap();
        assert_eq!(rest(&mut client).await, "");
    }
}

#[tokio::test]
async fn who_does_not_ask_again_is_given_up() {
    let patience = Patience { first_request: ENDLESS, next_request: Duration::from_millis(300) };
    let OnePage { address, .. } = one_page(patience, Duration::from_millis(600)).await;
    for said in [REQUEST.to_vec(), [REQUEST, &REQUEST[..20]].concat()] {
        let mut client = TcpStream::connect(address).await.unwrap();
        client.write_all(&said).await.unwrap();
        let answers = rest(&mut client).await;
        assert_eq!(answers.matches("200 OK").count(), 1, "an answer may take its time: {answers}");
    }
}

#[tokio::test]
async fn requests_under_way_end_before_the_program_does() {
    let OnePage { address, stop, asked, running } = one_page(PATIENCE, Duration::from_millis(200)).await;
    let mut client = TcpStream::connect(address).await.unwrap();
    client.write_all(REQUEST).await.unwrap();
    asked.notified().await;
    stop.cancel();
    assert!(rest(&mut client).await.contains("200 OK"));
    running.await.unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn clients_are_asked_whether_they_are_still_there() {
    use axum_server::accept::Accept as _;

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let _client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let (connection, _) = listener.accept().await.unwrap();
    let (connection, ()) = TcpConfigAcceptor::new(sockets()).accept(connection, ()).await.unwrap();
    assert!(socket2::SockRef::from(&connection).keepalive().unwrap());
}
