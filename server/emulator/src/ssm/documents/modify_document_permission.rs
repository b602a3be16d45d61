//! `ModifyDocumentPermission`: with whom a document is shared.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{find_own, missing, shapes};
use crate::store::{NotShared, ShareChange};
use crate::validate::{Member, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

/// SSM: accounts that a document can be shared with.
const MOST_ACCOUNTS: i64 = 1000;
/// SSM: documents of an account that everybody may use.
const MOST_PUBLIC: i64 = 5;

pub(crate) struct ModifyDocumentPermission;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Input {
    name: String,
    account_ids_to_add: Option<Vec<String>>,
    account_ids_to_remove: Option<Vec<String>>,
    shared_document_version: Option<String>,
}

impl Operation for ModifyDocumentPermission {
    const NAME: &'static str = "ModifyDocumentPermission";
    const INPUT: &'static [Member] = &[
        required("Name", &shapes::NAME),
        required("PermissionType", &shapes::PERMISSION_TYPE),
        optional("AccountIdsToAdd", &shapes::ACCOUNTS),
        optional("AccountIdsToRemove", &shapes::ACCOUNTS),
        optional("SharedDocumentVersion", &shapes::SHARED_VERSION),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let state = &call.state;
        let document = find_own(state, &input.name).await?;
        let lower = |accounts: Option<Vec<String>>| -> Vec<_> {
            accounts.unwrap_or_default().iter().map(|account| account.to_lowercase()).collect()
        };
        let (add, remove) = (lower(input.account_ids_to_add), lower(input.account_ids_to_remove));
        if add.is_empty() && remove.is_empty() {
            return Err(ServiceError::validation("AccountIdsToAdd or AccountIdsToRemove must be given."));
        }
        let version = input.shared_document_version.as_deref().filter(|version| !version.is_empty());
        let change = ShareChange {
            document: document.id,
            add: &add,
            remove: &remove,
            shared_version: version.unwrap_or("$DEFAULT"),
            most_accounts: MOST_ACCOUNTS,
            most_public: MOST_PUBLIC,
        };
        let changed = state.store().change_shares(&change).await?;
        changed.map_err(|reason| not_shared(reason, &input.name))?;
        Ok(json!({}))
    }
}

fn not_shared(reason: NotShared, name: &str) -> ServiceError {
    let beyond = |message: &str| ServiceError::new("DocumentPermissionLimit", message);
    match reason {
        NotShared::NoDocument => missing(name),
        NotShared::TooManyAccounts => beyond("The document can't be shared with more than 1000 accounts."),
        NotShared::TooManyPublic => beyond("An account can share at most 5 documents publicly."),
    }
}
