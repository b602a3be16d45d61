//! Nodes for tests.

use time::OffsetDateTime;
use time::macros::datetime;

use super::{ManagedNode, PingStatus};

pub const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);

/// A hybrid node like any other; smaller numbers registered later.
pub fn node(number: u32) -> ManagedNode {
    ManagedNode {
        id: format!("mi-{number:017x}"),
        name: Some("bb-ubuntu".to_owned()),
        state: None,
        platform_type: Some("Linux".to_owned()),
        platform_name: Some("Ubuntu".to_owned()),
        platform_version: Some("22.04".to_owned()),
        architecture: None,
        image_id: None,
        source_type: Some("AWS::SSM::ManagedInstance".to_owned()),
        source_id: Some(format!("mi-{number:017x}")),
        ping_status: Some(PingStatus::Online),
        last_ping: Some(NOW),
        agent_version: Some("3.3.987.0".to_owned()),
        computer_name: Some(format!("host-{number}")),
        ip_address: Some("192.0.2.7".to_owned()),
        activation_id: Some("255996e5-f42d-44c8-8fb8-eb17f76696bc".to_owned()),
        iam_role: Some("BB_Hybrid_Activation".to_owned()),
        registered: Some(NOW - time::Duration::seconds(i64::from(number))),
    }
}
