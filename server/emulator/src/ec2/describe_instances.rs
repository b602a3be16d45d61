//! `DescribeInstances`.

use std::fmt::Write as _;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::input::{self, Filter};
use crate::page::{Pages, cut};
use crate::store::Instance;
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::query::Form;

/// A page where no size is asked for.
const DEFAULT_SIZE: i64 = 1000;

pub(super) async fn run(call: &Call, form: &Form) -> Result<String, ServiceError> {
    let ids = input::list(form, "InstanceId");
    let filters = input::filters(form)?;
    let size = input::max_results(form)?;
    if !ids.is_empty() && size.is_some() {
        let message = "The parameter instancesSet cannot be used with the parameter maxResults";
        return Err(ServiceError::new("InvalidParameterCombination", message));
    }
    let all = call.state.store().instances().await?;
    let named = |id: &String| all.iter().any(|instance| instance.id == *id);
    if let Some(odd) = ids.iter().find(|id| !is_id(id)) {
        return Err(ServiceError::new("InvalidInstanceID.Malformed", format!("Invalid id: \"{odd}\"")));
    }
    if let Some(missing) = ids.iter().find(|id| !named(id)) {
        let message = format!("The instance ID '{missing}' does not exist");
        return Err(ServiceError::new("InvalidInstanceID.NotFound", message));
    }
    let mut found = Vec::new();
    for instance in all {
        if (ids.is_empty() || ids.contains(&instance.id)) && fits(&instance, &filters)? {
            found.push(instance);
        }
    }
    let pages = Pages::of(&call.state, "DescribeInstances", &format!("{filters:?}")).await?;
    let after = match form.get("NextToken") {
        None => String::new(),
        Some(token) => pages
            .place(token)
            .ok_or_else(|| ServiceError::new("InvalidParameterValue", "Unable to parse pagination token"))?,
    };
    let rest = found.into_iter().filter(|instance| instance.id > after).collect();
    let (page, more) = cut(rest, size.unwrap_or(DEFAULT_SIZE));
    let token = page.last().filter(|_| more).map(|last| pages.token(&last.id));
    Ok(write(&page, token, call.state.account_id()))
}

/// `i-` and 8 or 17 hexadecimal digits.
fn is_id(id: &str) -> bool {
    id.strip_prefix("i-").is_some_and(|digits| {
        matches!(digits.len(), 8 | 17) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

fn fits(instance: &Instance, filters: &[Filter]) -> Result<bool, ServiceError> {
    for filter in filters {
        let value = match &*filter.name {
            "instance-id" => Some(&instance.id),
            "image-id" => instance.image_id.as_ref(),
            "instance-type" => Some(&instance.instance_type),
            "instance-state-name" => Some(&instance.instance_state),
            "architecture" => Some(&instance.architecture),
            name => {
                let message = format!("The filter '{name}' is invalid");
                return Err(ServiceError::new("InvalidParameterValue", message));
            }
        };
        if !value.is_some_and(|value| filter.values.contains(value)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// One reservation an instance, as EC2 has it for instances that were launched one by one. What is known of an instance
/// here never holds signs that XML would have to escape.
fn write(instances: &[Instance], token: Option<String>, owner: &str) -> String {
    let mut xml = String::from("<reservationSet>");
    for instance in instances {
        let Instance { id, instance_type, instance_state, architecture, .. } = instance;
        let reservation = id.replacen("i-", "r-", 1);
        let code = if instance_state == "running" { 16 } else { 80 };
        let launched = OffsetDateTime::from_unix_timestamp(instance.launched_at.div_euclid(1000))
            .ok()
            .and_then(|time| time.format(&Rfc3339).ok())
            .unwrap_or_default();
        let image = instance.image_id.as_deref().unwrap_or_default();
        let _ = write!(
            xml,
            "<item><reservationId>{reservation}</reservationId><ownerId>{owner}</ownerId><groupSet/><instancesSet><item>\
             <instanceId>{id}</instanceId><imageId>{image}</imageId>\
             <instanceState><code>{code}</code><name>{instance_state}</name></instanceState>\
             <instanceType>{instance_type}</instanceType><launchTime>{launched}</launchTime>\
             <architecture>{architecture}</architecture></item></instancesSet></item>"
        );
    }
    xml.push_str("</reservationSet>");
    if let Some(token) = token {
        let _ = write!(xml, "<nextToken>{token}</nextToken>");
    }
    xml
}

#[cfg(test)]
mod tests;
