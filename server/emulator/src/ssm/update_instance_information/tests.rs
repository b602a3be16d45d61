use serde_json::{Value, json};
use time::Duration;

use crate::testing::{Node, START, TestEmulator, error};

async fn only_node(emulator: &TestEmulator) -> Value {
    emulator.ok("DescribeInstanceInformation", json!({})).await["InstanceInformationList"][0].take()
}

#[tokio::test]
async fn the_short_form_comes_first_and_the_full_one_adds_to_it() {
    let emulator = TestEmulator::new().await;
    let node = Node::join(&emulator).await;
    assert_eq!(node.report(&emulator, json!({})).await.status, 200);
    emulator.pass(Duration::seconds(1));
    let full = json!({
        "AgentStatus": "Active", "ComputerName": "bbubuntu", "IPAddress": "10.0.0.4", "PlatformName": "Ubuntu",
        "PlatformVersion": "22.04", "AvailabilityZone": "", "AvailabilityZoneId": "",
        "SSMConnectionChannel": "ssmmessages",
    });
    assert_eq!(node.report(&emulator, full).await.status, 200);
    let short_again = json!({"InstanceId": node.id});
    assert_eq!(node.call(&emulator, "UpdateInstanceInformation", &short_again).await.status, 200);
    let seen = only_node(&emulator).await;
    for (member, value) in [
        ("AgentVersion", "3.3.987.0"),
        ("PlatformType", "Linux"),
        ("ComputerName", "bbubuntu"),
        ("IPAddress", "10.0.0.4"),
        ("PlatformName", "Ubuntu"),
        ("PlatformVersion", "22.04"),
    ] {
        assert_eq!(seen[member], value, "{member}");
    }
    assert_eq!(seen["LastPingDateTime"], (START + Duration::seconds(1)).unix_timestamp());
    assert_eq!(seen["IsLatestVersion"], false);
}

#[tokio::test]
async fn a_node_that_stops_reporting_loses_its_connection_and_finds_it_again() {
    let emulator = TestEmulator::new().await;
    let node = Node::join(&emulator).await;
    node.report(&emulator, json!({})).await;
    emulator.pass(Duration::seconds(90));
    assert_eq!(only_node(&emulator).await["PingStatus"], "Online");
    emulator.pass(Duration::seconds(1));
    assert_eq!(only_node(&emulator).await["PingStatus"], "ConnectionLost");
    node.report(&emulator, json!({})).await;
    assert_eq!(only_node(&emulator).await["PingStatus"], "Online");
}

#[tokio::test]
async fn only_the_nodes_own_unexpired_credentials_speak_for_it() {
    let emulator = TestEmulator::new().await;
    let (node, other) = (Node::join(&emulator).await, Node::join(&emulator).await);
    let input = json!({"InstanceId": node.id});
    let answer = other.call(&emulator, "UpdateInstanceInformation", &input).await;
    assert_eq!(error(&answer).0, "AccessDeniedException");
    assert_eq!(emulator.error("UpdateInstanceInformation", input).await.0, "AccessDeniedException");
    emulator.pass(Duration::hours(1));
    assert_eq!(error(&node.report(&emulator, json!({})).await).0, "AccessDeniedException");
}

#[tokio::test]
async fn a_deregistered_node_does_not_exist() {
    let emulator = TestEmulator::new().await;
    let node = Node::join(&emulator).await;
    emulator.ok("DeregisterManagedInstance", json!({"InstanceId": node.id})).await;
    assert_eq!(error(&node.report(&emulator, json!({})).await).0, "InvalidInstanceId");
}

#[tokio::test]
async fn an_ec2_instance_is_managed_by_reporting() {
    let emulator = TestEmulator::new().await;
    let report =
        json!({"InstanceId": "i-0238e4ae9600e8fdd", "AgentVersion": "3.3.3050.0", "PlatformType": "Linux"});
    emulator.ok("UpdateInstanceInformation", report).await;
    assert_eq!(
        only_node(&emulator).await,
        json!({
            "InstanceId": "i-0238e4ae9600e8fdd",
            "PingStatus": "Online",
            "LastPingDateTime": START.unix_timestamp(),
            "AgentVersion": "3.3.3050.0",
            "IsLatestVersion": true,
            "PlatformType": "Linux",
            "ResourceType": "EC2Instance",
            "SourceId": "i-0238e4ae9600e8fdd",
            "SourceType": "AWS::EC2::Instance",
        })
    );
}

#[tokio::test]
async fn what_an_agent_says_is_held_to_the_model_and_addresses_are_not_repeated() {
    let emulator = TestEmulator::new().await;
    let node = Node::join(&emulator).await;
    for (member, value) in [("AgentVersion", "3"), ("PlatformType", "Plan9"), ("IPAddress", &"1".repeat(47))]
    {
        let answer = node.report(&emulator, json!({member: value})).await;
        assert_eq!(error(&answer).0, "ValidationException", "{member}");
        assert!(member != "IPAddress" || !answer.body.contains("1111"), "{}", answer.body);
    }
}
