//! With whom documents are shared.

use super::*;
use crate::store::{NotShared, ShareChange};

#[tokio::test]
async fn a_shared_document_is_kept_until_it_is_not() {
    let emulator = TestEmulator::new().await;
    publish(&emulator, "Tool").await;
    let share =
        |member: &str, accounts: Value| json!({"Name": "Tool", "PermissionType": "Share", member: accounts});
    emulator.ok("ModifyDocumentPermission", share("AccountIdsToAdd", json!(["111122223333", "ALL"]))).await;
    let shared = emulator.ok("DescribeDocumentPermission", share("MaxResults", json!(1))).await;
    assert_eq!(shared["AccountIds"], json!(["111122223333"]));
    let mut next = share("MaxResults", json!(1));
    next["NextToken"] = shared["NextToken"].clone();
    let shared = emulator.ok("DescribeDocumentPermission", next).await;
    assert_eq!(
        shared["AccountSharingInfoList"],
        json!([{"AccountId": "all", "SharedDocumentVersion": "$DEFAULT"}])
    );
    let delete = json!({"Name": "Tool"});
    assert_eq!(emulator.error("DeleteDocument", delete.clone()).await.0, "InvalidDocumentOperation");
    emulator
        .ok("ModifyDocumentPermission", share("AccountIdsToRemove", json!(["111122223333", "all"])))
        .await;
    emulator.ok("DeleteDocument", delete).await;
}

#[tokio::test]
async fn a_public_document_is_one_of_five_however_often_it_is_shared() {
    let emulator = TestEmulator::new().await;
    for number in 0..6 {
        store_document(&emulator, &format!("Tool-{number}"), "Active").await;
    }
    let publish = |number: u32, version: &str| {
        json!({
            "Name": format!("Tool-{number}"),
            "PermissionType": "Share",
            "AccountIdsToAdd": ["all"],
            "SharedDocumentVersion": version,
        })
    };
    for number in 0..5 {
        emulator.ok("ModifyDocumentPermission", publish(number, "$DEFAULT")).await;
    }
    emulator.ok("ModifyDocumentPermission", publish(0, "$LATEST")).await;
    let refused = emulator.error("ModifyDocumentPermission", publish(5, "$DEFAULT")).await;
    assert_eq!(refused.0, "DocumentPermissionLimit");
    let shared = json!({"Name": "Tool-5", "PermissionType": "Share"});
    assert_eq!(emulator.ok("DescribeDocumentPermission", shared).await["AccountIds"], json!([]));
    let mut other = publish(5, "$DEFAULT");
    other["AccountIdsToAdd"] = json!(["111122223333"]);
    emulator.ok("ModifyDocumentPermission", other).await;
}

#[tokio::test]
async fn limits_are_held_within_the_change() {
    let emulator = TestEmulator::new().await;
    let (one, other) = (
        store_document(&emulator, "Tool-1", "Active").await,
        store_document(&emulator, "Tool-2", "Active").await,
    );
    let accounts = ["111122223333", "444455556666", "all"].map(str::to_owned);
    let share = async |document, add: &[String]| {
        let change = ShareChange {
            document,
            add,
            remove: &[],
            shared_version: "$DEFAULT",
            most_accounts: 2,
            most_public: 1,
        };
        emulator.state().store().change_shares(&change).await.unwrap()
    };
    assert_eq!(share(one, &accounts).await, Err(NotShared::TooManyAccounts));
    assert_eq!(share(one, &accounts[1..]).await, Ok(()));
    assert_eq!(share(other, &accounts[2..]).await, Err(NotShared::TooManyPublic));
    assert_eq!(share(other, &accounts[..2]).await, Ok(()));
    assert_eq!(share(99, &accounts[..1]).await, Err(NotShared::NoDocument));
}
