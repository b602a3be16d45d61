//! What a request found may be gone when it changes something, and its client when it is answered.

use std::pin::pin;
use std::task::Poll;

use super::super::new_version::not_added;
use super::*;
use crate::store::{Blob, Document, NewAttachment, NotAdded, NotDeleted};

async fn document(emulator: &TestEmulator, name: &str) -> Document {
    emulator.state().store().document("123456789012", name).await.unwrap().unwrap()
}

/// The numbers of its versions, newest first, with their statuses.
async fn versions(emulator: &TestEmulator, document: i64) -> Vec<(i64, String)> {
    let versions = emulator.state().store().versions(document, i64::MAX, i64::MAX).await.unwrap();
    versions.into_iter().map(|version| (version.number, version.status)).collect()
}

#[tokio::test]
async fn what_has_become_the_default_is_not_deleted() {
    let emulator = TestEmulator::new().await;
    let store = emulator.state().store();
    let id = store_document(&emulator, "Tool", "Active").await;
    let second = NewVersion { hash: "2".to_owned(), ..stored_version("Active") };
    assert_eq!(store.add_version(id, &Which::Latest, &second, 25).await.unwrap(), Ok(2));
    let before = document(&emulator, "Tool").await;
    assert!(store.set_default_version(id, 2).await.unwrap());
    assert_eq!(store.delete_document(&before, Some(2)).await.unwrap(), Err(NotDeleted::Default));
    assert_eq!(store.delete_document(&before, Some(1)).await.unwrap(), Ok(vec![]));
    assert_eq!(store.delete_document(&before, Some(1)).await.unwrap(), Err(NotDeleted::Missing));
    assert_eq!(versions(&emulator, id).await, [(2, "Active".to_owned())]);
    let share = json!({"Name": "Tool", "PermissionType": "Share", "AccountIdsToAdd": ["all"]});
    emulator.ok("ModifyDocumentPermission", share).await;
    assert_eq!(store.delete_document(&before, None).await.unwrap(), Err(NotDeleted::Shared));
}

#[tokio::test]
async fn only_what_is_there_and_active_becomes_the_default() {
    let emulator = TestEmulator::new().await;
    let store = emulator.state().store();
    let id = store_document(&emulator, "Tool", "Active").await;
    let second = NewVersion { hash: "2".to_owned(), ..stored_version("Updating") };
    assert_eq!(store.add_version(id, &Which::Latest, &second, 25).await.unwrap(), Ok(2));
    for number in [2, 3] {
        assert!(!store.set_default_version(id, number).await.unwrap(), "{number}");
    }
    assert_eq!(document(&emulator, "Tool").await.default_version, 1);
}

#[tokio::test]
async fn a_version_is_added_to_a_finished_newest_one_only() {
    let emulator = TestEmulator::new().await;
    let store = emulator.state().store();
    let id = store_document(&emulator, "Tool", "Active").await;
    let add = async |basis: Which, hash: &str, status| {
        let version = NewVersion { hash: hash.to_owned(), ..stored_version(status) };
        store.add_version(id, &basis, &version, 25).await.unwrap()
    };
    assert_eq!(add(Which::Number(1), "2", "Active").await, Ok(2));
    assert_eq!(add(Which::Number(1), "3", "Active").await, Err(NotAdded::NotLatest));
    assert_eq!(add(Which::Default, "3", "Active").await, Err(NotAdded::NotLatest));
    assert_eq!(add(Which::Number(9), "3", "Active").await, Err(NotAdded::NoVersion));
    assert_eq!(add(Which::Latest, "3", "Updating").await, Ok(3));
    let unfinished = NotAdded::Unfinished("Updating".to_owned());
    assert_eq!(add(Which::Latest, "4", "Active").await, Err(unfinished.clone()));
    assert_eq!(not_added(unfinished, "Tool").code, "InvalidDocumentOperation");
    assert_eq!(store.delete_document(&document(&emulator, "Tool").await, None).await.unwrap(), Ok(vec![]));
    assert_eq!(add(Which::Latest, "4", "Active").await, Err(NotAdded::NoDocument));
    assert_eq!(not_added(NotAdded::NoDocument, "Tool").code, "InvalidDocument");
}

#[tokio::test]
async fn what_is_finished_is_not_finished_again() {
    let emulator = TestEmulator::new().await;
    publish(&emulator, "Tool").await;
    let store = emulator.state().store();
    let id = document(&emulator, "Tool").await.id;
    let blob = Blob { file: "second".to_owned(), size: 1 };
    let second = NewAttachment { name: "second.zip".to_owned(), sha256: String::new(), blobs: vec![blob] };
    assert!(!store.finish_version(id, 1, &[second]).await.unwrap());
    store.fail_version(id, 1, "too late").await.unwrap();
    assert_eq!(versions(&emulator, id).await, [(1, "Active".to_owned())]);
    assert_eq!(store.attachments(id, 1).await.unwrap().len(), 1);
}

/// Waits for an answer, and gives up when it has had to wait so often.
async fn given_up<T>(request: impl Future<Output = T>, patience: usize) -> Option<T> {
    let mut request = pin!(request);
    let mut waited = 0;
    std::future::poll_fn(|context| match request.as_mut().poll(context) {
        Poll::Ready(answer) => Poll::Ready(Some(answer)),
        Poll::Pending if waited == patience => Poll::Ready(None),
        Poll::Pending => {
            waited += 1;
            Poll::Pending
        }
    })
    .await
}

#[tokio::test]
async fn whenever_a_client_hangs_up_what_is_stored_is_fetched() {
    let emulator = TestEmulator::new().await;
    let mut patience = 0;
    loop {
        let input = input(&format!("Tool-{patience}"), "1", &sha256(b"one"));
        if given_up(emulator.call("CreateDocument", &input), patience).await.is_some() {
            break;
        }
        patience += 1;
    }
    assert!(patience > 0, "some were given up");
    let store = emulator.state().store();
    let all_fetched = async {
        while !store.unfinished_versions().await.unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), all_fetched).await.unwrap();
}
