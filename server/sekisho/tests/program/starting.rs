//! While it starts: what the environment says of proxies, and being told to end.

use std::time::Duration;

use tokio::net::TcpListener;
use tokio::time::timeout;

use crate::running::{Running, sekisho, signal};

#[tokio::test]
async fn the_stand_in_is_not_looked_for_behind_a_proxy() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = sekisho(folder.path(), &["serve"]);
    for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"] {
        command.env(variable, "http://127.0.0.1:9");
    }
    let console = Running::start(command).await;
    console.signal("TERM").await;
    assert_eq!(console.ended().await.0, 0);
}

#[tokio::test]
async fn a_signal_ends_it_while_aws_stays_silent() {
    let folder = tempfile::tempdir().unwrap();
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut command = sekisho(folder.path(), &["serve", "--backend", "aws"]);
    command
        .env("AWS_ENDPOINT_URL", format!("http://{}", silent.local_addr().unwrap()))
        .env("AWS_REGION", "ap-northeast-1")
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "secret");
    let child = command.spawn().unwrap();
    let asked = timeout(Duration::from_secs(60), silent.accept()).await.unwrap().unwrap();
    signal(&child, "TERM").await;
    let output = timeout(Duration::from_secs(60), child.wait_with_output()).await.unwrap().unwrap();
    drop(asked);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
}
