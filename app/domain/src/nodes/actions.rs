//! What can be done to nodes, one or many at a time: deregister them, give them another role, change their tags.

mod choice;
mod form;
mod progress;

use serde::{Deserialize, Serialize};

pub use choice::{ChosenNode, Obstacle, choose};
pub use form::ActionForm;
pub use progress::{ActionProgress, ActionState, INTERRUPTED_AFTER, NodeOutcome, NodeResult};

use crate::permission::Permission;
use crate::tags::Tag;

/// Most nodes in one go: more do not fit into an address that every proxy lets through.
pub const MAX_NODES: u32 = 500;
/// Most keys that are removed in one go: nobody ticks more, and a node has at most 50 tags.
pub const MAX_REMOVED: u32 = 500;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActionKind {
    /// SSM forgets the node.
    Deregister,
    /// The node works under another role.
    Role,
    /// The node's tags change.
    Tags,
}

impl ActionKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Deregister, Self::Role, Self::Tags];

    /// Stable name, for addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deregister => "deregister",
            Self::Role => "role",
            Self::Tags => "tags",
        }
    }

    /// The kind with that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What somebody must be allowed to do.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::Deregister => Permission::DeregisterNode,
            Self::Role => Permission::ChangeNodeRole,
            Self::Tags => Permission::ChangeTags,
        }
    }
}

/// What is done, with everything that it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum NodeAction {
    /// `DeregisterManagedInstance`.
    Deregister,
    /// `UpdateManagedInstanceRole`.
    Role {
        /// Path and name, no ARN.
        iam_role: String,
    },
    /// `RemoveTagsFromResource`, then `AddTagsToResource`.
    Tags {
        /// Added, or put in the place of other values.
        set: Vec<Tag>,
        /// Keys that are removed; none of them is among those set.
        remove: Vec<String>,
    },
}

impl NodeAction {
    /// What is done.
    #[must_use]
    pub const fn kind(&self) -> ActionKind {
        match self {
            Self::Deregister => ActionKind::Deregister,
            Self::Role { .. } => ActionKind::Role,
            Self::Tags { .. } => ActionKind::Tags,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_kind() {
        for kind in ActionKind::ALL {
            assert_eq!(ActionKind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(ActionKind::from_name("reboot"), None);
    }
}
