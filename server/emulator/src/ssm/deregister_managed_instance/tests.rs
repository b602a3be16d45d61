use serde_json::json;

use crate::testing::{Node, TestEmulator, error};

#[tokio::test]
async fn the_node_is_gone_and_the_activation_still_counts_it() {
    let emulator = TestEmulator::new().await;
    let node = Node::join(&emulator).await;
    emulator.ok("DeregisterManagedInstance", json!({"InstanceId": node.id})).await;
    let nodes = emulator.ok("DescribeInstanceProperties", json!({})).await;
    assert_eq!(nodes["InstanceProperties"], json!([]));
    let again = emulator.error("DeregisterManagedInstance", json!({"InstanceId": node.id})).await;
    assert_eq!(again.0, "InvalidInstanceId");
    let token = node.request_token(&emulator, Node::FINGERPRINT).await;
    assert_eq!(error(&token).0, "InvalidInstanceId");
    let activations = emulator.ok("DescribeActivations", json!({})).await;
    assert_eq!(activations["ActivationList"][0]["RegistrationsCount"], 1);
}

#[tokio::test]
async fn ec2_instances_are_not_registered() {
    let emulator = TestEmulator::new().await;
    let input = json!({"InstanceId": "i-0238e4ae9600e8fdd"});
    assert_eq!(emulator.error("DeregisterManagedInstance", input).await.0, "ValidationException");
}
