use serde_json::json;

use crate::testing::{Node, TestEmulator, error};

#[tokio::test]
async fn a_node_has_none() {
    let emulator = TestEmulator::new().await;
    let node = Node::join(&emulator).await;
    let input = json!({"InstanceId": node.id, "MaxResults": 20});
    let answer = node.call(&emulator, "ListInstanceAssociations", &input).await;
    assert_eq!((answer.status, answer.json()), (200, json!({"Associations": []})));
    assert_eq!(emulator.error("ListInstanceAssociations", input).await.0, "AccessDeniedException");
}

#[tokio::test]
async fn a_node_must_exist() {
    let emulator = TestEmulator::new().await;
    let node = Node::join(&emulator).await;
    for id in ["mi-0123456789abcdef0", "i-0123456789abcdef0"] {
        let answer = node.call(&emulator, "ListInstanceAssociations", &json!({"InstanceId": id})).await;
        assert_eq!(error(&answer).0, "InvalidInstanceId");
    }
}
