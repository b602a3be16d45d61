//! What a hybrid node must reach, outbound by HTTPS: in each Region, over the internet or by VPC endpoints.

mod scripts;

use crate::registration::dns_suffix;
pub use scripts::{check, create_vpc_endpoints, list_vpc_endpoint_services};

/// The Regions that hybrid nodes can register in, by name (botocore 1.44.5, partitions open to customers in general).
pub const REGIONS: [&str; 38] = [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-west-1",
    "us-west-2",
];

/// Regions launched in 2024 and later: they have no `ec2messages`, and `ssmmessages` carries everything (user guide).
const WITHOUT_EC2_MESSAGES: [&str; 6] =
    ["ap-east-2", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "eusc-de-east-1", "mx-central-1"];

/// How nodes get out of their network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Network {
    /// To AWS's public addresses.
    #[default]
    Internet,
    /// To interface endpoints in a VPC, over Direct Connect or a VPN.
    Vpc,
}

impl Network {
    /// Both, in the order of the deck.
    pub const ALL: [Self; 2] = [Self::Internet, Self::Vpc];

    /// Stable name, for URLs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Internet => "internet",
            Self::Vpc => "vpc",
        }
    }

    /// The network with that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|network| network.name() == name)
    }
}

/// A service that the agent talks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    /// Registration, heartbeats, inventory, associations.
    Ssm,
    /// Commands and sessions.
    SsmMessages,
    /// Commands for agents before 3.3.40.0 and where `ssmmessages` is not reached.
    Ec2Messages,
    /// The agent's packages, documents' attachments, patch baselines, logs.
    S3,
    /// Encryption of sessions and parameters.
    Kms,
    /// Logs of commands and sessions.
    Logs,
}

impl Service {
    /// The services that a Region has, those first that every node needs.
    #[must_use]
    pub fn of(region: &str) -> Vec<Self> {
        let all = [Self::Ssm, Self::SsmMessages, Self::Ec2Messages, Self::S3, Self::Kms, Self::Logs];
        all.into_iter().filter(|service| service.exists_in(region)).collect()
    }

    fn exists_in(self, region: &str) -> bool {
        self != Self::Ec2Messages || !WITHOUT_EC2_MESSAGES.contains(&region)
    }

    /// The first part of its host name, and the last of its VPC endpoint's service name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ssm => "ssm",
            Self::SsmMessages => "ssmmessages",
            Self::Ec2Messages => "ec2messages",
            Self::S3 => "s3",
            Self::Kms => "kms",
            Self::Logs => "logs",
        }
    }

    /// Whether every node needs it; the others only with the features that they serve.
    #[must_use]
    pub const fn is_required(self) -> bool {
        !matches!(self, Self::Kms | Self::Logs)
    }

    /// The host that the agent connects to, on port 443.
    #[must_use]
    pub fn host(self, region: &str) -> String {
        format!("{}.{region}.{}", self.name(), dns_suffix(region))
    }
}

/// AWS's own buckets that nodes read (user guide: SSM Agent communications with AWS managed S3 buckets), for firewalls and
/// endpoint policies that name them.
#[must_use]
pub fn buckets(region: &str) -> Vec<String> {
    // Bahrain's patch baselines have a name of their own (user guide).
    let patch_baselines = match region {
        "me-south-1" => "patch-baseline-snapshot-me-south-1-uduvl7q8".to_owned(),
        _ => format!("patch-baseline-snapshot-{region}"),
    };
    let mut buckets: Vec<String> =
        ["amazon-ssm", "aws-ssm", "aws-ssm-document-attachments", "aws-windows-downloads"]
            .map(|name| format!("{name}-{region}"))
            .to_vec();
    buckets.push(patch_baselines);
    buckets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registration::is_region;

    #[test]
    fn every_region_is_one_and_stands_once_and_in_order() {
        assert!(REGIONS.iter().all(|region| is_region(region)));
        assert!(REGIONS.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn hosts_follow_the_partition() {
        assert_eq!(Service::Ssm.host("ap-northeast-1"), "ssm.ap-northeast-1.amazonaws.com");
        assert_eq!(Service::S3.host("cn-north-1"), "s3.cn-north-1.amazonaws.com.cn");
        assert_eq!(Service::SsmMessages.host("eusc-de-east-1"), "ssmmessages.eusc-de-east-1.amazonaws.eu");
    }

    #[test]
    fn young_regions_have_no_ec2messages() {
        assert!(Service::of("ap-northeast-1").contains(&Service::Ec2Messages));
        let young = Service::of("mx-central-1");
        assert!(!young.contains(&Service::Ec2Messages) && young.contains(&Service::SsmMessages));
    }

    #[test]
    fn buckets_are_the_regions_own() {
        assert!(buckets("us-east-2").contains(&"patch-baseline-snapshot-us-east-2".to_owned()));
        assert!(buckets("me-south-1").contains(&"patch-baseline-snapshot-me-south-1-uduvl7q8".to_owned()));
    }

    #[test]
    fn networks_are_found_by_name() {
        for network in Network::ALL {
            assert_eq!(Network::from_name(network.name()), Some(network));
        }
        assert_eq!(Network::from_name("tunnel"), None);
    }
}
