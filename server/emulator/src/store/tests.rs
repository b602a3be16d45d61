use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Blob, NewDocument, NewObject, NewVersion, Put, Source, Store};
use crate::packages;
use crate::testing::{Node, TestEmulator};

/// Everything that can be read of an account.
async fn everything(emulator: &TestEmulator, node: &str) -> Vec<Value> {
    let resource = json!({"ResourceType": "ManagedInstance", "ResourceId": node});
    let setting = json!({"SettingId": "/ssm/managed-instance/activation-tier"});
    vec![
        emulator.ok("DescribeActivations", json!({})).await,
        emulator.ok("DescribeInstanceInformation", json!({})).await,
        emulator.ok("DescribeInstanceProperties", json!({})).await,
        emulator.ok("ListTagsForResource", resource).await,
        emulator.ok("GetServiceSetting", setting).await,
        json!(roles(emulator).await),
    ]
}

async fn roles(emulator: &TestEmulator) -> String {
    let answer = emulator.query("iam", "ListRoles", &[]).await;
    answer.element("Roles").unwrap().to_owned()
}

#[tokio::test]
async fn a_reopened_account_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = TestEmulator::open(folder.path()).await;
    let activation =
        emulator.activate(json!({"RegistrationLimit": 2, "Tags": [{"Key": "k", "Value": "v"}]})).await;
    let mut node = Node::register(&emulator, &activation).await;
    let token = node.request_token(&emulator, Node::FINGERPRINT).await.json();
    node.access_key_id = token["AccessKeyId"].as_str().unwrap().to_owned();
    node.report(&emulator, json!({"ComputerName": "h"})).await;
    let tier = json!({"SettingId": "/ssm/managed-instance/activation-tier", "SettingValue": "advanced"});
    emulator.ok("UpdateServiceSetting", tier).await;
    let before = everything(&emulator, &node.id).await;

    // Not closed: what was answered must be in the files, as after a kill.
    let again = TestEmulator::open(folder.path()).await;
    assert_eq!(everything(&again, &node.id).await, before);
    assert_eq!(node.report(&again, json!({})).await.status, 200, "credentials outlive a restart");
    Node::register(&again, &activation).await;
}

#[tokio::test]
async fn a_page_token_outlives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = TestEmulator::open(folder.path()).await;
    for _ in 0..2 {
        emulator.activate(json!({})).await;
    }
    let first = emulator.ok("DescribeActivations", json!({"MaxResults": 1})).await;
    let again = TestEmulator::open(folder.path()).await;
    let second = again.ok("DescribeActivations", json!({"NextToken": first["NextToken"]})).await;
    assert_ne!(second["ActivationList"][0]["ActivationId"], first["ActivationList"][0]["ActivationId"]);
}

/// Puts a version into the store whose one file is to be fetched from another document; gives the document's id.
async fn unfinished(store: &Store) -> i64 {
    let document = NewDocument {
        access: "Self",
        account: "123456789012",
        owner: "123456789012",
        name: "Tool",
        target_type: None,
        tags: &[],
        limit: 1,
    };
    let content = json!({
        "schemaVersion": "2.0",
        "version": "1",
        "packages": {"_any": {"_any": {"_any": {"file": "tool.zip"}}}},
        "files": {"tool.zip": {"checksums": {"sha256": "0".repeat(64)}}},
    });
    let source =
        Source { key: "AttachmentReference".to_owned(), value: "Other/1/tool.zip".to_owned(), name: None };
    let version = NewVersion {
        version_name: None,
        display_name: None,
        content: content.to_string(),
        hash: String::new(),
        platform_types: vec![],
        status: "Creating",
        sources: vec![source],
        now: 0,
    };
    store.insert_document(&document, &version).await.unwrap().unwrap()
}

/// The status of its version, and what is told of it.
async fn status(store: &Store, document: i64) -> (String, Option<String>) {
    sqlx::query_as("SELECT status, status_information FROM document_versions WHERE document_id = ?")
        .bind(document)
        .fetch_one(&store.write)
        .await
        .unwrap()
}

#[tokio::test]
async fn what_a_stop_interrupts_is_left_to_the_next_start() {
    let emulator = TestEmulator::new().await;
    let store = emulator.state().store();
    let document = unfinished(store).await;
    store.read.close().await;
    packages::fetch(emulator.state().clone(), document, 1).await;
    assert_eq!(status(store, document).await, ("Creating".to_owned(), None));
}

#[tokio::test]
async fn a_failure_of_the_store_is_not_told_as_a_missing_document() {
    let emulator = TestEmulator::new().await;
    let store = emulator.state().store();
    let document = unfinished(store).await;
    sqlx::query("ALTER TABLE documents RENAME TO elsewhere").execute(&store.write).await.unwrap();
    packages::fetch(emulator.state().clone(), document, 1).await;
    let (status, information) = status(store, document).await;
    assert_eq!(status, "Failed");
    assert!(information.unwrap().contains("internal error"));
}

#[tokio::test]
async fn an_object_is_read_with_its_own_blobs() {
    let emulator = TestEmulator::new().await;
    let store = emulator.state().store();
    let write = async |round: i64| {
        let blobs = (0..=round % 3).map(|part| Blob { file: format!("{round}-{part}"), size: round + 1 });
        let object = NewObject {
            bucket: "sekisho-packages-123456789012".to_owned(),
            key: "k".to_owned(),
            etag: String::new(),
            headers: BTreeMap::new(),
            metadata: BTreeMap::new(),
            checksum_algorithm: "CRC32",
            checksum: String::new(),
            checksum_type: "FULL_OBJECT",
            now: 0,
            blobs: blobs.collect(),
        };
        assert!(matches!(store.put_object(&object, None).await.unwrap(), Put::Done(_)));
    };
    let writing = async {
        for round in 0..100 {
            write(round).await;
        }
    };
    let reading = async {
        for _ in 0..400 {
            if let Some((object, blobs)) = store.object("sekisho-packages-123456789012", "k").await.unwrap() {
                assert_eq!(blobs.iter().map(|blob| blob.size).sum::<i64>(), object.size);
            }
        }
    };
    tokio::join!(writing, reading);
}
