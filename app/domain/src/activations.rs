//! Hybrid activations: the permits with which machines register.

mod aws_cli;
mod form_fields;
mod new_activation;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::tags::Tag;
pub use new_activation::{ActivationRole, NewActivation, ValidActivation};

/// Fewest and most registrations that one activation can allow (SSM API: 1–1000).
pub const REGISTRATION_LIMIT: std::ops::RangeInclusive<u32> = 1..=1000;
/// Longest description, in characters (SSM API: ≤256).
pub const MAX_DESCRIPTION_LENGTH: u32 = 256;
/// Longest default instance name, in characters (SSM API: ≤256).
pub const MAX_INSTANCE_NAME_LENGTH: u32 = 256;
/// Furthest expiry, in days from now (SSM API).
pub const MAX_EXPIRY_DAYS: u32 = 30;
/// Expiry when none is given (SSM API: 24 hours).
pub const DEFAULT_EXPIRY: Duration = Duration::hours(24);
/// An activation that expires within this time is worth a warning.
pub const EXPIRING_SOON: Duration = Duration::hours(6);

/// An activation, without its code: SSM never tells that again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activation {
    /// A UUID.
    pub id: String,
    /// What it is for.
    pub description: Option<String>,
    /// The name that every node registered with it gets.
    pub default_instance_name: Option<String>,
    /// The role that its nodes work under: path and name, no ARN.
    pub iam_role: String,
    /// How many machines may register.
    pub registration_limit: u32,
    /// How many have registered.
    pub registrations: u32,
    /// No machine can register after this.
    #[serde(with = "time::serde::timestamp::option")]
    pub expires: Option<OffsetDateTime>,
    /// SSM's own word on whether it has expired.
    pub expired: bool,
    /// When it was created.
    #[serde(with = "time::serde::timestamp::option")]
    pub created: Option<OffsetDateTime>,
    /// Set at creation, unchangeable since.
    pub tags: Vec<Tag>,
}

/// What an activation is still good for. SSM has no such field; it follows from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActivationStatus {
    /// Machines can register.
    Active,
    /// Machines can register, but not for long.
    ExpiringSoon,
    /// The limit is reached.
    Exhausted,
    /// Its time is over.
    Expired,
}

impl ActivationStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Active, Self::ExpiringSoon, Self::Exhausted, Self::Expired];

    /// Stable name, for URLs and style classes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::ExpiringSoon => "expiring-soon",
            Self::Exhausted => "exhausted",
            Self::Expired => "expired",
        }
    }

    /// The status with that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

impl Activation {
    /// What the activation is still good for at `now`. Expiry outweighs a reached limit: it cannot be undone.
    #[must_use]
    pub fn status(&self, now: OffsetDateTime) -> ActivationStatus {
        let expired = self.expired || self.expires.is_some_and(|at| at <= now);
        if expired {
            ActivationStatus::Expired
        } else if self.registrations >= self.registration_limit {
            ActivationStatus::Exhausted
        } else if self.expires.is_some_and(|at| at - now <= EXPIRING_SOON) {
            ActivationStatus::ExpiringSoon
        } else {
            ActivationStatus::Active
        }
    }

    /// How many machines can still register.
    #[must_use]
    pub const fn remaining(&self) -> u32 {
        self.registration_limit.saturating_sub(self.registrations)
    }
}

/// A new activation with its code, which exists only in the answer to the request that created it.
#[derive(Clone, Debug)]
pub struct CreatedActivation {
    /// The activation's id.
    pub id: String,
    /// 20–250 characters (SSM API). Prints as `[REDACTED]`.
    pub code: SecretString,
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);

    fn activation() -> Activation {
        Activation {
            id: "255996e5-f42d-44c8-8fb8-eb17f76696bc".to_owned(),
            description: None,
            default_instance_name: None,
            iam_role: "BB_Hybrid_Activation".to_owned(),
            registration_limit: 2,
            registrations: 1,
            expires: Some(NOW + Duration::hours(24)),
            expired: false,
            created: Some(NOW),
            tags: Vec::new(),
        }
    }

    #[test]
    fn status_follows_from_count_and_time() {
        assert_eq!(activation().status(NOW), ActivationStatus::Active);
        assert_eq!(activation().status(NOW + Duration::hours(18)), ActivationStatus::ExpiringSoon);
        assert_eq!(activation().status(NOW + Duration::hours(24)), ActivationStatus::Expired);
        let exhausted = Activation { registrations: 2, ..activation() };
        assert_eq!(exhausted.status(NOW), ActivationStatus::Exhausted);
        assert_eq!(exhausted.status(NOW + Duration::hours(25)), ActivationStatus::Expired);
        assert_eq!(Activation { expired: true, ..activation() }.status(NOW), ActivationStatus::Expired);
        assert_eq!(Activation { expires: None, ..activation() }.status(NOW), ActivationStatus::Active);
    }

    #[test]
    fn a_count_above_the_limit_leaves_nothing() {
        assert_eq!(Activation { registrations: 3, ..activation() }.remaining(), 0);
    }

    #[test]
    fn a_code_is_not_printed() {
        let created = CreatedActivation { id: "id".to_owned(), code: "a-very-secret-code-1234".into() };
        assert!(!format!("{created:?}").contains("secret-code"));
    }
}
