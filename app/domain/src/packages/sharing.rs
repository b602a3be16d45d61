//! Sharing a package with other accounts in its Region.

use std::collections::BTreeSet;

use crate::errors::{FieldError, Rule};
use crate::iam_roles::partition;

/// Most accounts that one call adds, and that one call removes (SSM API: `ModifyDocumentPermission`).
pub const MAX_ACCOUNTS_A_CALL: usize = 20;
/// Most accounts that a package is shared with (AWS General Reference: Systems Manager quotas).
pub const MAX_ACCOUNTS: usize = 1000;
/// Longest name or ARN by which a package can be asked for, in characters (SSM API: `DocumentARN`).
pub const MAX_ARN_LENGTH: usize = 128;

/// The rule that an account's id breaks, if any. AWS would also take `all`, which makes a package public.
#[must_use]
pub fn account_rule(id: &str) -> Option<Rule> {
    match id {
        "" => Some(Rule::Required),
        _ => (id.len() != 12 || !id.bytes().all(|b| b.is_ascii_digit())).then_some(Rule::AccountId),
    }
}

/// The accounts that were filled in, without those that are empty. Hyphens, as in `1234-5678-9012`, do not count.
///
/// # Errors
/// The broken rules at `accounts.N`, N counting the given fields, and at `accounts` when there are more than 1,000.
pub fn accounts<'a>(
    fields: impl IntoIterator<Item = &'a str>,
    owner: &str,
) -> Result<BTreeSet<String>, Vec<FieldError>> {
    let mut accounts = BTreeSet::new();
    let mut errors = Vec::new();
    for (index, field) in fields.into_iter().enumerate() {
        let id: String = field.trim().chars().filter(|c| *c != '-').collect();
        if id.is_empty() {
            continue;
        }
        let rule = account_rule(&id)
            .or_else(|| (id == owner).then_some(Rule::OtherAccount))
            .or_else(|| (!accounts.insert(id)).then_some(Rule::Duplicate));
        errors.extend(rule.map(|rule| FieldError { field: format!("accounts.{index}"), rule }));
    }
    if accounts.len() > MAX_ACCOUNTS {
        errors.push(FieldError { field: "accounts".to_owned(), rule: Rule::TooMany { max: 1000 } });
    }
    if errors.is_empty() { Ok(accounts) } else { Err(errors) }
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

/// The ARN under which another account finds the package. From [`MAX_ARN_LENGTH`] on it is of no use to it.
#[must_use]
pub fn arn(region: &str, account: &str, package: &str) -> String {
    format!("arn:{}:ssm:{region}:{account}:document/{package}", partition(region))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OWNER: &str = "123456789012";

    fn set(numbers: impl IntoIterator<Item = u64>) -> BTreeSet<String> {
        numbers.into_iter().map(|number| format!("{number:012}")).collect()
    }

    #[test]
    fn accounts_have_twelve_digits() {
        let accounts = |fields: &[&str]| accounts(fields.iter().copied(), OWNER);
        assert_eq!(
            accounts(&["", " 210987654321 ", "1111-2222-3333"]).unwrap(),
            BTreeSet::from(["111122223333".to_owned(), "210987654321".to_owned()])
        );
        let errors =
            accounts(&["all", OWNER, "111122223333", "111122223333", "1", "１２３４５６７８９０１２"]);
        let errors: Vec<_> = errors.unwrap_err().into_iter().map(|error| (error.field, error.rule)).collect();
        let at = |index: usize, rule: Rule| (format!("accounts.{index}"), rule);
        assert_eq!(
            errors,
            [
                at(0, Rule::AccountId),
                at(1, Rule::OtherAccount),
                at(3, Rule::Duplicate),
                at(4, Rule::AccountId),
                at(5, Rule::AccountId),
            ]
        );
        let many: Vec<_> = set(0..1001).into_iter().collect();
        let errors = accounts(&many.iter().map(String::as_str).collect::<Vec<_>>()).unwrap_err();
        assert_eq!(errors[0].rule, Rule::TooMany { max: 1000 });
    }

    #[test]
    fn each_call_changes_at_most_twenty() {
        let calls = calls(&set(0..50), &set(45..90));
        let sizes: Vec<_> = calls.iter().map(|call| (call.add.len(), call.remove.len())).collect();
        assert_eq!(sizes, [(20, 20), (20, 20), (0, 5)]);
        assert!(super::calls(&set(0..50), &set(0..50)).is_empty());
    }

    #[test]
    fn a_package_has_an_arn_in_its_partition() {
        assert_eq!(
            arn("ap-northeast-1", OWNER, "Kinesis-Agent"),
            "arn:aws:ssm:ap-northeast-1:123456789012:document/Kinesis-Agent"
        );
        assert!(arn("cn-north-1", OWNER, "a").starts_with("arn:aws-cn:ssm:cn-north-1:"));
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
