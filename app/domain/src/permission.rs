//! Who may do what: one table.

use serde::{Deserialize, Serialize};

/// A person's role in Sekisho.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads everything but secrets.
    Viewer,
    /// Reads, and publishes packages.
    Publisher,
    /// Reads, and works with activations and nodes.
    Operator,
    /// Everything, people and the activation tier among it.
    Admin,
}

impl Role {
    /// Every role, from the least to the most.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Publisher, Self::Operator, Self::Admin];

    /// The role's name, as stored and as typed on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Publisher => "publisher",
            Self::Operator => "operator",
            Self::Admin => "admin",
        }
    }

    /// The role with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether this role includes the permission.
    #[must_use]
    pub fn allows(self, permission: Permission) -> bool {
        permission.roles().contains(&self)
    }
}

/// Something that a person may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Permission {
    /// See activations (never their codes), nodes, roles and settings.
    Read,
    /// Create an activation, and see its code once.
    CreateActivation,
    /// Delete an activation.
    DeleteActivation,
    /// Deregister a managed node.
    DeregisterNode,
    /// Give a managed node another IAM role.
    ChangeNodeRole,
    /// Change a managed node's tags.
    ChangeTags,
    /// Switch the activation tier, which costs money for every hybrid node.
    ChangeTier,
    /// Save an estimate of costs, replace one, delete one.
    SaveEstimate,
    /// Download a package's files.
    DownloadPackage,
    /// Create packages; add, delete and choose versions; share, tag and delete packages.
    PublishPackage,
    /// See, change, publish and remove what others are making of packages.
    ManageDrafts,
    /// Add, change and remove people.
    ManagePeople,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 12] = [
        Self::Read,
        Self::CreateActivation,
        Self::DeleteActivation,
        Self::DeregisterNode,
        Self::ChangeNodeRole,
        Self::ChangeTags,
        Self::ChangeTier,
        Self::SaveEstimate,
        Self::DownloadPackage,
        Self::PublishPackage,
        Self::ManageDrafts,
        Self::ManagePeople,
    ];

    /// The roles that have this permission.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::Read => &[Role::Viewer, Role::Publisher, Role::Operator, Role::Admin],
            Self::SaveEstimate | Self::DownloadPackage => &[Role::Publisher, Role::Operator, Role::Admin],
            Self::PublishPackage => &[Role::Publisher, Role::Admin],
            Self::CreateActivation
            | Self::DeleteActivation
            | Self::DeregisterNode
            | Self::ChangeNodeRole
            | Self::ChangeTags => &[Role::Operator, Role::Admin],
            Self::ChangeTier | Self::ManageDrafts | Self::ManagePeople => &[Role::Admin],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_what_its_name_says() {
        use Permission as P;
        let read = vec![P::Read];
        let publish = vec![P::Read, P::SaveEstimate, P::DownloadPackage, P::PublishPackage];
        let operate = vec![
            P::Read,
            P::SaveEstimate,
            P::DownloadPackage,
            P::CreateActivation,
            P::DeleteActivation,
            P::DeregisterNode,
            P::ChangeNodeRole,
            P::ChangeTags,
        ];
        for (role, expected) in [(Role::Viewer, read), (Role::Publisher, publish), (Role::Operator, operate)]
        {
            for permission in P::ALL {
                assert_eq!(
                    role.allows(permission),
                    expected.contains(&permission),
                    "{role:?} {permission:?}"
                );
            }
        }
    }

    #[test]
    fn an_admin_may_do_everything() {
        assert!(Permission::ALL.into_iter().all(|permission| Role::Admin.allows(permission)));
    }

    #[test]
    fn names_lead_back_to_their_role() {
        for role in Role::ALL {
            assert_eq!(Role::from_name(role.name()), Some(role));
        }
        assert_eq!(Role::from_name("root"), None);
    }
}
