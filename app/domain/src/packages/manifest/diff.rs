//! What a manifest says otherwise than an earlier one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Manifest, Row};

/// A line of the table that is not the same in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum RowChange {
    /// Only the later one has it.
    Added {
        /// The line.
        row: Row,
    },
    /// Only the earlier one has it.
    Removed {
        /// The line.
        row: Row,
    },
    /// Another file, or the same with another content.
    Changed {
        /// In the earlier one.
        before: Row,
        /// In the later one.
        after: Row,
    },
}

/// The lines that differ, in the order of the table.
#[must_use]
pub fn diff(before: &Manifest, after: &Manifest) -> Vec<RowChange> {
    let mut pairs: BTreeMap<_, (Option<Row>, Option<Row>)> = BTreeMap::new();
    for row in before.rows() {
        let pair = pairs.entry(row.target.clone()).or_default();
        pair.0 = Some(row);
    }
    for row in after.rows() {
        let pair = pairs.entry(row.target.clone()).or_default();
        pair.1 = Some(row);
    }
    pairs.into_values().filter_map(change).collect()
}

fn change(pair: (Option<Row>, Option<Row>)) -> Option<RowChange> {
    match pair {
        (Some(before), Some(after)) if before == after => None,
        (Some(before), Some(after)) => Some(RowChange::Changed { before, after }),
        (Some(row), None) => Some(RowChange::Removed { row }),
        (None, Some(row)) => Some(RowChange::Added { row }),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packages::manifest::testing::any_manifest;
    use crate::packages::platform::Target;
    use proptest::prelude::*;

    fn apply(rows: Vec<Row>, changes: Vec<RowChange>) -> Vec<Row> {
        let mut rows: BTreeMap<Target, Row> = rows.into_iter().map(|row| (row.target.clone(), row)).collect();
        for change in changes {
            match change {
                RowChange::Added { row } => assert!(rows.insert(row.target.clone(), row).is_none()),
                RowChange::Removed { row } => assert_eq!(rows.remove(&row.target), Some(row)),
                RowChange::Changed { before, after } => {
                    assert_eq!(rows.insert(after.target.clone(), after), Some(before));
                }
            }
        }
        rows.into_values().collect()
    }

    proptest! {
        #[test]
        fn the_changes_lead_from_one_to_the_other(before in any_manifest(), after in any_manifest()) {
            prop_assert_eq!(apply(before.rows(), diff(&before, &after)), after.rows());
            prop_assert_eq!(diff(&before, &before), []);
        }
    }
}
