//! The look-alike of Signature Version 4 with which a node proves its key: RSA-PSS instead of an HMAC.

use aws_lc_rs::signature::{RSA_PSS_2048_8192_SHA256, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Duration, PrimitiveDateTime};

use crate::store::NodeKey;
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::sigv4;

/// How far a request's time may be from ours.
const SKEW: Duration = Duration::minutes(15);

const TIME: &[BorrowedFormatItem<'_>] = format_description!("[year][month][day]T[hour][minute][second]Z");

/// The node that signed the call, with its key.
///
/// # Errors
/// `InvalidInstanceId` when there is no such node; `AccessDeniedException` when the signature is not by its key
/// or too old.
pub(super) async fn verify(call: &Call) -> Result<(String, NodeKey), ServiceError> {
    let Some(authorization) = &call.authorization else { return Err(denied()) };
    let node_id = authorization.access_key_id.clone();
    if !node_id.starts_with("mi-") {
        return Err(denied());
    }
    let key = call.state.store().node_key(&node_id).await?;
    let key = key.ok_or_else(|| {
        ServiceError::new("InvalidInstanceId", format!("Not existing InstanceId {node_id}"))
    })?;
    let (text, date) = sigv4::string_to_sign(call, authorization)?;
    let date = PrimitiveDateTime::parse(&date, TIME).map_err(|_| denied())?.assume_utc();
    if (call.state.time() - date).abs() > SKEW {
        return Err(ServiceError::access_denied(
            "The signature has expired, or the machine's clock is wrong.",
        ));
    }
    let signature = STANDARD.decode(&authorization.signature).map_err(|_| denied())?;
    UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, &key.public_key)
        .verify(text.as_bytes(), &signature)
        .map_err(|_| denied())?;
    Ok((node_id, key))
}

fn denied() -> ServiceError {
    ServiceError::access_denied("The request is not signed with the managed node's registered key.")
}
