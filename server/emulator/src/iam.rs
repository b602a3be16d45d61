//! IAM, as far as activations need it: one module per action.

mod attach_role_policy;
mod create_role;
mod get_role;
mod list_attached_role_policies;
mod list_roles;
mod managed_policies;
mod role_xml;
mod shapes;
pub(crate) mod trust_policy;

use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::query::{Action, Form, Service, invoke};

/// IAM on the wire.
pub(crate) static SERVICE: Service =
    Service { name: "iam", namespace: "https://iam.amazonaws.com/doc/2010-05-08/", version: "2010-05-08" };

/// Runs the action of this name and gives its result element; `None` when IAM has no such action here.
pub(crate) async fn dispatch(action: &str, call: &Call, form: &Form) -> Option<Result<String, ServiceError>> {
    macro_rules! one_of {
        ($($action:path),* $(,)?) => {
            match action {
                $(<$action>::NAME => Some(invoke::<$action>(call, form).await),)*
                _ => None,
            }
        };
    }
    one_of!(
        attach_role_policy::AttachRolePolicy,
        create_role::CreateRole,
        get_role::GetRole,
        list_attached_role_policies::ListAttachedRolePolicies,
        list_roles::ListRoles,
    )
}
