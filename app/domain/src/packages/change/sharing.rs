//! The form that says with whom a package is shared.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::errors::{ApiError, Rule};
use crate::packages::sharing::{MAX_ACCOUNTS, SharingCall, account_rule, calls};

/// The form's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharingForm {
    /// Whether it is shared at all.
    pub shared: bool,
    /// The accounts that the form was shown with: others that were added meanwhile stay.
    pub known: Vec<String>,
    /// Those among them that stay.
    pub keep: Vec<String>,
    /// Accounts to add, apart by spaces, lines or commas.
    pub add: String,
}

/// What becomes of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharingChanges {
    /// Accounts to share with.
    pub add: Vec<String>,
    /// Accounts to share with no longer.
    pub remove: Vec<String>,
}

impl SharingForm {
    /// Reads the fields of an HTML form.
    #[must_use]
    pub fn from_fields(fields: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "sharing" => form.shared = value == "shared",
                "known" => form.known.push(value),
                "keep" => form.keep.push(value),
                "add" => form.add = value,
                _ => {}
            }
        }
        form
    }

    /// The form as it was filled in, shown with these accounts: what was unticked still is, who has come since is ticked.
    #[must_use]
    pub fn with_known(self, known: Vec<String>) -> Self {
        let stays = |account: &&String| self.keep.contains(account) || !self.known.contains(account);
        let keep = known.iter().filter(stays).cloned().collect();
        Self { known, keep, ..self }
    }

    /// What changes of a package that `owner` owns. Private takes the accounts away, whatever else is filled in; an
    /// account that is unticked and typed stays.
    ///
    /// # Errors
    /// `Invalid` at `add`: when something is no account's id or the owner's, when there are too many, or when it is to be
    /// shared with nobody.
    pub fn validate(&self, owner: &str) -> Result<SharingChanges, ApiError> {
        if !self.shared {
            return Ok(SharingChanges { add: Vec::new(), remove: self.known.clone() });
        }
        let mut typed: Vec<String> = Vec::new();
        for account in account_ids(&self.add) {
            let broken = account_rule(&account).or((account == owner).then_some(Rule::OtherAccount));
            if let Some(rule) = broken {
                return Err(ApiError::field("add", rule));
            }
            if !typed.contains(&account) {
                typed.push(account);
            }
        }
        let stays = |account: &String| self.keep.contains(account) || typed.contains(account);
        let (kept, remove): (Vec<_>, Vec<_>) = self.known.iter().cloned().partition(stays);
        let add: Vec<_> = typed.iter().filter(|account| !self.known.contains(account)).cloned().collect();
        match kept.len() + add.len() {
            0 => Err(ApiError::field("add", Rule::Required)),
            count if count > MAX_ACCOUNTS => {
                Err(ApiError::field("add", Rule::TooMany { max: MAX_ACCOUNTS as u32 }))
            }
            _ => Ok(SharingChanges { add, remove }),
        }
    }
}

impl SharingChanges {
    /// The calls that make these changes.
    #[must_use]
    pub fn calls(&self) -> Vec<SharingCall> {
        let set = |accounts: &[String]| accounts.iter().cloned().collect::<BTreeSet<_>>();
        calls(&set(&self.remove), &set(&self.add))
    }
}

/// The parts of a text that lists account ids. Hyphens within are passed over: the console shows `1234-5678-9012`.
fn account_ids(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '、'))
        .filter(|part| !part.is_empty())
        .map(|part| part.replace('-', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(known: &[&str], keep: &[&str], add: &str) -> SharingForm {
        let fields = std::iter::once(("sharing", "shared"))
            .chain(known.iter().map(|id| ("known", *id)))
            .chain(keep.iter().map(|id| ("keep", *id)))
            .chain([("add", add)]);
        SharingForm::from_fields(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    const OWNER: &str = "123456789012";
    const A: &str = "111111111111";
    const B: &str = "222222222222";

    #[test]
    fn what_is_unticked_goes_and_what_is_typed_comes() {
        let changes =
            form(&[A, B], &[A], "333333333333, 4444-4444-4444\n333333333333").validate(OWNER).unwrap();
        assert_eq!(changes.add, ["333333333333", "444444444444"]);
        assert_eq!(changes.remove, [B]);
    }

    #[test]
    fn who_stays_is_not_added_again() {
        assert_eq!(form(&[A], &[A], A).validate(OWNER), Ok(SharingChanges::default()));
        // One call that adds and removes the same account would take its permission away.
        assert_eq!(form(&[A], &[], A).validate(OWNER), Ok(SharingChanges::default()));
        let changes = form(&[A, B], &[], &format!("{A} 333333333333")).validate(OWNER).unwrap();
        let expected = SharingChanges { add: vec!["333333333333".to_owned()], remove: vec![B.to_owned()] };
        assert_eq!(changes, expected);
    }

    #[test]
    fn after_half_a_change_the_form_is_about_the_accounts_that_there_are() {
        let filled = form(&[A, B], &[A], "333333333333 444444444444");
        let again = filled.with_known([A, B, "333333333333"].map(str::to_owned).to_vec());
        assert_eq!(again.keep, [A, "333333333333"]);
        let changes = again.validate(OWNER).unwrap();
        assert_eq!((changes.add, changes.remove), (vec!["444444444444".to_owned()], vec![B.to_owned()]));
    }

    #[test]
    fn private_takes_all_away() {
        let private = SharingForm { shared: false, ..form(&[A, B], &[A], "not an id") };
        assert_eq!(private.validate(OWNER).unwrap().remove, [A, B]);
    }

    #[test]
    fn what_is_no_account_is_told_at_its_field() {
        for text in ["12345678901", "all", "arn:aws:iam::111111111111:root", "１１１１１１１１１１１１"]
        {
            let refused = form(&[A], &[A], text).validate(OWNER);
            assert_eq!(refused, Err(ApiError::field("add", Rule::AccountId)), "{text}");
        }
        let refused = form(&[], &[], OWNER).validate(OWNER);
        assert_eq!(refused, Err(ApiError::field("add", Rule::OtherAccount)));
        assert_eq!(form(&[A], &[], " ").validate(OWNER), Err(ApiError::field("add", Rule::Required)));
    }

    #[test]
    fn changes_are_told_in_calls_of_twenty() {
        let ids: Vec<String> = (0..41).map(|n| format!("{n:012}")).collect();
        let changes = form(&[A, B], &[A], &ids.join("\n")).validate(OWNER).unwrap();
        let calls = changes.calls();
        assert_eq!(calls.iter().map(|call| call.add.len()).collect::<Vec<_>>(), [20, 20, 1]);
        assert_eq!(calls[0].remove, [B]);
    }

    #[test]
    fn a_thousand_accounts_at_most() {
        let ids = |count: u64| (0..count).map(|n| format!("{n:012}")).collect::<Vec<_>>().join(" ");
        assert!(form(&[], &[], &ids(1000)).validate(OWNER).is_ok());
        let refused = form(&[A], &[A], &ids(1000)).validate(OWNER);
        assert_eq!(refused, Err(ApiError::field("add", Rule::TooMany { max: 1000 })));
    }
}
