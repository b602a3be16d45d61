use serde_json::json;

use crate::testing::{Node, TestEmulator, error, public_key};

#[tokio::test]
async fn the_new_key_takes_the_old_ones_place() {
    let emulator = TestEmulator::new().await;
    let mut node = Node::join(&emulator).await;
    let input = json!({"NewPublicKey": public_key(1), "NewPublicKeyType": "Rsa"});
    let request = node.signed(&emulator, "UpdateManagedInstancePublicKey", &input);
    assert_eq!(emulator.send(request).await.status, 200);
    let old = node.request_token(&emulator, Node::FINGERPRINT).await;
    assert_eq!(error(&old).0, "AccessDeniedException");
    node.key = 1;
    assert_eq!(node.request_token(&emulator, Node::FINGERPRINT).await.status, 200);
}

#[tokio::test]
async fn it_must_be_a_key_and_signed_with_the_present_one() {
    let emulator = TestEmulator::new().await;
    let mut node = Node::join(&emulator).await;
    let request = node.signed(&emulator, "UpdateManagedInstancePublicKey", &json!({"NewPublicKey": "AAAA"}));
    assert_eq!(error(&emulator.send(request).await).0, "InvalidPublicKey");
    node.key = 1;
    let input = json!({"NewPublicKey": public_key(1)});
    let request = node.signed(&emulator, "UpdateManagedInstancePublicKey", &input);
    assert_eq!(error(&emulator.send(request).await).0, "AccessDeniedException");
}
