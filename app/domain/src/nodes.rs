//! Managed nodes: what the console knows of a machine.

pub mod actions;
pub mod events;
pub mod index;
pub mod property;
pub mod query;
pub mod similar;
pub mod tags_in_use;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::errors::ApiError;
use index::NodeIndex;
use query::NodeQuery;

/// Whether the agent answers (SSM API: `PingStatus`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PingStatus {
    /// The agent reported within its interval.
    Online,
    /// The agent has stopped reporting.
    ConnectionLost,
    /// Deprecated by AWS; old nodes may still have it.
    Inactive,
}

impl PingStatus {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Online, Self::ConnectionLost, Self::Inactive];

    /// AWS's name for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Online => "Online",
            Self::ConnectionLost => "ConnectionLost",
            Self::Inactive => "Inactive",
        }
    }

    /// The state with AWS's name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// A machine that SSM manages, as `DescribeInstanceProperties` describes it. What AWS leaves out is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagedNode {
    /// `mi-` and 17 hexadecimal digits for hybrid nodes, `i-…` for EC2 instances.
    pub id: String,
    /// The activation's default instance name, or the EC2 `Name` tag.
    pub name: Option<String>,
    /// EC2 only: `running`, `stopped`, ….
    pub state: Option<String>,
    /// `Linux`, `Windows` or `MacOS`.
    pub platform_type: Option<String>,
    /// Such as `Ubuntu` or `Microsoft Windows Server 2022 Datacenter`.
    pub platform_name: Option<String>,
    /// Such as `22.04`.
    pub platform_version: Option<String>,
    /// EC2 only: `x86_64`, `arm64` or `i386`.
    pub architecture: Option<String>,
    /// `AWS::SSM::ManagedInstance`, `AWS::EC2::Instance`, `AWS::IoT::Thing`, ….
    pub source_type: Option<String>,
    /// The id under that source type.
    pub source_id: Option<String>,
    /// Whether the agent answers.
    pub ping_status: Option<PingStatus>,
    /// When the agent last reported.
    #[serde(with = "time::serde::timestamp::option")]
    pub last_ping: Option<OffsetDateTime>,
    /// The SSM Agent's version.
    pub agent_version: Option<String>,
    /// EC2 only: the image that the instance was launched from, such as `ami-0abcdef1234567890`. EC2 tells it, not SSM:
    /// `None` too where EC2 may not be asked.
    pub image_id: Option<String>,
    /// The host name that the agent reports.
    pub computer_name: Option<String>,
    /// The address that the agent reports.
    pub ip_address: Option<String>,
    /// The activation that the node registered with.
    pub activation_id: Option<String>,
    /// The role that the node works under.
    pub iam_role: Option<String>,
    /// When the node registered.
    #[serde(with = "time::serde::timestamp::option")]
    pub registered: Option<OffsetDateTime>,
}

impl ManagedNode {
    /// Whether it is an EC2 instance, about which EC2 can be asked too.
    #[must_use]
    pub fn is_ec2(&self) -> bool {
        self.source_type.as_deref() == Some("AWS::EC2::Instance")
    }
}

/// Whether the id is a hybrid node's: `mi-` and 17 hexadecimal digits (SSM API: `ManagedInstanceId`). Only such nodes can
/// be deregistered, given a role and tagged through SSM.
#[must_use]
pub fn is_hybrid_id(id: &str) -> bool {
    id.strip_prefix("mi-").is_some_and(|digits| {
        digits.len() == 17 && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'))
    })
}

/// Every node, as SSM last told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeSnapshot {
    /// Newest registration first; nodes without a registration date last.
    pub nodes: Arc<NodeIndex>,
    /// When SSM told; `None` before the first answer.
    pub fetched_at: Option<OffsetDateTime>,
    /// Why the last refresh failed, when it did: the nodes are then older than they should be.
    pub failure: Option<ApiError>,
}

/// One page of the nodes that a query asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodePage {
    /// The page's nodes, in order.
    pub nodes: Vec<ManagedNode>,
    /// Nodes that fit.
    pub matched: usize,
    /// Nodes at all.
    pub total: usize,
    /// This page, from 1.
    pub number: usize,
    /// Pages, at least 1.
    pub pages: usize,
    /// When SSM told; `None` before the first answer.
    #[serde(with = "time::serde::timestamp::option")]
    pub fetched_at: Option<OffsetDateTime>,
    /// Why the last refresh failed, when it did: the nodes are then older than they should be.
    pub failure: Option<ApiError>,
}

impl NodeSnapshot {
    /// The page that a query asks for.
    #[must_use]
    pub fn page(&self, query: &NodeQuery, now: OffsetDateTime) -> NodePage {
        let matches = self.nodes.page(query, now);
        NodePage {
            nodes: matches.nodes.into_iter().cloned().collect(),
            matched: matches.matched,
            total: self.nodes.len(),
            number: matches.number,
            pages: matches.pages,
            fetched_at: self.fetched_at,
            failure: self.failure.clone(),
        }
    }
}

#[cfg(test)]
pub(crate) mod testing;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hybrid_id_has_seventeen_hexadecimal_digits() {
        assert!(is_hybrid_id("mi-0123456789abcdef0"));
        for id in [
            "",
            "mi-",
            "i-0238e4ae9600e8fdd",
            "mi-0123456789abcdef",
            "mi-0123456789ABCDEF0",
            "mi-0123456789abcdefg",
        ] {
            assert!(!is_hybrid_id(id), "{id}");
        }
    }
}
