mod lists;
mod races;
mod shares;

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use time::Duration;

use crate::store::{NewDocument, NewVersion, Source, Which};
use crate::testing::TestEmulator;

const BUCKET: &str = "sekisho-packages-123456789012";

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn manifest(version: &str, sha256: &str) -> String {
    json!({
        "schemaVersion": "2.0",
        "version": version,
        "packages": {"ubuntu": {"_any": {"x86_64": {"file": "tool.zip"}}}},
        "files": {"tool.zip": {"checksums": {"sha256": sha256}}},
    })
    .to_string()
}

fn input(name: &str, version: &str, sha256: &str) -> Value {
    json!({
        "Name": name,
        "Content": manifest(version, sha256),
        "DocumentType": "Package",
        "VersionName": version,
        "Attachments": [{"Key": "SourceUrl", "Values": [format!("s3://{BUCKET}/{name}")]}],
    })
}

/// A document in a version, once its files have been fetched or not.
async fn settled(emulator: &TestEmulator, name: &str, version: &str) -> Value {
    loop {
        let input = json!({"Name": name, "DocumentVersion": version});
        let document = emulator.ok("DescribeDocument", input).await["Document"].take();
        if !["Creating", "Updating"].contains(&document["Status"].as_str().unwrap()) {
            return document;
        }
        tokio::task::yield_now().await;
    }
}

async fn publish(emulator: &TestEmulator, name: &str) -> Value {
    emulator.put_object(&format!("{BUCKET}/{name}/tool.zip"), b"one").await;
    let made = emulator.ok("CreateDocument", input(name, "1.0", &sha256(b"one"))).await;
    assert_eq!(made["DocumentDescription"]["Status"], "Creating");
    let document = settled(emulator, name, "1").await;
    assert_eq!(document["Status"], "Active", "{document}");
    document
}

async fn add_version(emulator: &TestEmulator, name: &str, version: &str, body: &[u8]) -> Value {
    emulator.put_object(&format!("{BUCKET}/{name}/tool.zip"), body).await;
    let mut input = input(name, version, &sha256(body));
    input.as_object_mut().unwrap().remove("DocumentType");
    input["DocumentVersion"] = json!("$LATEST");
    emulator.ok("UpdateDocument", input).await["DocumentDescription"].take()
}

/// A version for the store itself, in this status.
fn stored_version(status: &'static str) -> NewVersion {
    NewVersion {
        version_name: None,
        display_name: None,
        content: manifest("1", ""),
        hash: String::new(),
        platform_types: vec![],
        status,
        sources: vec![],
        now: 0,
    }
}

/// Puts a document of the account into the store itself, with one version in this status; gives its id.
async fn store_document(emulator: &TestEmulator, name: &str, status: &'static str) -> i64 {
    let document = NewDocument {
        access: "Self",
        account: "123456789012",
        owner: "123456789012",
        name,
        target_type: None,
        tags: &[],
        limit: 500,
    };
    let store = emulator.state().store();
    store.insert_document(&document, &stored_version(status)).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_package_is_active_once_its_files_are_kept() {
    let emulator = TestEmulator::new().await;
    let document = publish(&emulator, "Tool").await;
    assert_eq!(document["PlatformTypes"], json!(["Linux"]));
    assert_eq!(document["AttachmentsInformation"], json!([{"Name": "tool.zip"}]));
    let request = Request::delete(format!("/{BUCKET}/Tool/tool.zip"))
        .header("authorization", crate::testing::authorization("A", "s3"));
    assert_eq!(emulator.send(request.body(Body::empty()).unwrap()).await.status, 204);

    let got = emulator.ok("GetDocument", json!({"Name": "Tool"})).await;
    let content = &got["AttachmentsContent"][0];
    assert_eq!(content["Hash"], sha256(b"one"));
    let url = content["Url"].as_str().unwrap().strip_prefix("http://localhost").unwrap().to_owned();
    let follow = async |url: &str| emulator.send(Request::get(url).body(Body::empty()).unwrap()).await;
    assert_eq!(follow(&url).await.body, "one");
    assert_eq!(follow(&url.replace("tool.zip", "other.zip")).await.status, 403);
    assert_eq!(follow(&url.replace("X-Amz-Expires=900", "X-Amz-Expires=9000")).await.status, 403);
    emulator.pass(Duration::minutes(16));
    assert_eq!(follow(&url).await.status, 403);
}

#[tokio::test]
async fn a_failure_names_its_cause_and_keeps_nothing() {
    let emulator = TestEmulator::new().await;
    emulator.put_object(&format!("{BUCKET}/Wrong/tool.zip"), b"one").await;
    for (name, version, sum, words) in [
        (
            "Missing",
            "1",
            sha256(b"one"),
            "s3://sekisho-packages-123456789012/Missing/tool.zip does not exist",
        ),
        ("Wrong", "1", sha256(b"two"), "The SHA-256 checksum of the attachment 'tool.zip' is"),
        ("Short", "1", "abc".to_owned(), "no SHA-256 checksum"),
    ] {
        emulator.ok("CreateDocument", input(name, version, &sum)).await;
        let document = settled(&emulator, name, "1").await;
        assert_eq!(document["Status"], "Failed");
        let information = document["StatusInformation"].as_str().unwrap();
        assert!(information.contains(words), "{information}");
    }
    assert_eq!(
        std::fs::read_dir(emulator.folder().join("blobs")).unwrap().count(),
        1,
        "the user's own object"
    );
}

#[tokio::test]
async fn what_was_left_unfinished_is_finished_by_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = TestEmulator::open(folder.path()).await;
    emulator.put_object(&format!("{BUCKET}/Tool/tool.zip"), b"one").await;
    publish(&emulator, "Tool").await;
    let store = emulator.state().store();
    let document = store.document("123456789012", "Tool").await.unwrap().unwrap();
    let source =
        Source { key: "AttachmentReference".to_owned(), value: "Tool/1/tool.zip".to_owned(), name: None };
    let content = manifest("2.0", &sha256(b"one"));
    let new = NewVersion { content, sources: vec![source], ..stored_version("Updating") };
    assert_eq!(store.add_version(document.id, &Which::Latest, &new, 25).await.unwrap(), Ok(2));
    let again = TestEmulator::open(folder.path()).await;
    assert_eq!(settled(&again, "Tool", "2").await["Status"], "Active");
}

