use serde_json::{Value, json};
use time::Duration;

use crate::testing::{Node, TestEmulator};

fn ids(output: &Value) -> Vec<String> {
    let list = output["InstanceInformationList"].as_array().unwrap();
    list.iter().map(|node| node["InstanceId"].as_str().unwrap().to_owned()).collect()
}

async fn describe(emulator: &TestEmulator, input: Value) -> Vec<String> {
    ids(&emulator.ok("DescribeInstanceInformation", input).await)
}

#[tokio::test]
async fn both_lists_of_filters_serve_but_not_together() {
    let emulator = TestEmulator::new().await;
    let node = Node::join(&emulator).await;
    node.report(&emulator, json!({})).await;
    Node::join(&emulator).await;
    let new = json!([{"Key": "PlatformTypes", "Values": ["Linux"]}]);
    let old = json!([{"key": "PlatformTypes", "valueSet": ["Linux", "Windows"]}]);
    assert_eq!(describe(&emulator, json!({"Filters": new})).await, [node.id.as_str()]);
    assert_eq!(describe(&emulator, json!({"InstanceInformationFilterList": old})).await, [node.id]);
    let both = json!({"Filters": new, "InstanceInformationFilterList": old});
    assert_eq!(emulator.error("DescribeInstanceInformation", both).await.0, "ValidationException");
}

#[tokio::test]
async fn nodes_are_found_by_tag() {
    let emulator = TestEmulator::new().await;
    let tagged = emulator.activate(json!({"Tags": [{"Key": "Env", "Value": "prod"}]})).await;
    let node = Node::register(&emulator, &tagged).await;
    Node::join(&emulator).await;
    for filter in
        [json!({"Key": "tag:Env", "Values": ["test", "prod"]}), json!({"Key": "tag-key", "Values": ["Env"]})]
    {
        assert_eq!(describe(&emulator, json!({"Filters": [filter]})).await, [node.id.as_str()]);
    }
    let other = json!({"Filters": [{"Key": "tag:Env", "Values": ["test"]}]});
    assert!(describe(&emulator, other).await.is_empty());
}

#[tokio::test]
async fn nodes_are_found_by_ping_status() {
    let emulator = TestEmulator::new().await;
    let lost = Node::join(&emulator).await;
    emulator.pass(Duration::minutes(2));
    let online = Node::join(&emulator).await;
    let by = |status: &str| json!({"Filters": [{"Key": "PingStatus", "Values": [status]}]});
    assert_eq!(describe(&emulator, by("Online")).await, [online.id]);
    assert_eq!(describe(&emulator, by("ConnectionLost")).await, [lost.id]);
    let (code, message) = emulator.error("DescribeInstanceInformation", by("Lost")).await;
    assert_eq!(code, "InvalidInstanceInformationFilterValue");
    assert!(message.contains("Lost"));
}

#[tokio::test]
async fn ten_are_a_page_unless_told_otherwise() {
    let emulator = TestEmulator::new().await;
    let activation = emulator.activate(json!({"RegistrationLimit": 12})).await;
    let mut all = Vec::new();
    for _ in 0..12 {
        all.push(Node::register(&emulator, &activation).await.id);
    }
    let first = emulator.ok("DescribeInstanceInformation", json!({})).await;
    assert_eq!(ids(&first), all[..10]);
    let rest = json!({"NextToken": first["NextToken"], "MaxResults": 5});
    assert_eq!(describe(&emulator, rest).await, all[10..]);
    let other = json!({"NextToken": first["NextToken"], "Filters": [{"Key": "IamRole", "Values": ["r"]}]});
    assert_eq!(emulator.error("DescribeInstanceInformation", other).await.0, "InvalidNextToken");
    for size in [4, 51] {
        let (code, _) = emulator.error("DescribeInstanceInformation", json!({"MaxResults": size})).await;
        assert_eq!(code, "ValidationException");
    }
}
