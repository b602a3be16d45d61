//! The role that a node gets: it must exist, and Systems Manager must be trusted to assume it.

use crate::iam::trust_policy;
use crate::state::State;
use crate::wire::errors::ServiceError;

/// Checks a role given as a name, or as its path and name (`service-role/Name`).
///
/// # Errors
/// `ValidationException` with AWS's words, which are the same for a role that does not exist, one that
/// `ssm.amazonaws.com` may not assume, a service-linked role, and an ARN.
pub(super) async fn check(state: &State, iam_role: &str) -> Result<(), ServiceError> {
    let (path, name) = match iam_role.rsplit_once('/') {
        Some((path, name)) => (format!("/{}/", path.trim_start_matches('/')), name),
        None => ("/".to_owned(), iam_role),
    };
    let role = state.store().role(name).await?.filter(|role| role.path == path && !role.is_service_linked());
    let (account, region) = (state.account_id(), state.region());
    if role.is_some_and(|role| trust_policy::trusts_ssm(&role.trust_policy, account, region)) {
        return Ok(());
    }
    Err(ServiceError::validation(format!("Not existing role: arn:aws:iam::{account}:role/{iam_role}")))
}
