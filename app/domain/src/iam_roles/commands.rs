//! The AWS CLI's commands that make a role for hybrid nodes.

use super::{REQUIRED_POLICY, trust_policy};
use crate::registration::{partition, posix_quote};

/// A name as good as any for the role; AWS's own examples use it.
pub const EXAMPLE_ROLE_NAME: &str = "SSMServiceRole";

/// Policies beyond [`REQUIRED_POLICY`] that AWS has for single features: CloudWatch's agent and logs, and joining a domain
/// (user guide: hybrid role).
pub const OPTIONAL_POLICIES: [&str; 2] = ["CloudWatchAgentServerPolicy", "AmazonSSMDirectoryServiceAccess"];

/// Makes a role that nodes of this account can work under, with the policy that they need. The Region tells its partition.
#[must_use]
pub fn create_role_commands(account: &str, region: &str) -> String {
    let partition = partition(region);
    let trust = trust_policy(partition, account);
    format!(
        "aws iam create-role --role-name {EXAMPLE_ROLE_NAME} \\\n  --assume-role-policy-document {}\n\
         aws iam attach-role-policy --role-name {EXAMPLE_ROLE_NAME} \\\n  \
         --policy-arn arn:{partition}:iam::aws:policy/{REQUIRED_POLICY}",
        posix_quote(&trust)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_role_trusts_ssm_for_this_account_only() {
        let commands = create_role_commands("123456789012", "ap-northeast-1");
        assert!(commands.contains(r#""aws:SourceAccount":"123456789012""#), "{commands}");
        assert!(commands.contains("arn:aws:ssm:*:123456789012:*"), "{commands}");
        assert!(commands.ends_with("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"), "{commands}");
    }

    #[test]
    fn arns_follow_the_partition() {
        let commands = create_role_commands("123456789012", "cn-north-1");
        assert!(commands.contains("arn:aws-cn:ssm:*:") && !commands.contains("arn:aws:"), "{commands}");
        assert!(create_role_commands("1", "us-gov-west-1").contains("arn:aws-us-gov:iam::aws:"));
        assert!(create_role_commands("1", "eusc-de-east-1").contains("arn:aws-eusc:iam::aws:"));
    }
}
