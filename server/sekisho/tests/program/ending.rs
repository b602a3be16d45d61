//! Being told to end while a request is under way.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::running::{Running, sekisho};

#[tokio::test]
async fn a_second_signal_does_not_wait_for_requests() {
    let folder = tempfile::tempdir().unwrap();
    let console = Running::start(sekisho(folder.path(), &["serve"])).await;
    let address = console.url.trim_start_matches("http://").to_owned();
    let mut request = TcpStream::connect(&address).await.unwrap();
    // The rest of the form never comes.
    let head = format!(
        "POST /login HTTP/1.1\r\nHost: {address}\r\nOrigin: {}\r\nExpect: 100-continue\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\n",
        console.url
    );
    request.write_all(head.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    request.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 100");

    console.signal("TERM").await;
    let refused = async { while TcpStream::connect(&address).await.is_ok() {} };
    timeout(Duration::from_secs(60), refused).await.unwrap();
    console.signal("INT").await;
    assert_eq!(console.ended().await.0, 130);
}
