//! Who may change which package.

use serde::{Deserialize, Serialize};

use super::catalogue::Ownership;
use crate::permission::{Permission, Role};
use crate::publishers::Rights;

/// Why somebody may not change a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeDenied {
    /// Their role does not publish.
    Role,
    /// It belongs to AWS, a vendor or another account.
    NotOwn,
    /// It is another publisher's, or was not published with the console.
    NotTheirs,
    /// Its name is none that they, or their token, may publish.
    Name,
}

/// Who owns a package in the console, and what its caller may publish.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The package's name.
    pub name: &'a str,
    /// Who wants to change it.
    pub username: &'a str,
    /// What they may publish.
    pub rights: &'a Rights,
    /// The publisher whose it is: who published it first, or to whom an admin has handed it over.
    pub owner: Option<&'a str>,
}

/// Why somebody of this role may not change a package of this ownership; `None` when they may. Who manages people may
/// change every package of the account, whosoever it is, as far as their token allows.
#[must_use]
pub fn change_denied(role: Role, ownership: Ownership, claim: Claim<'_>) -> Option<ChangeDenied> {
    if ownership != Ownership::Own {
        Some(ChangeDenied::NotOwn)
    } else if !role.allows(Permission::PublishPackage) {
        Some(ChangeDenied::Role)
    } else if !role.allows(Permission::ManagePeople) && claim.owner != Some(claim.username) {
        Some(ChangeDenied::NotTheirs)
    } else if claim.rights.name_rule(claim.name).is_some() {
        Some(ChangeDenied::Name)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publishers::PublisherRule;

    fn denied(
        role: Role,
        ownership: Ownership,
        owner: Option<&str>,
        rights: &Rights,
    ) -> Option<ChangeDenied> {
        change_denied(role, ownership, Claim { name: "Tool", username: "ann", rights, owner })
    }

    #[test]
    fn publishers_change_what_is_theirs_and_admins_all_that_is_the_accounts() {
        let free = Rights::default();
        for role in Role::ALL {
            let expected = match role {
                Role::Publisher | Role::Admin => None,
                Role::Viewer | Role::Operator => Some(ChangeDenied::Role),
            };
            assert_eq!(denied(role, Ownership::Own, Some("ann"), &free), expected, "{role:?}");
            let expected = if role == Role::Publisher { Some(ChangeDenied::NotTheirs) } else { expected };
            for owner in [Some("bob"), None] {
                assert_eq!(denied(role, Ownership::Own, owner, &free), expected, "{role:?} {owner:?}");
            }
            for others in [Ownership::Amazon, Ownership::Shared, Ownership::ThirdParty] {
                assert_eq!(denied(role, others, Some("ann"), &free), Some(ChangeDenied::NotOwn), "{role:?}");
            }
        }
    }

    #[test]
    fn a_name_that_ones_rule_does_not_allow_stays_as_it_is() {
        let names = vec!["Web-".to_owned()];
        let rule = PublisherRule { names: names.clone(), ..PublisherRule::default() };
        let ruled = Rights { rule: Some(rule), scope: Vec::new() };
        let denied_name = Some(ChangeDenied::Name);
        assert_eq!(denied(Role::Publisher, Ownership::Own, Some("ann"), &ruled), denied_name);
        let scoped = Rights { rule: None, scope: names };
        assert_eq!(denied(Role::Admin, Ownership::Own, None, &scoped), denied_name, "by the token's scope");
    }
}
