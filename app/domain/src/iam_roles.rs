//! The IAM roles that SSM assumes for hybrid nodes.

mod commands;
mod condition;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use commands::{EXAMPLE_ROLE_NAME, OPTIONAL_POLICIES, create_role_commands};

use crate::errors::Rule;
use condition::source_fits;

/// The role that the console creates on first use, as AWS's own console does.
pub const DEFAULT_ROLE_NAME: &str = "AmazonEC2RunCommandRoleForManagedInstances";
/// The default role's path.
pub const DEFAULT_ROLE_PATH: &str = "/service-role/";
/// The default role, as `CreateActivation` takes it: path and name.
pub const DEFAULT_ROLE: &str = "service-role/AmazonEC2RunCommandRoleForManagedInstances";
/// The policy without which an agent cannot do its work.
pub const REQUIRED_POLICY: &str = "AmazonSSMManagedInstanceCore";
/// ARN of [`REQUIRED_POLICY`].
pub const REQUIRED_POLICY_ARN: &str = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
/// The service that assumes the role.
pub const SERVICE: &str = "ssm.amazonaws.com";
/// Longest path and name, in characters (SSM API: `IamRole` ≤64).
pub const MAX_ROLE_LENGTH: u32 = 64;

/// A role that SSM may assume.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IamRole {
    /// As `CreateActivation` takes it: `service-role/Name`, or just the name. Never an ARN.
    pub name: String,
    /// Policies that nodes need and that the role lacks, by name.
    pub missing_policies: Vec<String>,
}

/// The role as `CreateActivation` takes it, from a path such as `/service-role/` and a name.
#[must_use]
pub fn path_and_name(path: &str, name: &str) -> String {
    format!("{}{name}", path.trim_start_matches('/'))
}

/// The rule that a role's path and name breaks, if any. IAM: a role's name is `[\w+=,.@-]+`, and SSM takes it with its path.
#[must_use]
pub fn role_rule(role: &str) -> Option<Rule> {
    if role.is_empty() {
        Some(Rule::Required)
    } else if role.starts_with("arn:") {
        Some(Rule::NotArn)
    } else if role.chars().count() > MAX_ROLE_LENGTH as usize {
        Some(Rule::MaxLength { max: MAX_ROLE_LENGTH })
    } else if !role.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@-/".contains(c)) {
        Some(Rule::RoleName)
    } else {
        None
    }
}

/// What the ARNs of an account's resources in a Region begin with: on behalf of one of them SSM assumes the role.
#[must_use]
pub fn source_arn(partition: &str, region: &str, account: &str) -> String {
    format!("arn:{partition}:ssm:{region}:{account}")
}

/// Whether a trust policy (JSON, already URL-decoded) lets SSM assume the role on behalf of an account and what is
/// there under [`source_arn`].
#[must_use]
pub fn trusts_ssm(policy: &str, account: &str, source_arn: &str) -> bool {
    let Ok(policy) = serde_json::from_str::<Value>(policy) else { return false };
    let says = |effect: &str| {
        one_or_many(&policy["Statement"]).into_iter().any(|statement| {
            let condition = &statement["Condition"];
            let holds = match effect {
                "Allow" => source_fits(condition, account, source_arn),
                // A condition of a refusal is most often that another account asks.
                _ => condition.is_null(),
            };
            statement["Effect"] == effect
                && holds
                && one_or_many(&statement["Action"]).into_iter().any(is_assume_role)
                && one_or_many(&statement["Principal"]["Service"]).into_iter().any(|s| s == SERVICE)
        })
    };
    says("Allow") && !says("Deny")
}

/// IAM: actions are compared without regard to case, and may end in a wildcard.
fn is_assume_role(action: &Value) -> bool {
    let Some(action) = action.as_str().map(str::to_ascii_lowercase) else { return false };
    match action.strip_suffix('*') {
        Some(beginning) => "sts:assumerole".starts_with(beginning),
        None => action == "sts:assumerole",
    }
}

