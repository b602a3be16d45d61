//! The filters of the operations that describe nodes.

use super::shapes;
use crate::store::{Column, Condition, Operator, Presence};
use crate::wire::errors::ServiceError;

/// One filter of a request, whichever list it came in.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    pub(super) key: String,
    pub(super) operator: Operator,
    pub(super) values: Vec<String>,
}

/// How an operation answers wrong filters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dialect {
    /// The error for a value that its key, or a comparison that a tag does not admit.
    pub(super) invalid_value: &'static str,
    /// The error for an activation id that is none.
    pub(super) invalid_activation: &'static str,
    /// Whether `DocumentName` is a key.
    pub(super) documents: bool,
}

/// The conditions that the filters state.
///
/// # Errors
/// `InvalidFilterKey` for an unknown key, or tag filters among others; `InvalidInstanceId` and the dialect's errors
/// for values.
pub(super) fn conditions(filters: Vec<Filter>, dialect: Dialect) -> Result<Vec<Condition>, ServiceError> {
    let tags = filters.iter().filter(|filter| is_tag(&filter.key)).count();
    if tags > 0 && tags < filters.len() {
        return Err(ServiceError::bare("InvalidFilterKey"));
    }
    filters.into_iter().map(|filter| condition(filter, dialect)).collect()
}

fn condition(filter: Filter, dialect: Dialect) -> Result<Condition, ServiceError> {
    if is_tag(&filter.key) {
        return tag_condition(filter, dialect);
    }
    let column = match filter.key.as_str() {
        "InstanceIds" | "SourceIds" => Column::Id,
        "AgentVersion" => Column::AgentVersion,
        "PingStatus" => Column::PingStatus,
        "PlatformTypes" => Column::PlatformType,
        "ActivationIds" => Column::ActivationId,
        "IamRole" => Column::IamRole,
        "ResourceType" => Column::ResourceType,
        "SourceTypes" => Column::SourceType,
        "AssociationStatus" => Column::AssociationStatus,
        "DocumentName" if dialect.documents => {
            return Err(ServiceError::new("InvalidDocument", "The document does not exist."));
        }
        _ => return Err(ServiceError::bare("InvalidFilterKey")),
    };
    check_values(&filter, column, dialect)?;
    Ok(Condition::Column(column, filter.operator, filter.values))
}

/// Tags are compared whole; a node without the tag is not equal to any value.
fn tag_condition(filter: Filter, dialect: Dialect) -> Result<Condition, ServiceError> {
    let key = filter.key.strip_prefix("tag:");
    if key == Some("") {
        return Err(ServiceError::bare("InvalidFilterKey"));
    }
    let presence = match filter.operator {
        Operator::Equal => Presence::Present,
        Operator::NotEqual => Presence::Absent,
        Operator::BeginWith | Operator::LessThan | Operator::GreaterThan => {
            let message = format!("{} can be compared by Equal and NotEqual only.", filter.key);
            return Err(ServiceError::new(dialect.invalid_value, message));
        }
    };
    Ok(match key {
        Some(key) => Condition::Tag(presence, key.to_owned(), filter.values),
        None => Condition::TagKey(presence, filter.values),
    })
}

/// Values that are compared whole must be ones that the column can have.
fn check_values(filter: &Filter, column: Column, dialect: Dialect) -> Result<(), ServiceError> {
    if !matches!(filter.operator, Operator::Equal | Operator::NotEqual) {
        return Ok(());
    }
    for value in &filter.values {
        match column {
            Column::Id if filter.key == "InstanceIds" && !shapes::is_instance_id(value) => {
                let message = format!("The instance ID {value} is not valid.");
                return Err(ServiceError::new("InvalidInstanceId", message));
            }
            Column::ActivationId if !shapes::is_activation_id(value) => {
                let message = format!("The activation ID {value} is not valid.");
                return Err(ServiceError::new(dialect.invalid_activation, message));
            }
            _ => {}
        }
        if let Some(known) = known_values(column).filter(|known| !known.contains(&value.as_str())) {
            let message = format!("{} must be one of {}: {value}", filter.key, known.join(", "));
            return Err(ServiceError::new(dialect.invalid_value, message));
        }
    }
    Ok(())
}

fn known_values(column: Column) -> Option<&'static [&'static str]> {
    match column {
        Column::PingStatus => Some(&["Online", "ConnectionLost", "Inactive"]),
        Column::PlatformType => Some(&["Windows", "Linux", "MacOS"]),
        Column::ResourceType => Some(&["EC2Instance", "ManagedInstance"]),
        Column::AssociationStatus => Some(&["Success", "Pending", "Failed"]),
        Column::SourceType => Some(&[
            "AWS::EC2::Instance",
            "AWS::IoT::Thing",
            "AWS::SSM::ManagedInstance",
            "Microsoft.Compute/virtualMachines",
            "compute.googleapis.com/Instance",
        ]),
        Column::Id | Column::AgentVersion | Column::ActivationId | Column::IamRole => None,
    }
}

fn is_tag(key: &str) -> bool {
    key == "tag-key" || key.starts_with("tag:")
}

#[cfg(test)]
mod tests;
