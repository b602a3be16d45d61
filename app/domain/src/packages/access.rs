//! Who may change which package.

use serde::{Deserialize, Serialize};

use super::catalogue::Ownership;
use crate::permission::{Permission, Role};

/// Why somebody may not change a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeDenied {
    /// Their role does not publish.
    Role,
    /// It belongs to AWS, a vendor or another account.
    NotOwn,
}

/// Why somebody of this role may not change a package of this owner; `None` when they may.
#[must_use]
pub fn change_denied(role: Role, ownership: Ownership) -> Option<ChangeDenied> {
    if ownership != Ownership::Own {
        Some(ChangeDenied::NotOwn)
    } else if !role.allows(Permission::PublishPackage) {
        Some(ChangeDenied::Role)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn publishers_and_admins_change_what_is_the_accounts_own() {
        for role in Role::ALL {
            let expected = match role {
                Role::Publisher | Role::Admin => None,
                Role::Viewer | Role::Operator => Some(ChangeDenied::Role),
            };
            assert_eq!(change_denied(role, Ownership::Own), expected, "{role:?}");
            for others in [Ownership::Amazon, Ownership::Shared, Ownership::ThirdParty] {
                assert_eq!(change_denied(role, others), Some(ChangeDenied::NotOwn), "{role:?}");
            }
        }
    }
}
