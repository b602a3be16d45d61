use serde_json::{Value, json};

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
