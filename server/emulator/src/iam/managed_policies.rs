//! The AWS managed policies that the emulator knows: those that hybrid nodes are given.

/// Each policy's path and name after `arn:aws:iam::aws:policy/`.
pub(super) const POLICIES: &[&str] = &[
    "AmazonSSMDirectoryServiceAccess",
    "AmazonSSMManagedEC2InstanceDefaultPolicy",
    "AmazonSSMManagedInstanceCore",
    "AmazonSSMPatchAssociation",
    "AmazonSSMReadOnlyAccess",
    "AmazonS3ReadOnlyAccess",
    "CloudWatchAgentAdminPolicy",
    "CloudWatchAgentServerPolicy",
    "service-role/AmazonEC2RoleforSSM",
    "service-role/AmazonSSMAutomationRole",
    "service-role/AmazonSSMMaintenanceWindowRole",
];

/// Whether an ARN names a policy that can be attached.
pub(super) fn exists(arn: &str) -> bool {
    arn.strip_prefix("arn:aws:iam::aws:policy/").is_some_and(|name| POLICIES.contains(&name))
}

/// A policy's path in its ARN, from the first stroke to the last.
pub(super) fn path(arn: &str) -> &str {
    let Some((_, path_and_name)) = arn.split_once(":policy") else { return "/" };
    path_and_name.rfind('/').map_or("/", |end| &path_and_name[..=end])
}

/// A policy's name: the last part of its ARN.
pub(super) fn name(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_has_a_path_and_a_name() {
        let arn = "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM";
        assert!(exists(arn));
        assert_eq!(path(arn), "/service-role/");
        assert_eq!(name(arn), "AmazonEC2RoleforSSM");
        assert_eq!(path("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"), "/");
        assert!(!exists("arn:aws:iam::aws:policy/AmazonEC2RoleforSSM"));
    }
}
