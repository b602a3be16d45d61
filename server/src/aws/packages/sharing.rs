//! `DescribeDocumentPermission` and `ModifyDocumentPermission`.

use aws_sdk_ssm::types::DocumentPermissionType::Share;
use domain::errors::ApiError;
use domain::packages::detail::SharedAccount;
use domain::packages::sharing::MAX_ACCOUNTS_A_CALL;

use super::{given, refused};

/// Most accounts in one answer (SSM API: `DocumentPermissionMaxResults` 1–200).
const PAGE_SIZE: i32 = 200;

/// The SDK has no paginator for this operation.
pub(super) async fn shared_with(
    ssm: &aws_sdk_ssm::Client,
    name: &str,
) -> Result<Vec<SharedAccount>, ApiError> {
    let mut accounts = Vec::new();
    let mut token = None;
    loop {
        let request =
            ssm.describe_document_permission().name(name).permission_type(Share).max_results(PAGE_SIZE);
        let page = request.set_next_token(token).send().await.map_err(refused)?;
        let sharing = page.account_sharing_info_list.unwrap_or_default();
        accounts.extend(page.account_ids.unwrap_or_default().into_iter().map(|id| {
            SharedAccount {
                version: sharing
                    .iter()
                    .find(|info| info.account_id.as_deref() == Some(&id))
                    .and_then(|info| given(info.shared_document_version.clone())),
                id,
            }
        }));
        token = given(page.next_token);
        if token.is_none() {
            accounts.sort_by(|a, b| a.id.cmp(&b.id));
            return Ok(accounts);
        }
    }
}

/// In as few calls as there can be.
pub(super) async fn share(
    ssm: &aws_sdk_ssm::Client,
    name: &str,
    add: &[String],
    remove: &[String],
) -> Result<(), ApiError> {
    let (mut add, mut remove) = (add.chunks(MAX_ACCOUNTS_A_CALL), remove.chunks(MAX_ACCOUNTS_A_CALL));
    loop {
        let (added, removed) = (add.next(), remove.next());
        if added.is_none() && removed.is_none() {
            return Ok(());
        }
        let request = ssm.modify_document_permission().name(name).permission_type(Share);
        let request = request.set_account_ids_to_add(added.map(<[String]>::to_vec));
        let request = request.set_account_ids_to_remove(removed.map(<[String]>::to_vec));
        request.send().await.map_err(refused)?;
    }
}
