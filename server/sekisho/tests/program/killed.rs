//! Killed in the middle of a refresh: what was known before is there at the next start, whole.

use std::time::Duration;

use axum::http::request::Parts;
use reqwest::header::COOKIE;
use tokio::time::timeout;

use crate::gate::{Gate, console};
use crate::running::{Running, sekisho};
use crate::serve::client;

/// One more than SSM gives in one answer.
const NODES: usize = 1001;
const PATIENCE: Duration = Duration::from_secs(60);

/// Whether the second page of the nodes is asked for.
fn is_second_page(request: &Parts, body: &[u8]) -> bool {
    let operation = request.headers.get("x-amz-target").map(|target| target.to_str().unwrap());
    operation == Some("AmazonSSM.DescribeInstanceProperties")
        && String::from_utf8_lossy(body).contains("NextToken")
}

/// The nodes that the list has, by their ids.
async fn nodes(console: &Running, cookie: &str) -> Vec<String> {
    let request = client().get(format!("{}/nodes.csv", console.url)).header(COOKIE, cookie);
    let csv = request.send().await.unwrap().text().await.unwrap();
    let ids = csv.lines().skip(1).map(|line| line.split(',').next().unwrap_or_default().to_owned());
    let mut ids: Vec<String> = ids.collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn in_mid_refresh_the_list_is_whole_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut stand_in = sekisho(folder.path(), &["emulator"]);
    stand_in.env("SEKISHO_EMBEDDED_NODES", NODES.to_string());
    let stand_in = Running::start(stand_in).await;
    let (gate, address) = Gate::open(&stand_in.url, is_second_page).await;

    let (first, cookie) = console(folder.path(), address).await;
    let all = timeout(PATIENCE, async {
        loop {
            let nodes = nodes(&first, &cookie).await;
            if nodes.len() == NODES {
                break nodes;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    let before = all.await.expect("every node is listed");

    gate.hold(true);
    // The first page of this refresh has come, the second is waited for.
    timeout(PATIENCE, gate.asked()).await.expect("the list is refreshed");
    first.signal("KILL").await;

    let (second, cookie) = console(folder.path(), address).await;
    assert_eq!(nodes(&second, &cookie).await, before, "all of the older list, at once");
    gate.hold(false);
    for running in [second, stand_in] {
        running.signal("TERM").await;
        assert_eq!(running.ended().await.0, 0);
    }
}
