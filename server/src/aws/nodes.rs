//! Managed nodes as `DescribeInstanceProperties` describes them, with the images that EC2 adds.

use async_trait::async_trait;
use aws_sdk_ssm::types::InstanceProperty;
use domain::errors::ApiError;
use domain::nodes::{ManagedNode, PingStatus};

use super::convert::time_from_sdk;
use super::error::api_error;
use super::images::Images;
use crate::fleet::NodeSource;

/// Most nodes in one answer (SSM API: `DescribeInstancePropertiesMaxResults` 5–1000).
const PAGE_SIZE: i32 = 1000;

/// The nodes of one account and Region.
#[derive(Debug)]
pub struct SsmNodes {
    ssm: aws_sdk_ssm::Client,
    images: Images,
}

impl SsmNodes {
    pub(super) const fn new(ssm: aws_sdk_ssm::Client, images: Images) -> Self {
        Self { ssm, images }
    }
}

#[async_trait]
impl NodeSource for SsmNodes {
    async fn fetch(&self) -> Result<Vec<ManagedNode>, ApiError> {
        let mut pages = self.ssm.describe_instance_properties().into_paginator().page_size(PAGE_SIZE).send();
        let mut nodes = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(api_error)?;
            nodes.extend(page.instance_properties.unwrap_or_default().into_iter().filter_map(node));
        }
        self.images.fill(&mut nodes).await;
        Ok(nodes)
    }
}

/// `None` for what has no id: nothing could be done with it.
fn node(property: InstanceProperty) -> Option<ManagedNode> {
    Some(ManagedNode {
        id: property.instance_id?,
        name: property.name,
        state: property.instance_state,
        platform_type: property.platform_type.map(|platform| platform.as_str().to_owned()),
        platform_name: property.platform_name,
        platform_version: property.platform_version,
        architecture: property.architecture,
        source_type: property.source_type.map(|source| source.as_str().to_owned()),
        source_id: property.source_id,
        ping_status: property.ping_status.and_then(|status| PingStatus::from_name(status.as_str())),
        last_ping: property.last_ping_date_time.as_ref().and_then(time_from_sdk),
        agent_version: property.agent_version,
        image_id: None,
        computer_name: property.computer_name,
        ip_address: property.ip_address,
        activation_id: property.activation_id,
        iam_role: property.iam_role,
        registered: property.registration_date.as_ref().and_then(time_from_sdk),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use app::ports::Activations as _;
    use domain::activations::ValidActivation;
    use secrecy::ExposeSecret as _;

    use super::*;
    use crate::aws::testing::upstream::{Reply, Upstream};
    use crate::aws::testing::{account, connected_to, register};
    use crate::clock::SystemClock;

    #[tokio::test]
    async fn a_registered_machine_is_a_node() {
        let account = account().await;
        let activations = account.aws.activations(account.aws.iam_roles());
        let wanted = ValidActivation {
            description: None,
            registration_limit: 2,
            iam_role: "BB_Hybrid_Activation".to_owned(),
            default_role: false,
            expires: None,
            default_instance_name: Some("bb-ubuntu".to_owned()),
            tags: Vec::new(),
        };
        let created = activations.create(wanted).await.unwrap();
        let mut registered = HashSet::new();
        for _ in 0..2 {
            registered.insert(register(account.address, &created.id, created.code.expose_secret()).await);
        }
        let nodes = account.aws.nodes(Arc::new(SystemClock)).fetch().await.unwrap();
        let hybrid: Vec<_> =
            nodes.iter().filter(|node| node.activation_id.as_deref() == Some(&created.id)).collect();
        assert_eq!(hybrid.iter().map(|node| node.id.clone()).collect::<HashSet<_>>(), registered);
        let node = hybrid[0];
        assert_eq!(node.name.as_deref(), Some("bb-ubuntu"));
        assert_eq!(node.iam_role.as_deref(), Some("BB_Hybrid_Activation"));
        assert_eq!(node.source_type.as_deref(), Some("AWS::SSM::ManagedInstance"));
        assert_eq!(node.source_id.as_deref(), Some(node.id.as_str()));
        assert!(node.registered.is_some());
    }

    #[tokio::test]
    async fn an_ec2_instance_tells_its_architecture() {
        let properties = serde_json::json!([
            { "InstanceId": "i-0238e4ae9600e8fdd", "Architecture": "arm64" },
            { "InstanceId": "mi-0123456789abcdef0" },
        ]);
        let body = serde_json::json!({ "InstanceProperties": properties }).to_string();
        let upstream = Upstream::start([Reply::Answer(200, body)]).await;
        let nodes = connected_to(upstream.address).await.nodes(Arc::new(SystemClock)).fetch().await.unwrap();
        let architectures: Vec<_> = nodes.iter().map(|node| node.architecture.as_deref()).collect();
        assert_eq!(architectures, [Some("arm64"), None]);
    }

    #[tokio::test]
    async fn pages_are_read_to_the_end_and_a_failing_one_fails_all() {
        let page = |id: &str, token: Option<&str>| {
            let body =
                serde_json::json!({ "InstanceProperties": [{ "InstanceId": id }], "NextToken": token });
            Reply::Answer(200, body.to_string())
        };
        let upstream = Upstream::start([page("mi-1", Some("more")), page("mi-2", None)]).await;
        let nodes = connected_to(upstream.address).await.nodes(Arc::new(SystemClock)).fetch().await.unwrap();
        assert_eq!(nodes.iter().map(|node| node.id.as_str()).collect::<Vec<_>>(), ["mi-1", "mi-2"]);

        let failing = [page("mi-1", Some("more")), Reply::ssm_error("InvalidNextToken", "expired")];
        let upstream = Upstream::start(failing).await;
        let refused =
            connected_to(upstream.address).await.nodes(Arc::new(SystemClock)).fetch().await.unwrap_err();
        assert!(matches!(refused, ApiError::Upstream { code, .. } if code == "InvalidNextToken"));
    }
}
