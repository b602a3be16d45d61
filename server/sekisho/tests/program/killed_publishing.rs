//! Killed while files are sent to S3: the next start finishes what was begun, and nothing is left behind.

use std::time::Duration;

use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};
use axum::http::request::Parts;
use serde_json::json;
use tokio::time::timeout;

use crate::gate::{Gate, console};
use crate::publisher::{Publisher, SUBMISSION, software};
use crate::running::{Running, sekisho};

/// More than two parts of 8 MiB.
const PAYLOAD: usize = 20 << 20;
/// An interrupted publication is taken up after some seconds.
const PATIENCE: Duration = Duration::from_secs(120);

fn is_second_part(request: &Parts, _: &[u8]) -> bool {
    request.uri.query().is_some_and(|query| query.contains("partNumber=2"))
}

/// Uploads to the console's bucket that were neither completed nor given up.
async fn unfinished_uploads(stand_in: &Running) -> usize {
    let config = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(&stand_in.url)
        .force_path_style(true)
        .region(Region::new("ap-northeast-1"))
        .credentials_provider(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret", None, None, "given"))
        .build();
    let s3 = aws_sdk_s3::Client::from_conf(config);
    let buckets = s3.list_buckets().send().await.unwrap();
    let mut uploads = 0;
    for bucket in buckets.buckets() {
        let listed = s3.list_multipart_uploads().bucket(bucket.name().unwrap()).send().await.unwrap();
        uploads += listed.uploads().len();
    }
    uploads
}

#[tokio::test]
async fn in_mid_upload_the_next_start_publishes_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let stand_in = Running::start(sekisho(folder.path(), &["emulator"])).await;
    let (gate, address) = Gate::open(&stand_in.url, is_second_part).await;
    let (first, cookie) = console(folder.path(), address).await;
    let publisher = Publisher { console: first, cookie };
    gate.hold(true);
    publisher.publish(&software(folder.path(), PAYLOAD)).await;
    timeout(PATIENCE, gate.asked()).await.expect("the second part is sent");
    publisher.console.signal("KILL").await;
    assert_eq!(unfinished_uploads(&stand_in).await, 1);

    let (second, cookie) = console(folder.path(), address).await;
    gate.hold(false);
    let publisher = Publisher { console: second, cookie };
    let published = timeout(PATIENCE, async {
        loop {
            let publication = publisher.call("publications/get", &json!({"id": SUBMISSION})).await;
            match publication["stage"]["stage"].as_str().unwrap() {
                "published" => break publication,
                "failed" => panic!("{publication}"),
                _ => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    });
    let published = published.await.expect("the publication is finished");
    assert_eq!(published["stage"]["document_version"], "1");
    assert_eq!(unfinished_uploads(&stand_in).await, 0, "the broken upload was given up");
    // They go just after the publication has ended.
    let files = || std::fs::read_dir(folder.path().join("data/drafts")).unwrap().count();
    let gone = timeout(PATIENCE, async {
        while files() > 0 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    gone.await.expect("the draft's files go");
}
