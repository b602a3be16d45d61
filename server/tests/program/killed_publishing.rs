//! Killed while files are sent to S3: the next start finishes what was begun, and nothing is left behind.

use std::path::Path;
use std::time::Duration;

use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};
use axum::http::request::Parts;
use reqwest::header::{COOKIE, ORIGIN};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::gate::{Gate, console};
use crate::running::{Running, sekisho};
use crate::serve::client;

/// More than two parts of 8 MiB.
const PAYLOAD: usize = 20 << 20;
const SUBMISSION: &str = "255996e5-f42d-44c8-8fb8-eb17f76696bc";
/// An interrupted publication is taken up after some seconds.
const PATIENCE: Duration = Duration::from_secs(120);

fn is_second_part(request: &Parts, _: &[u8]) -> bool {
    request.uri.query().is_some_and(|query| query.contains("partNumber=2"))
}

/// Somebody who works with the console.
struct Publisher {
    console: Running,
    cookie: String,
}

impl Publisher {
    async fn call(&self, function: &str, arguments: &Value) -> Value {
        let url = format!("{}/api/packages/{function}", self.console.url);
        let request = client().post(url).header(COOKIE, &self.cookie).header(ORIGIN, &self.console.url);
        let answer = request.json(arguments).send().await.unwrap();
        let (status, body) = (answer.status(), answer.text().await.unwrap());
        assert_eq!(status, 200, "{function}: {body}");
        serde_json::from_str(&body).unwrap()
    }

    /// Makes a draft that can be published, and begins to publish it.
    async fn publish(&self, software: &[u8]) {
        let buckets = self.call("buckets/list", &json!({})).await;
        let draft = self.call("drafts/create", &json!({"kind": "simple", "base": null})).await;
        let id = draft["id"].as_str().unwrap();
        let announced = json!({"id": id, "file": {"file_name": "tool.deb", "size": software.len()}});
        let file = self.call("drafts/add-file", &announced).await;
        let url = format!("{}/packages/drafts/{id}/files/{}", self.console.url, file["id"].as_str().unwrap());
        let request = client().put(url).header(COOKIE, &self.cookie).header(ORIGIN, &self.console.url);
        assert_eq!(request.body(software.to_vec()).send().await.unwrap().status(), 200);
        let changes = json!([
            {"change": "details", "name": "Killed-Tool", "version_name": "1.0", "publisher": ""},
            {"change": "location", "bucket": buckets[0]["name"], "prefix": "Killed-Tool/1.0"},
        ]);
        self.call("drafts/change", &json!({"id": id, "revision": 1, "changes": changes})).await;
        let preview = self.call("drafts/preview", &json!({"id": id})).await;
        let begun = json!({"submission": SUBMISSION, "draft": id, "fingerprint": preview["fingerprint"]});
        self.call("publications/begin", &begun).await;
    }
}

fn software(folder: &Path) -> Vec<u8> {
    let tree = folder.join("tree");
    std::fs::create_dir_all(tree.join("DEBIAN")).unwrap();
    let control = "Package: tool\nVersion: 1.0\nArchitecture: amd64\n\
        Maintainer: Example <packages@example.com>\nDescription: a tool\n";
    std::fs::write(tree.join("DEBIAN/control"), control).unwrap();
    std::fs::write(tree.join("data"), vec![7; PAYLOAD]).unwrap();
    let file = folder.join("tool.deb");
    let mut build = std::process::Command::new("dpkg-deb");
    let built = build.args(["-Znone", "--root-owner-group", "--build"]).arg(&tree).arg(&file).output();
    assert!(built.unwrap().status.success());
    std::fs::read(file).unwrap()
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
    publisher.publish(&software(folder.path())).await;
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
