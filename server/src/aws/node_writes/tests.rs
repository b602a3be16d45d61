use std::sync::Arc;

use app::ports::Activations as _;
use domain::activations::ValidActivation;
use secrecy::ExposeSecret as _;

use super::*;
use crate::aws::testing::upstream::{Reply, Upstream};
use crate::aws::testing::{Account, account, connected_to, register};
use crate::clock::SystemClock;
use crate::fleet::NodeSource as _;

const GONE: &str = "mi-0123456789abcdef0";

/// An account with one hybrid node.
async fn with_node() -> (Account, String) {
    let account = account().await;
    let activations = account.aws.activations(account.aws.iam_roles());
    let wanted = ValidActivation {
        description: None,
        registration_limit: 1,
        iam_role: "BB_Hybrid_Activation".to_owned(),
        default_role: false,
        expires: None,
        default_instance_name: None,
        tags: vec![tag("stage", "test")],
    };
    let created = activations.create(wanted).await.unwrap();
    let node = register(account.address, &created.id, created.code.expose_secret()).await;
    (account, node)
}

fn tag(key: &str, value: &str) -> Tag {
    Tag { key: key.to_owned(), value: value.to_owned() }
}

fn code(refused: Result<(), ApiError>) -> String {
    match refused {
        Err(ApiError::Upstream { code, request_id, .. }) => {
            assert!(request_id.is_some(), "AWS's support asks for it");
            code
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn tags_are_read_set_and_removed() {
    let (account, node) = with_node().await;
    let writes = account.aws.node_writes();
    assert_eq!(writes.tags(&node).await.unwrap(), [tag("stage", "test")], "from its activation");
    writes.set_tags(&node, &[tag("stage", "prod"), tag("site", "東京")]).await.unwrap();
    assert_eq!(writes.tags(&node).await.unwrap(), [tag("site", "東京"), tag("stage", "prod")]);
    writes.remove_tags(&node, &["stage".to_owned(), "missing".to_owned()]).await.unwrap();
    assert_eq!(writes.tags(&node).await.unwrap(), [tag("site", "東京")]);

    let many: Vec<_> = (0..50).map(|n| tag(&format!("key-{n}"), "")).collect();
    assert_eq!(code(writes.set_tags(&node, &many).await), "TooManyTagsError");
}

#[tokio::test]
async fn a_node_gets_another_role() {
    let (account, node) = with_node().await;
    let writes = account.aws.node_writes();
    writes.set_role(&node, "SSMServerRoleWithoutPolicy").await.unwrap();
    let nodes = account.aws.nodes(Arc::new(SystemClock)).fetch().await.unwrap();
    let changed = nodes.iter().find(|found| found.id == node).unwrap();
    assert_eq!(changed.iam_role.as_deref(), Some("SSMServerRoleWithoutPolicy"));
    assert_eq!(code(writes.set_role(&node, "NoSuchRole").await), "ValidationException");
}

#[tokio::test]
async fn a_node_is_deregistered_once() {
    let (account, node) = with_node().await;
    let writes = account.aws.node_writes();
    writes.deregister(&node).await.unwrap();
    assert!(
        account.aws.nodes(Arc::new(SystemClock)).fetch().await.unwrap().iter().all(|found| found.id != node)
    );
    assert_eq!(code(writes.deregister(&node).await), "InvalidInstanceId");
    assert_eq!(writes.tags(&node).await, Err(ApiError::NotFound));
}

#[tokio::test]
async fn what_is_not_there_is_refused_with_a_request_id() {
    let account = account().await;
    let writes = account.aws.node_writes();
    assert_eq!(code(writes.set_role(GONE, "BB_Hybrid_Activation").await), "InvalidInstanceId");
    assert_eq!(code(writes.set_tags(GONE, &[tag("a", "b")]).await), "InvalidResourceId");
    assert_eq!(code(writes.remove_tags(GONE, &["a".to_owned()]).await), "InvalidResourceId");
}

#[tokio::test]
async fn throttling_is_waited_for_and_told_when_it_lasts() {
    let throttled = || Reply::ssm_error("ThrottlingException", "Rate exceeded");
    let upstream = Upstream::start([throttled(), Reply::Answer(200, "{}".to_owned())]).await;
    connected_to(upstream.address).await.node_writes().deregister(GONE).await.unwrap();
    assert_eq!(upstream.count(), 2);
    let upstream = Upstream::start([throttled()]).await;
    let refused = connected_to(upstream.address).await.node_writes().deregister(GONE).await;
    assert_eq!(refused, Err(ApiError::Throttled));
}
