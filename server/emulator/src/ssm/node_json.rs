//! A node as the describing operations write it: what is not known is left out.

use serde_json::{Map, Value};

use crate::clock::epoch_seconds;
use crate::store::{Node, version_key};

/// The agent version that `IsLatestVersion` is told by.
const LATEST_AGENT_VERSION: &str = "3.3.3050.0";

/// An `InstanceInformation`.
pub(super) fn information(node: &Node) -> Value {
    let mut fields = common(node);
    put(&mut fields, "Name", node.name.as_deref());
    if let Some(version) = &node.agent_version {
        let latest = version_key(version) >= version_key(LATEST_AGENT_VERSION);
        fields.insert("IsLatestVersion".to_owned(), Value::from(latest));
    }
    Value::Object(fields)
}

/// An `InstanceProperty`: the same, with what EC2 knows.
pub(super) fn property(node: &Node) -> Value {
    let mut fields = common(node);
    put(&mut fields, "Name", node.name.as_deref().or(node.ec2_name.as_deref()));
    put(&mut fields, "InstanceType", node.instance_type.as_deref());
    put(&mut fields, "InstanceState", node.instance_state.as_deref());
    put(&mut fields, "InstanceRole", node.instance_role.as_deref());
    put(&mut fields, "KeyName", node.key_name.as_deref());
    put(&mut fields, "Architecture", node.architecture.as_deref());
    put(&mut fields, "AvailabilityZone", node.availability_zone.as_deref());
    put_time(&mut fields, "LaunchTime", node.launched_at);
    Value::Object(fields)
}

fn common(node: &Node) -> Map<String, Value> {
    let mut fields = Map::new();
    put(&mut fields, "InstanceId", Some(&node.id));
    put(&mut fields, "PingStatus", Some(&node.ping_status));
    put_time(&mut fields, "LastPingDateTime", Some(node.last_ping_at));
    put(&mut fields, "AgentVersion", node.agent_version.as_deref());
    put(&mut fields, "PlatformType", node.platform_type.as_deref());
    put(&mut fields, "PlatformName", node.platform_name.as_deref());
    put(&mut fields, "PlatformVersion", node.platform_version.as_deref());
    put(&mut fields, "ActivationId", node.activation_id.as_deref());
    put(&mut fields, "IamRole", node.iam_role.as_deref());
    put_time(&mut fields, "RegistrationDate", node.registered_at);
    put(&mut fields, "ResourceType", Some(&node.resource_type));
    put(&mut fields, "IPAddress", node.ip_address.as_deref());
    put(&mut fields, "ComputerName", node.computer_name.as_deref());
    put(&mut fields, "SourceId", Some(&node.id));
    put(&mut fields, "SourceType", Some(&node.source_type));
    fields
}

fn put(fields: &mut Map<String, Value>, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        fields.insert(name.to_owned(), Value::from(value));
    }
}

fn put_time(fields: &mut Map<String, Value>, name: &str, millis: Option<i64>) {
    if let Some(millis) = millis {
        fields.insert(name.to_owned(), epoch_seconds(millis));
    }
}
