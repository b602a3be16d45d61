//! Which nodes are wanted, as SQL.

use sqlx::types::Json;
use sqlx::{QueryBuilder, Sqlite};

/// A column that nodes can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Id,
    AgentVersion,
    PingStatus,
    PlatformType,
    ActivationId,
    IamRole,
    ResourceType,
    SourceType,
    /// No node has one: State Manager is not emulated.
    AssociationStatus,
}

/// How a column is compared with a filter's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    BeginWith,
    LessThan,
    GreaterThan,
}

/// Whether nodes are wanted that have a tag, or those that have it not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Present,
    Absent,
}

/// One filter; a node must satisfy all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    /// The column compares with one of the values (with none, for `NotEqual`).
    Column(Column, Operator, Vec<String>),
    /// The node has a tag with one of the keys, or none such.
    TagKey(Presence, Vec<String>),
    /// The node has the tag of this key with one of the values, or not so.
    Tag(Presence, String, Vec<String>),
}

/// `Online` or `ConnectionLost`, by the time of the last report.
pub(super) fn push_ping_status(query: &mut QueryBuilder<Sqlite>, online_since: i64) {
    query.push("CASE WHEN n.last_ping_at >= ").push_bind(online_since);
    query.push(" THEN 'Online' ELSE 'ConnectionLost' END");
}

/// Adds ` AND …` for the condition.
pub(super) fn push_condition(query: &mut QueryBuilder<Sqlite>, condition: &Condition, online_since: i64) {
    query.push(" AND ");
    match condition {
        Condition::Column(column, operator, values) => {
            push_comparison(query, *column, *operator, values, online_since);
        }
        Condition::TagKey(presence, keys) => {
            push_tag_lookup(query, *presence);
            query.push("t.key ");
            push_in(query, keys);
            query.push(")");
        }
        Condition::Tag(presence, key, values) => {
            push_tag_lookup(query, *presence);
            query.push("t.key = ").push_bind(key.clone()).push(" AND t.value ");
            push_in(query, values);
            query.push(")");
        }
    }
}

fn push_tag_lookup(query: &mut QueryBuilder<Sqlite>, presence: Presence) {
    if presence == Presence::Absent {
        query.push("NOT ");
    }
    query.push(
        "EXISTS (SELECT 1 FROM tags t WHERE t.resource_type = 'ManagedInstance' AND t.resource_id = n.id AND ",
    );
}

fn push_comparison(
    query: &mut QueryBuilder<Sqlite>,
    column: Column,
    operator: Operator,
    values: &[String],
    online_since: i64,
) {
    let sign = match operator {
        Operator::Equal => {
            push_column(query, column, online_since);
            query.push(" ");
            return push_in(query, values);
        }
        Operator::NotEqual => {
            query.push("coalesce(");
            push_column(query, column, online_since);
            query.push(", '') NOT ");
            return push_in(query, values);
        }
        Operator::BeginWith => return push_prefixes(query, column, values, online_since),
        Operator::LessThan => " < ",
        Operator::GreaterThan => " > ",
    };
    push_any(query, values, |query, value| {
        if column == Column::AgentVersion {
            query.push("n.agent_version_key").push(sign).push_bind(version_key(value));
        } else {
            push_column(query, column, online_since);
            query.push(sign).push_bind(value.to_owned());
        }
    });
}

fn push_prefixes(query: &mut QueryBuilder<Sqlite>, column: Column, values: &[String], online_since: i64) {
    push_any(query, values, |query, value| {
        query.push("substr(");
        push_column(query, column, online_since);
        query.push(", 1, length(").push_bind(value.to_owned()).push(")) = ").push_bind(value.to_owned());
    });
}

fn push_any(
    query: &mut QueryBuilder<Sqlite>,
    values: &[String],
    one: impl Fn(&mut QueryBuilder<Sqlite>, &str),
) {
    query.push("(");
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            query.push(" OR ");
        }
        one(query, value);
    }
    query.push(")");
}

fn push_column(query: &mut QueryBuilder<Sqlite>, column: Column, online_since: i64) {
    let name = match column {
        Column::Id => "n.id",
        Column::AgentVersion => "n.agent_version",
        Column::PingStatus => return push_ping_status(query, online_since),
        Column::PlatformType => "n.platform_type",
        Column::ActivationId => "n.activation_id",
        Column::IamRole => "n.iam_role",
        Column::ResourceType => "n.resource_type",
        Column::SourceType => "n.source_type",
        Column::AssociationStatus => "NULL",
    };
    query.push(name);
}

/// The values are one JSON parameter, as SQLite limits how many parameters a statement has.
pub(super) fn push_in(query: &mut QueryBuilder<Sqlite>, values: &[String]) {
    query.push("IN (SELECT value FROM json_each(").push_bind(Json(values.to_vec())).push("))");
}

/// A version as text that sorts by its numbers: each part padded to six digits, four parts.
pub(crate) fn version_key(version: &str) -> String {
    let mut parts = version.split('.');
    let parts: Vec<_> = (0..4).map(|_| format!("{:0>6}", parts.next().unwrap_or("0"))).collect();
    parts.join(".")
}

#[cfg(test)]
mod tests {
    use super::version_key;

    #[test]
    fn versions_sort_by_their_numbers() {
        assert!(version_key("3.2.815.0") < version_key("3.2.1000.0"));
        assert!(version_key("3.2.815") < version_key("3.10.0.0"));
        assert_eq!(version_key("3.2.815"), version_key("3.2.815.0"));
    }
}
