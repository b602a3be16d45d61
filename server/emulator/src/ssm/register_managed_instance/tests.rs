use futures::future::join_all;
use serde_json::json;
use time::Duration;

use crate::ssm::{activation_code, service_setting};
use crate::store::{NodeLimit, Refusal, Registration};
use crate::testing::{Node, START, TestEmulator, error, json_request};

#[tokio::test]
async fn a_machine_becomes_a_node_of_its_activation() {
    let emulator = TestEmulator::new().await;
    let tags = json!([{"Key": "Site", "Value": "Osaka"}]);
    let activation = emulator.activate(json!({"DefaultInstanceName": "web", "Tags": tags})).await;
    let node = Node::register(&emulator, &activation).await;
    let output = emulator.ok("DescribeInstanceInformation", json!({})).await;
    assert_eq!(
        output["InstanceInformationList"],
        json!([{
            "InstanceId": node.id,
            "PingStatus": "Online",
            "LastPingDateTime": START.unix_timestamp(),
            "ActivationId": activation.0,
            "IamRole": "BB_Hybrid_Activation",
            "RegistrationDate": START.unix_timestamp(),
            "ResourceType": "ManagedInstance",
            "Name": "web",
            "SourceId": node.id,
            "SourceType": "AWS::SSM::ManagedInstance",
        }])
    );
    let resource = json!({"ResourceType": "ManagedInstance", "ResourceId": node.id});
    assert_eq!(emulator.ok("ListTagsForResource", resource).await["TagList"], tags);
    let activations = emulator.ok("DescribeActivations", json!({})).await;
    assert_eq!(activations["ActivationList"][0]["RegistrationsCount"], 1);
}

#[tokio::test]
async fn a_wrong_code_and_an_unknown_activation_are_the_same_error() {
    let emulator = TestEmulator::new().await;
    let (id, code) = emulator.activate(json!({})).await;
    let wrong = error(&Node::try_register(&emulator, &(id, "x".repeat(20))).await);
    let unknown = "751a488c-e9c7-4539-8171-15d48f4fd90a".to_owned();
    assert_eq!(wrong.0, "InvalidActivation");
    assert_eq!(error(&Node::try_register(&emulator, &(unknown, code)).await), wrong);
}

#[tokio::test]
async fn an_expired_activation_registers_nobody() {
    let emulator = TestEmulator::new().await;
    let activation = emulator.activate(json!({"RegistrationLimit": 2})).await;
    emulator.pass(Duration::hours(24) - Duration::seconds(1));
    Node::register(&emulator, &activation).await;
    emulator.pass(Duration::seconds(1));
    assert_eq!(error(&Node::try_register(&emulator, &activation).await).0, "ActivationExpired");
}

#[tokio::test]
async fn machines_at_once_cannot_exceed_the_limit() {
    let emulator = TestEmulator::new().await;
    let activation = emulator.activate(json!({"RegistrationLimit": 3})).await;
    let answers = join_all((0..20).map(|_| Node::try_register(&emulator, &activation))).await;
    let (registered, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
    assert_eq!(registered.len(), 3);
    assert!(refused.iter().all(|answer| error(answer).0 == "RegistrationLimitExceeded"));
    let activations = emulator.ok("DescribeActivations", json!({})).await;
    assert_eq!(activations["ActivationList"][0]["RegistrationsCount"], 3);
}

#[tokio::test]
async fn the_account_has_at_most_as_many_nodes_as_its_tier_admits() {
    let emulator = TestEmulator::new().await;
    let (id, code) = emulator.activate(json!({"RegistrationLimit": 10})).await;
    let tier = async |value: &str| {
        let setting = service_setting::ACTIVATION_TIER;
        let input = json!({"SettingId": setting, "SettingValue": value});
        emulator.ok("UpdateServiceSetting", input).await;
    };
    let register = async |number: u32| {
        let registration = Registration {
            activation_id: id.clone(),
            code_sha256: activation_code::digest(&code),
            node_id: format!("mi-{number:017x}"),
            public_key: Vec::new(),
            fingerprint: String::new(),
            now: emulator.state().now(),
            account_limit: NodeLimit { most: 2, ..service_setting::HYBRID_NODES },
        };
        emulator.state().store().register(&registration).await.unwrap()
    };
    assert_eq!(register(1).await, Ok(()));
    assert_eq!(register(2).await, Ok(()));
    assert_eq!(register(3).await, Err(Refusal::AccountExhausted));
    tier("advanced").await;
    assert_eq!(register(3).await, Err(Refusal::AccountExhausted), "the change is still pending");
    emulator.pass(Duration::seconds(20));
    assert_eq!(register(3).await, Ok(()));
    tier("standard").await;
    assert_eq!(register(4).await, Err(Refusal::AccountExhausted));
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let emulator = TestEmulator::new().await;
    let activation = emulator.activate(json!({})).await;
    for key in ["AAAA", "not base64", "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"] {
        let mut input = Node::registration(&activation);
        input["PublicKey"] = json!(key);
        let answer = emulator.send(json_request("RegisterManagedInstance", &input, None)).await;
        assert_eq!(error(&answer).0, "InvalidPublicKey", "{key}");
    }
    Node::register(&emulator, &activation).await;
}

#[tokio::test]
async fn a_code_is_not_repeated_by_the_error() {
    let emulator = TestEmulator::new().await;
    let (id, _) = emulator.activate(json!({})).await;
    let answer = Node::try_register(&emulator, &(id, "tooShortToBeACode".to_owned())).await;
    assert_eq!(error(&answer).0, "ValidationException");
    assert!(!answer.body.contains("tooShort"), "{}", answer.body);
}
