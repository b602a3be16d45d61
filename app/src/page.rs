//! What every page knows of the request it answers: person, language, zone, account.

use std::collections::BTreeMap;

use domain::language::Language;
use domain::permission::{Permission, Role};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// The facts of a request. The server provides them as context; the browser reads them from the page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PageContext {
    /// The language to speak.
    pub language: Language,
    /// Light, dark, or as the system has it.
    pub scheme: Scheme,
    /// IANA name of the viewer's zone; `UTC` until the browser has told.
    pub time_zone: String,
    /// Minutes east of UTC in that zone at `now`.
    pub utc_offset_minutes: i32,
    /// The server's time when it rendered.
    #[serde(with = "time::serde::timestamp")]
    pub now: OffsetDateTime,
    /// Who is signed in.
    pub person: Option<Person>,
    /// Whose AWS account this is.
    pub aws: Option<AwsCaller>,
    /// What the person has chosen for each table, by table name (`columns.activations`, `page_size.nodes`).
    pub preferences: BTreeMap<String, String>,
}

impl Default for PageContext {
    fn default() -> Self {
        Self {
            language: Language::default(),
            scheme: Scheme::default(),
            time_zone: "UTC".to_owned(),
            utc_offset_minutes: 0,
            now: OffsetDateTime::UNIX_EPOCH,
            person: None,
            aws: None,
            preferences: BTreeMap::new(),
        }
    }
}

impl PageContext {
    /// Whether the person may do this.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.person.as_ref().is_some_and(|person| person.role.allows(permission))
    }
}

/// Somebody who has signed in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    /// The name they sign in with.
    pub username: String,
    /// What they may do.
    pub role: Role,
}

/// The identity under which Sekisho talks to AWS (STS: `GetCallerIdentity`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AwsCaller {
    /// Twelve digits.
    pub account: String,
    /// Such as `ap-northeast-1`.
    pub region: String,
    /// The caller's ARN.
    pub arn: String,
    /// Whether this is the embedded stand-in.
    pub embedded: bool,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Scheme {
    /// Every scheme, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Name, as in the cookie and in `<html data-scheme>`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The scheme with that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.name() == name)
    }
}

/// Why the sign-in page is shown again. The server provides it as context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInFailure {
    /// The name that was typed, to be kept.
    pub username: String,
    /// Seconds until the next attempt counts; `None` when the next one may come at once.
    pub wait_seconds: Option<u64>,
    /// Where the person was going: a path of this site.
    pub next: Option<String>,
}

/// The facts of the page that is shown.
#[must_use]
pub fn use_page() -> StoredValue<PageContext> {
    use_context().unwrap_or_else(|| StoredValue::new(PageContext::default()))
}

/// The language of the page that is shown.
#[must_use]
pub fn use_language() -> Language {
    use_page().with_value(|page| page.language)
}

/// Whether the person who looks at the page may do this.
#[must_use]
pub fn may(permission: Permission) -> bool {
    use_page().with_value(|page| page.may(permission))
}