#[tokio::test]
async fn versions_are_added_made_default_and_deleted() {
    let emulator = TestEmulator::new().await;
    publish(&emulator, "Tool").await;
    assert_eq!(add_version(&emulator, "Tool", "2.0", b"two").await["Status"], "Updating");
    let second = settled(&emulator, "Tool", "$LATEST").await;
    assert_eq!((&second["Status"], &second["DefaultVersion"]), (&json!("Active"), &json!("1")));
    let changed = json!({"Name": "Tool", "DocumentVersion": "2"});
    emulator.ok("UpdateDocumentDefaultVersion", changed).await;
    let default = emulator.ok("DescribeDocument", json!({"Name": "Tool"})).await;
    assert_eq!(default["Document"]["VersionName"], "2.0");
    let refused = emulator.error("DeleteDocument", json!({"Name": "Tool", "VersionName": "2.0"})).await;
    assert_eq!(refused.0, "InvalidDocumentOperation");
    emulator.ok("DeleteDocument", json!({"Name": "Tool", "VersionName": "1.0"})).await;
    let listed = emulator.ok("ListDocumentVersions", json!({"Name": "Tool"})).await;
    assert_eq!(listed["DocumentVersions"].as_array().unwrap().len(), 1);
    add_version(&emulator, "Tool", "3.0", b"three").await;
    settled(&emulator, "Tool", "3").await;
    emulator.ok("DeleteDocument", json!({"Name": "Tool"})).await;
    assert_eq!(emulator.error("DescribeDocument", json!({"Name": "Tool"})).await.0, "InvalidDocument");
    assert_eq!(
        std::fs::read_dir(emulator.folder().join("blobs")).unwrap().count(),
        1,
        "the user's own object"
    );
}

#[tokio::test]
async fn the_same_content_or_version_name_is_refused() {
    let emulator = TestEmulator::new().await;
    publish(&emulator, "Tool").await;
    let mut same = input("Tool", "1.0", &sha256(b"one"));
    same.as_object_mut().unwrap().remove("DocumentType");
    assert_eq!(emulator.error("UpdateDocument", same.clone()).await.0, "DuplicateDocumentContent");
    same["Content"] = json!(manifest("1.0", &sha256(b"two")));
    assert_eq!(emulator.error("UpdateDocument", same.clone()).await.0, "DuplicateDocumentVersionName");
    same["DocumentVersion"] = json!("7");
    assert_eq!(emulator.error("UpdateDocument", same).await.0, "InvalidDocumentVersion");
    let again = input("Tool", "9", &sha256(b"one"));
    assert_eq!(emulator.error("CreateDocument", again).await.0, "DocumentAlreadyExists");
}

#[tokio::test]
async fn reserved_names_and_what_is_no_manifest_are_refused() {
    let emulator = TestEmulator::new().await;
    for name in ["AWS-Tool", "aws", "AmazonTool", "amzn-tool", "AWSEC2-x", "AWSSupport-x"] {
        let (code, message) = emulator.error("CreateDocument", input(name, "1", "")).await;
        assert_eq!(
            (&*code, message.contains("reserved")),
            ("ValidationException", true),
            "{name}: {message}"
        );
    }
    for (content, code) in [
        ("{".to_owned(), "InvalidDocumentContent"),
        (r#"{"schemaVersion":"0.3"}"#.to_owned(), "InvalidDocumentSchemaVersion"),
        ("x".repeat(64 * 1024 + 1), "MaxDocumentSizeExceeded"),
    ] {
        let mut input = input("Tool", "1", "");
        input["Content"] = json!(content);
        assert_eq!(emulator.error("CreateDocument", input).await.0, code);
    }
}

#[tokio::test]
async fn a_file_has_at_most_one_gigabyte() {
    let emulator = TestEmulator::new().await;
    let blob = |size| crate::store::Blob { file: format!("of {size} bytes"), size };
    let object = crate::store::NewObject {
        bucket: BUCKET.to_owned(),
        key: "Tool/tool.zip".to_owned(),
        etag: String::new(),
        headers: Default::default(),
        metadata: Default::default(),
        checksum_algorithm: "CRC32",
        checksum: String::new(),
        checksum_type: "COMPOSITE",
        now: 0,
        blobs: vec![blob(1024 * 1024 * 1024), blob(1)],
    };
    emulator.state().store().put_object(&object, None).await.unwrap();
    emulator.ok("CreateDocument", input("Tool", "1", &sha256(b"one"))).await;
    let document = settled(&emulator, "Tool", "1").await;
    assert_eq!(document["StatusInformation"], "The attachment 'tool.zip' is larger than 1 GB.");
}

#[tokio::test]
async fn an_account_has_so_many_packages() {
    let emulator = TestEmulator::with_packages().await;
    for number in 0..500 {
        store_document(&emulator, &format!("Tool-{number}"), "Active").await;
    }
    let refused = emulator.error("CreateDocument", input("One-More", "1", "")).await;
    assert_eq!(refused.0, "DocumentLimitExceeded");
}
