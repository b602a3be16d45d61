//! A role as IAM writes it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Iso8601;
use time::format_description::well_known::iso8601::{Config, EncodedConfig, TimePrecision};

use crate::store::{Role, Tag};
use crate::wire::query::Members;

/// All but RFC 3986's unreserved signs: how IAM encodes policy documents.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

const TO_THE_SECOND: EncodedConfig =
    Config::DEFAULT.set_time_precision(TimePrecision::Second { decimal_digits: None }).encode();

/// `Role`.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RoleXml {
    path: String,
    role_name: String,
    role_id: String,
    arn: String,
    create_date: String,
    assume_role_policy_document: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    max_session_duration: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions_boundary: Option<PermissionsBoundary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Members<Tag>>,
}

/// `AttachedPermissionsBoundary`. IAM answers with the type `Policy`, whatever the model's enum says.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PermissionsBoundary {
    permissions_boundary_type: &'static str,
    permissions_boundary_arn: String,
}

impl RoleXml {
    /// The role with its tags and permissions boundary.
    pub(super) fn whole(role: Role, account_id: &str) -> Self {
        let tags = (!role.tags.is_empty()).then(|| Members::from(role.tags.0.clone()));
        let permissions_boundary = role.permissions_boundary.clone().map(|arn| PermissionsBoundary {
            permissions_boundary_type: "Policy",
            permissions_boundary_arn: arn,
        });
        Self { permissions_boundary, tags, ..Self::listed(role, account_id) }
    }

    /// The role as lists show it: without these.
    pub(super) fn listed(role: Role, account_id: &str) -> Self {
        Self {
            arn: role.arn(account_id),
            create_date: iso8601(role.created_at),
            assume_role_policy_document: utf8_percent_encode(&role.trust_policy, RESERVED).to_string(),
            path: role.path,
            role_name: role.name,
            role_id: role.id,
            description: role.description,
            max_session_duration: role.max_session_duration,
            permissions_boundary: None,
            tags: None,
        }
    }
}

fn iso8601(millis: i64) -> String {
    OffsetDateTime::from_unix_timestamp(millis.div_euclid(1000))
        .ok()
        .and_then(|time| time.format(&Iso8601::<TO_THE_SECOND>).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::iso8601;

    #[test]
    fn dates_are_to_the_second() {
        assert_eq!(iso8601(1_795_310_000_999), "2026-11-22T01:13:20Z");
    }
}
