//! `CreateRole`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sqlx::types::Json;

use super::role_xml::RoleXml;
use super::{managed_policies, shapes, trust_policy};
use crate::random;
use crate::store::{Role, Tag};
use crate::validate::{List, Member, Pattern, Shape, Text, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::query::{Action, Service};

static PATH_SIGNS: Pattern = Pattern::new(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)");
static PATH: Shape = Text::length(1, 512).matching(&PATH_SIGNS).shape();
static POLICY_SIGNS: Pattern = Pattern::new(r"[\u0009\u000A\u000D\u0020-\u00FF]+");
static POLICY: Shape = Text::length(1, 131_072).matching(&POLICY_SIGNS).shape();
static DESCRIPTION_SIGNS: Pattern = Pattern::new(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*");
static DESCRIPTION: Shape = Text::length(0, 1000).matching(&DESCRIPTION_SIGNS).shape();
static SESSION: Shape = Shape::Integer(3600, 43_200);
static TAG_KEY_SIGNS: Pattern = Pattern::new(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+");
static TAG_VALUE_SIGNS: Pattern = Pattern::new(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*");
static TAG_KEY: Shape = Text::length(1, 128).matching(&TAG_KEY_SIGNS).shape();
static TAG_VALUE: Shape = Text::length(0, 256).matching(&TAG_VALUE_SIGNS).shape();
static TAG: Shape = Shape::Structure(&[required("Key", &TAG_KEY), required("Value", &TAG_VALUE)]);
static TAGS: Shape = Shape::List(List { element: &TAG, min: 0, max: 50 });

pub(super) struct CreateRole;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    role_name: String,
    path: Option<String>,
    assume_role_policy_document: String,
    description: Option<String>,
    max_session_duration: Option<i64>,
    permissions_boundary: Option<String>,
    tags: Option<Vec<Tag>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    role: RoleXml,
}

impl Action for CreateRole {
    const NAME: &'static str = "CreateRole";
    const SERVICE: &'static Service = &super::SERVICE;
    const INPUT: &'static [Member] = &[
        optional("Path", &PATH),
        required("RoleName", &shapes::ROLE_NAME),
        required("AssumeRolePolicyDocument", &POLICY),
        optional("Description", &DESCRIPTION),
        optional("MaxSessionDuration", &SESSION),
        optional("PermissionsBoundary", &shapes::ARN),
        optional("Tags", &TAGS),
    ];
    type Input = Input;
    type Output = Output;

    async fn run(call: &Call, input: Input) -> Result<Output, ServiceError> {
        let state = &call.state;
        trust_policy::check(&input.assume_role_policy_document)?;
        let tags = input.tags.unwrap_or_default();
        check_tags(&tags)?;
        check_boundary(input.permissions_boundary.as_deref())?;
        let role = Role {
            name: input.role_name,
            id: random::unique_id(state.random(), "AROA", 17),
            path: input.path.unwrap_or_else(|| "/".to_owned()),
            description: input.description,
            trust_policy: input.assume_role_policy_document,
            max_session_duration: input.max_session_duration.unwrap_or(3600),
            created_at: state.now(),
            permissions_boundary: input.permissions_boundary,
            tags: Json(tags),
        };
        if role.is_service_linked() {
            let message = "The path /aws-service-role/ is reserved for service-linked roles.";
            return Err(ServiceError::new("InvalidInput", message));
        }
        if !state.store().insert_role(&role).await? {
            let message = format!("Role with name {} already exists.", role.name);
            return Err(ServiceError::new("EntityAlreadyExists", message).status(409));
        }
        Ok(Output { role: RoleXml::whole(role, state.account_id()) })
    }
}

fn check_tags(tags: &[Tag]) -> Result<(), ServiceError> {
    let keys: BTreeSet<_> = tags.iter().map(|tag| tag.key.to_lowercase()).collect();
    if keys.len() == tags.len() {
        return Ok(());
    }
    let message = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
    Err(ServiceError::new("InvalidInput", message))
}

fn check_boundary(arn: Option<&str>) -> Result<(), ServiceError> {
    match arn {
        Some(arn) if !managed_policies::exists(arn) => {
            let message = format!("Scope ARN: {arn} does not exist or is not attachable.");
            Err(ServiceError::new("NoSuchEntity", message).status(404))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
