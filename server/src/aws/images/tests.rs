use std::time::Duration;

use super::*;
use crate::aws::testing::upstream::{Reply, Upstream};
use crate::aws::testing::{account, connected_to, embedded};
use crate::aws::{Timeouts, config};
use crate::clock::SystemClock;

const SEEDED: &str = "i-0238e4ae9600e8fdd";

fn instance(id: &str) -> ManagedNode {
    ManagedNode {
        id: id.to_owned(),
        source_type: Some("AWS::EC2::Instance".to_owned()),
        ..ManagedNode::default()
    }
}

fn hybrid() -> ManagedNode {
    ManagedNode {
        source_type: Some("AWS::SSM::ManagedInstance".to_owned()),
        ..instance("mi-0123456789abcdef0")
    }
}

async fn images(upstream: &Upstream) -> Images {
    Images::new(&connected_to(upstream.address).await.config, Arc::new(SystemClock))
}

async fn filled(images: &Images, mut nodes: Vec<ManagedNode>) -> Vec<Option<String>> {
    images.fill(&mut nodes).await;
    nodes.into_iter().map(|node| node.image_id).collect()
}

fn page(images: &[(&str, &str)], token: &str) -> Reply {
    let items: String = images
        .iter()
        .map(|(id, image)| {
            format!(
                "<item><instancesSet><item><instanceId>{id}</instanceId><imageId>{image}</imageId></item></instancesSet></item>"
            )
        })
        .collect();
    let body = format!(
        "<DescribeInstancesResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId>\
         <reservationSet>{items}</reservationSet><nextToken>{token}</nextToken></DescribeInstancesResponse>"
    );
    Reply::Answer(200, body)
}

fn refusal() -> Reply {
    let body = "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized.</Message></Error>\
                </Errors><RequestID>r</RequestID></Response>";
    Reply::Answer(403, body.to_owned())
}

#[tokio::test]
async fn instances_have_images_and_hybrid_nodes_none() {
    let account = account().await;
    let images = Images::new(&account.aws.config, Arc::new(SystemClock));
    let nodes = vec![hybrid(), instance(SEEDED), instance("i-0123456789abcdef0")];
    assert_eq!(filled(&images, nodes).await, [None, Some("ami-0b20f552f63953f0e".to_owned()), None]);
}

#[tokio::test]
async fn each_instance_is_asked_for_once() {
    let upstream = Upstream::start([page(&[("i-1", "ami-1")], "more"), page(&[("i-2", "ami-2")], "")]).await;
    let images = images(&upstream).await;
    let both = || vec![instance("i-1"), instance("i-2")];
    let told = [Some("ami-1".to_owned()), Some("ami-2".to_owned())];
    assert_eq!(filled(&images, both()).await, told);
    assert_eq!(upstream.count(), 2, "two pages");
    assert_eq!(filled(&images, both()).await, told);
    assert_eq!(filled(&images, vec![hybrid()]).await, [None]);
    assert_eq!(upstream.count(), 2);
}

#[tokio::test]
async fn a_refusal_leaves_the_image_out_and_ec2_alone_for_a_while() {
    let upstream = Upstream::start([refusal(), page(&[("i-1", "ami-1")], "")]).await;
    let images = images(&upstream).await;
    for _ in 0..REST {
        assert_eq!(filled(&images, vec![instance("i-1")]).await, [None]);
    }
    assert_eq!(upstream.count(), 1);
    assert_eq!(filled(&images, vec![instance("i-1")]).await, [Some("ami-1".to_owned())]);
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_not_waited_for_for_ever() {
    let upstream = Upstream::start([Reply::Half]).await;
    let timeouts = Timeouts { operation: Duration::from_millis(500), ..Timeouts::default() };
    let config = config::load(&embedded(upstream.address), timeouts).await;
    let images = Images::new(&config, Arc::new(SystemClock));
    let told = tokio::time::timeout(Duration::from_secs(30), filled(&images, vec![instance("i-1")])).await;
    assert_eq!(told.unwrap(), [None]);
}

#[tokio::test]
async fn an_instance_that_is_gone_is_forgotten() {
    let upstream = Upstream::start([page(&[("i-1", "ami-1"), ("i-2", "ami-2")], "")]).await;
    let images = images(&upstream).await;
    filled(&images, vec![instance("i-1"), instance("i-2")]).await;
    assert_eq!(filled(&images, vec![instance("i-2")]).await, [Some("ami-2".to_owned())]);
    let known = images.known.lock().await;
    assert_eq!(known.images.keys().collect::<Vec<_>>(), ["i-2"]);
}
