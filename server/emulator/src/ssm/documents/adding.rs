//! Adding a version: stored, shown, and then its files fetched, whatever becomes of the request.

use tokio::sync::oneshot;

use super::new_version::not_added;
use crate::packages;
use crate::state::State;
use crate::store::NotAdded;
use crate::wire::errors::ServiceError;

/// A version that is stored; its files are fetched when this is dropped.
pub(super) struct Added {
    pub(super) number: i64,
    /// The answer tells of a version before its files are there.
    _answered: oneshot::Sender<()>,
}

/// Lets `storing` store a version of the document `name`, which gives the document's id and the version's number.
///
/// It runs apart from the request, which ends as soon as its client hangs up: what was stored is fetched even so.
///
/// # Errors
/// Why the version is not added; `InternalServerError` when the store fails.
pub(super) async fn add<F>(state: &State, name: &str, storing: F) -> Result<Added, ServiceError>
where
    F: Future<Output = Result<Result<(i64, i64), NotAdded>, sqlx::Error>> + Send + 'static,
{
    let (sender, receiver) = oneshot::channel();
    let (answered, answer) = oneshot::channel::<()>();
    let state = state.clone();
    tokio::spawn(async move {
        let outcome = storing.await;
        let added = match &outcome {
            Ok(Ok(added)) => Some(*added),
            _ => None,
        };
        // Nobody hears this when the client has hung up.
        let _ = sender.send(outcome);
        if let Some((document, number)) = added {
            // The sender's end is what is waited for.
            let _ = answer.await;
            packages::fetch(state, document, number).await;
        }
    });
    let outcome = receiver.await.map_err(|_| ServiceError::internal())?;
    let (_, number) = outcome?.map_err(|reason| not_added(reason, name))?;
    Ok(Added { number, _answered: answered })
}
