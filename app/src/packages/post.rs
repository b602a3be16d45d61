//! The forms, posted: on to the package's page, or back to the form with what is wrong.

use axum::body::Body;
use axum::http::Response;
use domain::errors::ApiError;
use domain::packages::address::{name_of, package};
use domain::packages::change::{ChangeKind, PackageChange};
use domain::permission::Permission;
use leptos::config::LeptosOptions;

use super::{ChangeRefused, SignedOut, change};
use crate::server::forms::{PostedForm, caller, render_outcome, see_other};

/// Answers the form of a kind, for the package that the address names.
///
/// And for its version of that number where the kind is about one. `contexts` provides what every page gets. Who has been
/// signed out meanwhile can send it again.
pub async fn post_change(
    posted: PostedForm,
    segment: String,
    (kind, version): (ChangeKind, u64),
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let PostedForm { request, fields } = posted;
    let sent = PackageChange::from_fields(kind, version, fields.clone());
    let name = name_of(&segment);
    let error = match make(&contexts, name.as_deref(), &sent).await {
        Ok(()) => return see_other(&done(name.as_deref().unwrap_or_default(), kind)),
        Err(error) => error,
    };
    let status = error.status();
    if error == ApiError::Unauthenticated {
        return render_outcome(request, options, contexts, status, SignedOut(fields)).await;
    }
    render_outcome(request, options, contexts, status, ChangeRefused { change: sent, error }).await
}

async fn make(contexts: &impl Fn(), name: Option<&str>, sent: &PackageChange) -> Result<(), ApiError> {
    let caller = caller(contexts, Permission::PublishPackage)?;
    change(&caller, name.ok_or(ApiError::NotFound)?, sent).await
}

/// Where a change that was made leads.
fn done(name: &str, kind: ChangeKind) -> String {
    let page = package(name);
    match kind {
        ChangeKind::Tags => format!("{page}?done=package-tags-changed"),
        ChangeKind::Share => format!("{page}/permissions?done=package-sharing-changed"),
        ChangeKind::DefaultVersion => format!("{page}/versions?done=package-default-changed"),
        ChangeKind::DeleteVersion => format!("{page}/versions?done=package-version-deleted"),
        ChangeKind::Delete => "/packages?done=package-deleted".to_owned(),
    }
}

#[cfg(test)]
mod tests;
