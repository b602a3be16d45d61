//! Managed nodes as `DescribeInstanceProperties` describes them.

use async_trait::async_trait;
use aws_sdk_ssm::types::InstanceProperty;
use domain::errors::ApiError;
use domain::nodes::{ManagedNode, PingStatus};

use super::convert::time_from_sdk;
use super::error::api_error;
use crate::fleet::NodeSource;

/// Most nodes in one answer (SSM API: `DescribeInstancePropertiesMaxResults` 5–1000).
const PAGE_SIZE: i32 = 1000;

/// The nodes of one account and Region.
#[derive(Clone, Debug)]
pub struct SsmNodes {
    ssm: aws_sdk_ssm::Client,
}

impl SsmNodes {
    pub(super) const fn new(ssm: aws_sdk_ssm::Client) -> Self {
        Self { ssm }
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
        source_type: property.source_type.map(|source| source.as_str().to_owned()),
        source_id: property.source_id,
        ping_status: property.ping_status.and_then(|status| PingStatus::from_name(status.as_str())),
        last_ping: property.last_ping_date_time.as_ref().and_then(time_from_sdk),
        agent_version: property.agent_version,
        computer_name: property.computer_name,
        ip_address: property.ip_address,
        activation_id: property.activation_id,
        iam_role: property.iam_role,
        registered: property.registration_date.as_ref().and_then(time_from_sdk),
    })
}
