//! What every server function begins with: who calls, and what they may do.

pub mod forms;

use domain::errors::ApiError;
use domain::permission::Permission;
use domain::publishers::{Rights, Token};
use leptos::prelude::use_context;
use time::OffsetDateTime;
use time::format_description::well_known::Iso8601;

use crate::page::{PageContext, Person};
use crate::ports::Ports;

/// The person behind a request, and the ports to act through.
#[derive(Clone)]
pub struct Caller {
    /// Who calls.
    pub person: Person,
    /// The Region of the account that is worked on.
    pub region: String,
    /// The ports to act through.
    pub ports: Ports,
    /// The token that acts for them, where it is a pipeline that calls.
    pub token: Option<Token>,
}

impl Caller {
    /// The caller, if signed in and permitted.
    ///
    /// # Errors
    /// `Unauthenticated`, `Forbidden`.
    pub fn require(permission: Permission) -> Result<Self, ApiError> {
        let page = use_context::<PageContext>().ok_or(ApiError::Unauthenticated)?;
        let person = page.person.ok_or(ApiError::Unauthenticated)?;
        if !person.role.allows(permission) {
            return Err(ApiError::Forbidden);
        }
        let ports = use_context::<Ports>().ok_or(ApiError::Internal)?;
        let region = page.aws.map(|aws| aws.region).unwrap_or_default();
        Ok(Self { person, region, ports, token: None })
    }

    /// What they may publish. For who manages people there is no rule but that of a token.
    ///
    /// # Errors
    /// As [`crate::ports::Publishers::rule_of`].
    pub async fn rights(&self) -> Result<Rights, ApiError> {
        let ruled = !self.person.role.allows(Permission::ManagePeople);
        let rule =
            if ruled { Some(self.ports.publishers.rule_of(&self.person.username).await?) } else { None };
        let scope = self.token.as_ref().map(|token| token.names.clone()).unwrap_or_default();
        Ok(Rights { rule, scope })
    }

    /// Whether a draft, or a publication, of this person's is the caller's business.
    #[must_use]
    pub fn is_or_manages(&self, username: &str) -> bool {
        self.person.username == username || self.person.role.allows(Permission::ManageDrafts)
    }
}

/// The time that `datetime-local` text means in a zone, as browsers read it.
///
/// One that the zone's clocks skip is put forward as they are, and one that they show twice is the first. `None` for other text and an unknown zone.
#[must_use]
pub fn local_to_utc(text: &str, zone: &str) -> Option<OffsetDateTime> {
    let zone = jiff::tz::TimeZone::get(if zone.is_empty() { "UTC" } else { zone }).ok()?;
    let local: jiff::civil::DateTime = text.parse().ok()?;
    let timestamp = zone.to_ambiguous_timestamp(local).compatible().ok()?;
    OffsetDateTime::from_unix_timestamp(timestamp.as_second()).ok()
}

/// Minutes east of UTC in a zone at a time; 0 for an unknown zone.
#[must_use]
pub fn utc_offset_minutes(zone: &str, at: OffsetDateTime) -> i32 {
    let Ok(zone) = jiff::tz::TimeZone::get(zone) else { return 0 };
    let Ok(at) = jiff::Timestamp::from_second(at.unix_timestamp()) else { return 0 };
    zone.to_offset(at).seconds() / 60
}

/// Whether the zone database knows this name.
#[must_use]
pub fn is_time_zone(name: &str) -> bool {
    jiff::tz::TimeZone::get(name).is_ok()
}

/// A time as the `datetime` attribute has it.
#[must_use]
pub fn iso(at: OffsetDateTime) -> String {
    at.format(&Iso8601::DEFAULT).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn local_time_is_read_in_its_zone() {
        assert_eq!(local_to_utc("2026-11-23T12:00", "Asia/Tokyo"), Some(datetime!(2026-11-23 03:00 UTC)));
        assert_eq!(local_to_utc("2026-11-23T12:00:30", ""), Some(datetime!(2026-11-23 12:00:30 UTC)));
        assert_eq!(
            local_to_utc("2026-11-23", "Asia/Tokyo").is_some(),
            "2026-11-23".parse::<jiff::civil::DateTime>().is_ok()
        );
        assert_eq!(local_to_utc("tomorrow", "UTC"), None);
        assert_eq!(local_to_utc("2026-11-23T12:00", "Mars/Olympus"), None);
    }

    #[test]
    fn skipped_and_repeated_hours_are_read_as_browsers_read_them() {
        assert_eq!(local_to_utc("2026-03-29T02:30", "Europe/Berlin"), Some(datetime!(2026-03-29 01:30 UTC)));
        assert_eq!(local_to_utc("2026-10-25T02:30", "Europe/Berlin"), Some(datetime!(2026-10-25 00:30 UTC)));
    }

    #[test]
    fn offsets_follow_the_season() {
        assert_eq!(utc_offset_minutes("Europe/Berlin", datetime!(2026-07-01 0:00 UTC)), 120);
        assert_eq!(utc_offset_minutes("Europe/Berlin", datetime!(2026-12-01 0:00 UTC)), 60);
        assert_eq!(utc_offset_minutes("nowhere", datetime!(2026-12-01 0:00 UTC)), 0);
    }
}