/// IAM writes a list of one without its brackets.
fn one_or_many(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().collect(),
        Value::Null => Vec::new(),
        value => vec![value],
    }
}

/// The trust policy for hybrid nodes: SSM, and only on behalf of this account (user guide, hybrid role). In every Region:
/// a role is the account's, and there is one of its name.
#[must_use]
pub fn trust_policy(partition: &str, account: &str) -> String {
    serde_json::json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": { "Service": SERVICE },
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": { "aws:SourceAccount": account },
                "ArnEquals": { "aws:SourceArn": format!("{}:*", source_arn(partition, "*", account)) },
            },
        }],
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str = "123456789012";
    const SOURCE: &str = "arn:aws:ssm:ap-northeast-1:123456789012";

    fn trusted(policy: &str) -> bool {
        trusts_ssm(policy, ACCOUNT, SOURCE)
    }

    #[test]
    fn our_own_trust_policy_trusts_ssm_in_every_region_of_its_account() {
        let policy = trust_policy("aws", ACCOUNT);
        for region in ["ap-northeast-1", "us-east-1"] {
            assert!(trusts_ssm(&policy, ACCOUNT, &source_arn("aws", region, ACCOUNT)), "{region}");
        }
        let (other, partition) = ("210987654321", "aws-cn");
        assert!(!trusts_ssm(&policy, other, &source_arn("aws", "us-east-1", other)));
        assert!(!trusts_ssm(&policy, ACCOUNT, &source_arn(partition, "cn-north-1", ACCOUNT)));
    }

    #[test]
    fn a_role_of_one_other_region_is_not_trusted_here() {
        let policy = trust_policy("aws", ACCOUNT).replace(":*:", ":us-east-1:");
        assert!(policy.contains("arn:aws:ssm:us-east-1:123456789012:*"), "{policy}");
        assert!(!trusted(&policy));
    }

    #[test]
    fn trust_is_read_in_each_form_that_iam_returns() {
        let policy = |effect: &str, action: &str, principal: &str| {
            format!(
                r#"{{"Statement":[{{"Effect":"{effect}","Action":{action},"Principal":{{"Service":{principal}}}}}]}}"#
            )
        };
        assert!(trusted(&policy(
            "Allow",
            r#""sts:AssumeRole""#,
            r#"["ec2.amazonaws.com","ssm.amazonaws.com"]"#
        )));
        assert!(trusted(&policy("Allow", r#"["sts:AssumeRole"]"#, r#""ssm.amazonaws.com""#)));
        assert!(trusted(&policy("Allow", r#""STS:Assume*""#, r#""ssm.amazonaws.com""#)));
        assert!(!trusted(&policy("Allow", r#""sts:TagSession""#, r#""ssm.amazonaws.com""#)));
        let refusing = |condition: &str| {
            let statement = |effect: &str, condition: &str| {
                format!(
                    r#"{{"Effect":"{effect}","Action":"sts:AssumeRole","Principal":{{"Service":"{SERVICE}"}}{condition}}}"#
                )
            };
            format!(r#"{{"Statement":[{},{}]}}"#, statement("Allow", ""), statement("Deny", condition))
        };
        assert!(!trusted(&refusing("")));
        let elsewhere = r#","Condition":{"StringNotEquals":{"aws:SourceAccount":"123456789012"}}"#;
        assert!(trusted(&refusing(elsewhere)));
        assert!(!trusted(&policy("Deny", r#""sts:AssumeRole""#, r#""ssm.amazonaws.com""#)));
        assert!(!trusted(&policy("Allow", r#""sts:AssumeRole""#, r#""ec2.amazonaws.com""#)));
        assert!(!trusted(r#"{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*"}}"#));
        assert!(!trusted("not json"));
    }

    #[test]
    fn a_role_is_named_by_path_and_name() {
        assert_eq!(path_and_name(DEFAULT_ROLE_PATH, DEFAULT_ROLE_NAME), DEFAULT_ROLE);
        assert_eq!(path_and_name("/", "BB_Hybrid_Activation"), "BB_Hybrid_Activation");
    }
}
