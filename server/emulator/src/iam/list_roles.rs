//! `ListRoles`.

use serde::{Deserialize, Serialize};

use super::role_xml::RoleXml;
use super::shapes;
use crate::page::{Pages, cut};
use crate::validate::{Member, Pattern, Shape, Text, optional};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::query::{Action, Members, Service};

static PATH_PREFIX_SIGNS: Pattern = Pattern::new(r"\u002F[\u0021-\u007F]*");
static PATH_PREFIX: Shape = Text::length(1, 512).matching(&PATH_PREFIX_SIGNS).shape();

pub(super) struct ListRoles;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    path_prefix: Option<String>,
    marker: Option<String>,
    max_items: Option<i64>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    roles: Members<RoleXml>,
    is_truncated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    marker: Option<String>,
}

impl Action for ListRoles {
    const NAME: &'static str = "ListRoles";
    const SERVICE: &'static Service = &super::SERVICE;
    const INPUT: &'static [Member] = &[
        optional("PathPrefix", &PATH_PREFIX),
        optional("Marker", &shapes::MARKER),
        optional("MaxItems", &shapes::MAX_ITEMS),
    ];
    type Input = Input;
    type Output = Output;

    async fn run(call: &Call, input: Input) -> Result<Output, ServiceError> {
        let prefix = input.path_prefix.unwrap_or_else(|| "/".to_owned());
        let pages = Pages::of(&call.state, Self::NAME, &prefix).await?;
        let after = match &input.marker {
            Some(marker) => pages.place(marker).ok_or_else(|| shapes::invalid_marker(marker))?,
            None => String::new(),
        };
        let size = input.max_items.unwrap_or(shapes::DEFAULT_ITEMS);
        let found = call.state.store().roles(&prefix, &after, size + 1).await?;
        let (found, more) = cut(found, size);
        let marker = found.last().filter(|_| more).map(|last| pages.token(&last.name));
        let account_id = call.state.account_id();
        let roles: Vec<_> = found.into_iter().map(|role| RoleXml::listed(role, account_id)).collect();
        Ok(Output { roles: roles.into(), is_truncated: more, marker })
    }
}

#[cfg(test)]
mod tests;
