use serde_json::json;

use crate::testing::{Node, TestEmulator};

#[tokio::test]
async fn a_node_gets_another_role_that_ssm_may_assume() {
    let emulator = TestEmulator::new().await;
    let node = Node::join(&emulator).await;
    let input = |role: &str| json!({"InstanceId": node.id, "IamRole": role});
    emulator.ok("UpdateManagedInstanceRole", input("SSMServerRoleWithoutPolicy")).await;
    let nodes = emulator.ok("DescribeInstanceInformation", json!({})).await;
    assert_eq!(nodes["InstanceInformationList"][0]["IamRole"], "SSMServerRoleWithoutPolicy");
    let (code, message) = emulator.error("UpdateManagedInstanceRole", input("EC2InstanceRole")).await;
    assert_eq!(code, "ValidationException");
    assert!(message.starts_with("Not existing role:"), "{message}");
}

#[tokio::test]
async fn only_registered_nodes_have_one() {
    let emulator = TestEmulator::new().await;
    let role = "BB_Hybrid_Activation";
    let unknown = json!({"InstanceId": "mi-0123456789abcdef0", "IamRole": role});
    assert_eq!(emulator.error("UpdateManagedInstanceRole", unknown).await.0, "InvalidInstanceId");
    let ec2 = json!({"InstanceId": "i-0238e4ae9600e8fdd", "IamRole": role});
    assert_eq!(emulator.error("UpdateManagedInstanceRole", ec2).await.0, "ValidationException");
}
