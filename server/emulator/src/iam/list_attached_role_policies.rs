//! `ListAttachedRolePolicies`.

use serde::{Deserialize, Serialize};

use super::{managed_policies, shapes};
use crate::page::{Pages, cut};
use crate::validate::{Member, Pattern, Shape, Text, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::query::{Action, Members, Service};

static PATH_SIGNS: Pattern = Pattern::new(r"((/[A-Za-z0-9\.,\+@=_-]+)*)/");
static PATH_PREFIX: Shape = Text::length(1, 512).matching(&PATH_SIGNS).shape();

pub(super) struct ListAttachedRolePolicies;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    role_name: String,
    path_prefix: Option<String>,
    marker: Option<String>,
    max_items: Option<i64>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    attached_policies: Members<AttachedPolicy>,
    is_truncated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    marker: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct AttachedPolicy {
    policy_name: String,
    policy_arn: String,
}

impl Action for ListAttachedRolePolicies {
    const NAME: &'static str = "ListAttachedRolePolicies";
    const SERVICE: &'static Service = &super::SERVICE;
    const INPUT: &'static [Member] = &[
        required("RoleName", &shapes::ROLE_NAME),
        optional("PathPrefix", &PATH_PREFIX),
        optional("Marker", &shapes::MARKER),
        optional("MaxItems", &shapes::MAX_ITEMS),
    ];
    type Input = Input;
    type Output = Output;

    async fn run(call: &Call, input: Input) -> Result<Output, ServiceError> {
        let store = call.state.store();
        let role = store.role(&input.role_name).await?;
        let role = role.ok_or_else(|| shapes::no_such_role(&input.role_name))?;
        let prefix = input.path_prefix.unwrap_or_else(|| "/".to_owned());
        let request = format!("{}\n{prefix}", role.name);
        let pages = Pages::of(&call.state, Self::NAME, &request).await?;
        let after = match &input.marker {
            Some(marker) => pages.place(marker).ok_or_else(|| shapes::invalid_marker(marker))?,
            None => String::new(),
        };
        let mut found = store.role_policies(&role.name, &after).await?;
        found.retain(|arn| managed_policies::path(arn).starts_with(&prefix));
        let (found, more) = cut(found, input.max_items.unwrap_or(shapes::DEFAULT_ITEMS));
        let marker = found.last().filter(|_| more).map(|last| pages.token(last));
        let policies: Vec<_> = found
            .into_iter()
            .map(|arn| AttachedPolicy {
                policy_name: managed_policies::name(&arn).to_owned(),
                policy_arn: arn,
            })
            .collect();
        Ok(Output { attached_policies: policies.into(), is_truncated: more, marker })
    }
}

#[cfg(test)]
mod tests;
