//! How far an account has come on the way to its first managed node.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::activations::{Activation, ActivationStatus};
use crate::errors::ApiError;
use crate::iam_roles::{DEFAULT_ROLE, IamRole};
use crate::tier::{HybridNodes, TierState};

/// What there is already; each part may be missing while the others are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The roles that nodes can work under.
    pub roles: Result<RoleProgress, ApiError>,
    /// Activations that machines can still register with.
    pub usable_activations: Result<usize, ApiError>,
    /// The hybrid nodes.
    pub hybrid: Result<HybridNodes, ApiError>,
    /// The activation tier.
    pub tier: Result<TierState, ApiError>,
}

/// What there is of roles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleProgress {
    /// The system's default role, if it exists.
    pub default: Option<IamRole>,
    /// How many others SSM may assume and have every policy that nodes need.
    pub others: usize,
}

impl RoleProgress {
    /// Looks through the roles that SSM may assume.
    #[must_use]
    pub fn of(roles: &[IamRole]) -> Self {
        let (default, others): (Vec<_>, Vec<_>) = roles.iter().partition(|role| role.name == DEFAULT_ROLE);
        Self {
            default: default.first().map(|role| (*role).clone()),
            others: others.iter().filter(|role| role.missing_policies.is_empty()).count(),
        }
    }

    /// Whether a node could work under one of them.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.others > 0 || self.default.as_ref().is_some_and(|role| role.missing_policies.is_empty())
    }
}

/// How many activations machines can still register with at `now`.
#[must_use]
pub fn usable_activations(activations: &[Activation], now: OffsetDateTime) -> usize {
    let usable = |activation: &&Activation| {
        matches!(activation.status(now), ActivationStatus::Active | ActivationStatus::ExpiringSoon)
    };
    activations.iter().filter(usable).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(name: &str, missing: &[&str]) -> IamRole {
        let missing_policies = missing.iter().map(|policy| (*policy).to_owned()).collect();
        IamRole { name: name.to_owned(), missing_policies }
    }

    #[test]
    fn a_role_without_its_policy_is_none_to_work_under() {
        let incomplete = role("Bare", &["AmazonSSMManagedInstanceCore"]);
        let progress = RoleProgress::of(std::slice::from_ref(&incomplete));
        assert_eq!(progress, RoleProgress::default());
        assert!(!progress.is_ready());
        assert!(RoleProgress::of(&[incomplete, role("BB_Hybrid_Activation", &[])]).is_ready());
    }

    #[test]
    fn the_default_role_is_told_from_the_others() {
        let progress = RoleProgress::of(&[role(DEFAULT_ROLE, &["AmazonSSMManagedInstanceCore"])]);
        assert!(progress.default.is_some() && progress.others == 0 && !progress.is_ready());
        assert!(RoleProgress::of(&[role(DEFAULT_ROLE, &[])]).is_ready());
    }
}
