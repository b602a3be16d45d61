use serde_json::json;

use crate::testing::{Node, TestEmulator, error};

#[tokio::test]
async fn nothing_registers_with_it_any_more_and_its_nodes_stay() {
    let emulator = TestEmulator::new().await;
    let activation = emulator.activate(json!({"RegistrationLimit": 2})).await;
    let node = Node::register(&emulator, &activation).await;
    emulator.ok("DeleteActivation", json!({"ActivationId": activation.0})).await;
    assert_eq!(error(&Node::try_register(&emulator, &activation).await).0, "InvalidActivation");
    let nodes = emulator.ok("DescribeInstanceInformation", json!({})).await;
    assert_eq!(nodes["InstanceInformationList"][0]["InstanceId"], node.id);
    assert_eq!(emulator.ok("DescribeActivations", json!({})).await["ActivationList"], json!([]));
}

#[tokio::test]
async fn one_that_does_not_exist_cannot_be_deleted() {
    let emulator = TestEmulator::new().await;
    let id = "751a488c-e9c7-4539-8171-15d48f4fd90a";
    assert_eq!(emulator.error("DeleteActivation", json!({"ActivationId": id})).await.0, "InvalidActivation");
    let (code, message) = emulator.error("DeleteActivation", json!({"ActivationId": "nonsense"})).await;
    assert_eq!(code, "ValidationException");
    assert!(message.contains("'activationId'"), "{message}");
}
