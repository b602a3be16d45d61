use serde_json::{Value, json};

use crate::testing::{Node, TestEmulator};

fn resource(id: &str, more: Value) -> Value {
    let mut input = json!({"ResourceType": "ManagedInstance", "ResourceId": id});
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

async fn tags(emulator: &TestEmulator, id: &str) -> Value {
    emulator.ok("ListTagsForResource", resource(id, json!({}))).await["TagList"].take()
}

#[tokio::test]
async fn tags_are_added_changed_and_removed() {
    let emulator = TestEmulator::new().await;
    let node = Node::join(&emulator).await;
    let add = async |tags: Value| {
        emulator.ok("AddTagsToResource", resource(&node.id, json!({"Tags": tags}))).await;
    };
    add(json!([{"Key": "Env", "Value": "test"}, {"Key": "Site", "Value": "大阪"}])).await;
    add(json!([{"Key": "Env", "Value": "prod"}])).await;
    let both = json!([{"Key": "Env", "Value": "prod"}, {"Key": "Site", "Value": "大阪"}]);
    assert_eq!(tags(&emulator, &node.id).await, both);
    let keys = json!({"TagKeys": ["Site", "Absent"]});
    emulator.ok("RemoveTagsFromResource", resource(&node.id, keys)).await;
    assert_eq!(tags(&emulator, &node.id).await, json!([{"Key": "Env", "Value": "prod"}]));
}

#[tokio::test]
async fn fifty_are_enough() {
    let emulator = TestEmulator::new().await;
    let node = Node::join(&emulator).await;
    let many: Vec<_> = (0..50).map(|index| json!({"Key": format!("k{index}"), "Value": ""})).collect();
    emulator.ok("AddTagsToResource", resource(&node.id, json!({"Tags": many}))).await;
    let one_more = json!({"Tags": [{"Key": "k0", "Value": "changed"}, {"Key": "k50", "Value": ""}]});
    let answer = emulator.call("AddTagsToResource", &resource(&node.id, one_more)).await;
    assert_eq!((answer.status, answer.json()), (400, json!({"__type": "TooManyTagsError"})));
    let after = tags(&emulator, &node.id).await;
    assert_eq!(after.as_array().unwrap().len(), 50);
    assert_eq!(after[0], json!({"Key": "k0", "Value": ""}), "a refused request changes nothing");
}

#[tokio::test]
async fn only_registered_nodes_are_tagged() {
    let emulator = TestEmulator::new().await;
    for (kind, id, code) in [
        ("ManagedInstance", "mi-0123456789abcdef0", "InvalidResourceId"),
        ("ManagedInstance", "i-0238e4ae9600e8fdd", "InvalidResourceType"),
        ("Document", "AWS-RunShellScript", "InvalidResourceId"),
        ("CloudConnector", "cc-0123456789abcdef0", "InvalidResourceId"),
        ("Activation", "751a488c-e9c7-4539-8171-15d48f4fd90a", "ValidationException"),
    ] {
        let input = json!({"ResourceType": kind, "ResourceId": id});
        assert_eq!(emulator.error("ListTagsForResource", input).await.0, code, "{kind} {id}");
    }
}

#[tokio::test]
async fn keys_are_held_to_the_model() {
    let emulator = TestEmulator::new().await;
    let node = Node::join(&emulator).await;
    for key in ["", "a;b", "aws:owner", &"k".repeat(129)] {
        let input = resource(&node.id, json!({"Tags": [{"Key": key, "Value": ""}]}));
        assert_eq!(emulator.error("AddTagsToResource", input).await.0, "ValidationException", "{key}");
    }
    let input = resource(&node.id, json!({"TagKeys": [""]}));
    assert_eq!(emulator.error("RemoveTagsFromResource", input).await.0, "ValidationException");
}
