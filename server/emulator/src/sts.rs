//! STS: who is calling.

mod get_caller_identity;

use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::query::{Action, Form, Service, invoke};

/// STS on the wire.
pub(crate) static SERVICE: Service =
    Service { name: "sts", namespace: "https://sts.amazonaws.com/doc/2011-06-15/", version: "2011-06-15" };

/// Runs the action of this name and gives its result element; `None` when STS has no such action here.
pub(crate) async fn dispatch(action: &str, call: &Call, form: &Form) -> Option<Result<String, ServiceError>> {
    use get_caller_identity::GetCallerIdentity;
    if action != GetCallerIdentity::NAME {
        return None;
    }
    Some(invoke::<GetCallerIdentity>(call, form).await)
}
