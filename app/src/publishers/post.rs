//! The forms by which admins set rules and hand packages over.

use axum::body::Body;
use axum::http::Response;
use domain::errors::ApiError;
use domain::packages::address::{name_of, package as address};
use domain::packages::catalogue::Ownership;
use domain::permission::Permission;
use domain::publishers::RuleForm;
use leptos::config::LeptosOptions;

use super::{OwnerRefused, RuleRefused};
use crate::packages::SignedOut;
use crate::server::forms::{Fields, PostedForm, caller, render_outcome, see_other, value};

/// Answers `POST /settings/publishers/edit`: sets the rule of `person`, or without one that of all; with `remove`, somebody
/// has the rule of all again.
pub async fn post_rule(
    posted: PostedForm,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let PostedForm { request, fields } = posted;
    let form = RuleForm::from_fields(&fields);
    let Err(error) = set_rule(&contexts, &fields, &form).await else {
        return see_other("/settings/publishers?done=publisher-rule-set");
    };
    let status = error.status();
    render_outcome(request, options, contexts, status, RuleRefused { form, error }).await
}

async fn set_rule(contexts: &impl Fn(), fields: &Fields, form: &RuleForm) -> Result<(), ApiError> {
    let caller = caller(contexts, Permission::ManagePeople)?;
    let person = value(fields, "person").filter(|person| !person.is_empty());
    let rule = match value(fields, "remove") {
        Some(_) => None,
        None => Some(form.validate().map_err(|fields| ApiError::Invalid { fields })?),
    };
    tracing::info!(username = caller.person.username, person, "a publisher's rule is being set");
    caller.ports.publishers.set_rule(person, rule.as_ref()).await
}

/// Answers `POST /packages/{name}/owner`: hands the package over to `owner`, or leaves it to the admins.
pub async fn post_owner(
    posted: PostedForm,
    segment: String,
    options: LeptosOptions,
    contexts: impl Fn() + Clone + Send + Sync + 'static,
) -> Response<Body> {
    let PostedForm { request, fields } = posted;
    let name = name_of(&segment).unwrap_or_default();
    let Err(error) = set_owner(&contexts, &name, value(&fields, "owner")).await else {
        return see_other(&format!("{}?done=package-owner-set", address(&name)));
    };
    let status = error.status();
    if error == ApiError::Unauthenticated {
        return render_outcome(request, options, contexts, status, SignedOut(fields)).await;
    }
    render_outcome(request, options, contexts, status, OwnerRefused(error)).await
}

async fn set_owner(contexts: &impl Fn(), name: &str, owner: Option<&str>) -> Result<(), ApiError> {
    let caller = caller(contexts, Permission::ManagePeople)?;
    if caller.ports.packages.get(name).await?.ownership != Ownership::Own {
        return Err(ApiError::Forbidden);
    }
    let owner = owner.filter(|owner| !owner.is_empty());
    tracing::info!(
        username = caller.person.username,
        package = name,
        owner,
        "a package is being handed over"
    );
    caller.ports.publishers.set_owner(name, owner).await
}
