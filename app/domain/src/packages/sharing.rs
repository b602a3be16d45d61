//! Sharing a package with other accounts in its Region.

use std::collections::BTreeSet;

use crate::errors::Rule;

/// Most accounts that one call adds, and that one call removes (SSM API: `ModifyDocumentPermission`).
pub const MAX_ACCOUNTS_A_CALL: usize = 20;
/// Most accounts that a package is shared with (AWS General Reference: Systems Manager quotas).
pub const MAX_ACCOUNTS: usize = 1000;
/// Longest name or ARN by which a package can be asked for, in characters (SSM API: `DocumentARN`). Another account has
/// only the ARN.
pub const MAX_ARN_LENGTH: usize = 128;

/// The rule that an account's id breaks, if any. AWS would also take `all`, which makes a package public.
#[must_use]
pub fn account_rule(id: &str) -> Option<Rule> {
    match id {
        "" => Some(Rule::Required),
        _ => (id.len() != 12 || !id.bytes().all(|b| b.is_ascii_digit())).then_some(Rule::AccountId),
    }
}

/// What one call of `ModifyDocumentPermission` changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharingCall {
    /// At most 20.
    pub add: Vec<String>,
    /// At most 20.
    pub remove: Vec<String>,
}

/// The calls that lead from the accounts of before to those of after; none when nothing changes.
#[must_use]
pub fn calls(before: &BTreeSet<String>, after: &BTreeSet<String>) -> Vec<SharingCall> {
    let chunks = |accounts: &BTreeSet<String>, without: &BTreeSet<String>| -> Vec<Vec<String>> {
        let changed: Vec<_> = accounts.difference(without).cloned().collect();
        changed.chunks(MAX_ACCOUNTS_A_CALL).map(<[String]>::to_vec).collect()
    };
    let (mut add, mut remove) = (chunks(after, before).into_iter(), chunks(before, after).into_iter());
    std::iter::from_fn(|| match (add.next(), remove.next()) {
        (None, None) => None,
        (add, remove) => {
            Some(SharingCall { add: add.unwrap_or_default(), remove: remove.unwrap_or_default() })
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(numbers: impl IntoIterator<Item = u64>) -> BTreeSet<String> {
        numbers.into_iter().map(|number| format!("{number:012}")).collect()
    }

    #[test]
    fn each_call_changes_at_most_twenty() {
        let calls = calls(&set(0..50), &set(45..90));
        let sizes: Vec<_> = calls.iter().map(|call| (call.add.len(), call.remove.len())).collect();
        assert_eq!(sizes, [(20, 20), (20, 20), (0, 5)]);
        assert!(super::calls(&set(0..50), &set(0..50)).is_empty());
    }

    proptest! {
        #[test]
        fn the_calls_lead_from_before_to_after(
            before in proptest::collection::btree_set(0_u64..120, 0..100),
            after in proptest::collection::btree_set(0_u64..120, 0..100),
        ) {
            let (mut shared, after) = (set(before), set(after));
            for call in calls(&shared.clone(), &after) {
                prop_assert!(call.add.len() <= MAX_ACCOUNTS_A_CALL && call.remove.len() <= MAX_ACCOUNTS_A_CALL);
                prop_assert!(!call.add.is_empty() || !call.remove.is_empty());
                shared.extend(call.add);
                shared.retain(|account| !call.remove.contains(account));
            }
            prop_assert_eq!(shared, after);
        }
    }
}
