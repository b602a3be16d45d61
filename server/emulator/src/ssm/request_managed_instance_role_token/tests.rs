use axum::body::Body;
use serde_json::json;
use time::Duration;

use crate::testing::{Node, START, TestEmulator, authorization, error, json_request};

async fn registered(emulator: &TestEmulator) -> Node {
    let activation = emulator.activate(json!({})).await;
    Node::register(emulator, &activation).await
}

#[tokio::test]
async fn the_holder_of_the_key_gets_credentials_for_an_hour() {
    let emulator = TestEmulator::new().await;
    let node = registered(&emulator).await;
    let answer = node.request_token(&emulator, Node::FINGERPRINT).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let output = answer.json();
    assert!(output["AccessKeyId"].as_str().unwrap().starts_with("ASIA"));
    assert!(!output["SecretAccessKey"].as_str().unwrap().is_empty());
    assert!(!output["SessionToken"].as_str().unwrap().is_empty());
    assert_eq!(output["TokenExpirationDate"], (START + Duration::hours(1)).unix_timestamp());
    assert_eq!(output["UpdateKeyPair"], false);
}

#[tokio::test]
async fn another_machine_with_the_key_has_another_fingerprint() {
    let emulator = TestEmulator::new().await;
    let node = registered(&emulator).await;
    let answer = node.request_token(&emulator, "another").await;
    assert_eq!(error(&answer).0, "MachineFingerprintDoesNotMatch");
}

#[tokio::test]
async fn another_key_is_denied() {
    let emulator = TestEmulator::new().await;
    let node = Node { key: 1, ..registered(&emulator).await };
    let answer = node.request_token(&emulator, Node::FINGERPRINT).await;
    assert_eq!(error(&answer).0, "AccessDeniedException");
}

#[tokio::test]
async fn the_signature_covers_the_body() {
    let emulator = TestEmulator::new().await;
    let node = registered(&emulator).await;
    let operation = "RequestManagedInstanceRoleToken";
    let mut request = node.signed(&emulator, operation, &json!({"Fingerprint": "another"}));
    *request.body_mut() = Body::from(json!({"Fingerprint": Node::FINGERPRINT}).to_string());
    assert_eq!(error(&emulator.send(request).await).0, "AccessDeniedException");
}

#[tokio::test]
async fn an_old_signature_is_denied() {
    let emulator = TestEmulator::new().await;
    let node = registered(&emulator).await;
    let input = json!({"Fingerprint": Node::FINGERPRINT});
    let request = node.signed(&emulator, "RequestManagedInstanceRoleToken", &input);
    emulator.pass(Duration::minutes(16));
    assert_eq!(error(&emulator.send(request).await).0, "AccessDeniedException");
}

#[tokio::test]
async fn a_node_that_does_not_exist_or_is_none_gets_nothing() {
    let emulator = TestEmulator::new().await;
    let node = Node { id: "mi-0123456789abcdef0".to_owned(), ..registered(&emulator).await };
    let answer = node.request_token(&emulator, Node::FINGERPRINT).await;
    let expected =
        ("InvalidInstanceId".to_owned(), "Not existing InstanceId mi-0123456789abcdef0".to_owned());
    assert_eq!(error(&answer), expected);
    let input = json!({"Fingerprint": Node::FINGERPRINT});
    let person = authorization("AKIAEXAMPLE", "ssm");
    let request = json_request("RequestManagedInstanceRoleToken", &input, Some(&person));
    assert_eq!(error(&emulator.send(request).await).0, "AccessDeniedException");
}
