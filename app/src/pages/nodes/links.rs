//! Addresses of the node list that show just some nodes.

use domain::nodes::PingStatus;

/// Those with this ping status.
#[must_use]
pub fn ping(status: PingStatus) -> String {
    format!("/nodes?ping={}", status.name())
}

/// Those of this platform.
#[must_use]
pub fn platform(platform: &str) -> String {
    format!("/nodes?platform={platform}")
}

/// Those with this version of the SSM Agent.
#[must_use]
pub fn agent(version: &str) -> String {
    format!("/nodes?agent={version}")
}

/// The hybrid nodes.
#[must_use]
pub fn hybrid() -> String {
    "/nodes?id=%5Emi-".to_owned()
}

/// One node's page.
#[must_use]
pub fn node(id: &str) -> String {
    format!("/nodes/{id}")
}
