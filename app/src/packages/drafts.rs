//! Server functions of drafts, and the forms that are posted for them. A draft is its owner's and the admins' alone.

#[cfg(feature = "ssr")]
mod change;
#[cfg(feature = "ssr")]
mod create;
#[cfg(test)]
#[cfg(feature = "ssr")]
pub(crate) mod fakes;
#[cfg(feature = "ssr")]
mod open;
#[cfg(feature = "ssr")]
mod post;
#[cfg(feature = "ssr")]
mod take_apart;

use domain::errors::ApiError;
use domain::json::Json;
use domain::packages::drafts::{
    Base, Draft, DraftChange, DraftFile, DraftKind, DraftSummary, NewFile, Room, Step,
};
use domain::packages::preview::Preview;
use domain::packages::scripts::Action;
use domain::packages::scripts::check::Finding;
use domain::publishers::Rights;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub use change::{change, may_publish, may_use_place, preview};
#[cfg(feature = "ssr")]
pub use create::{create, may_add_version};
#[cfg(feature = "ssr")]
pub use open::open;
#[cfg(feature = "ssr")]
pub(super) use post::refuse;
#[cfg(feature = "ssr")]
pub use post::{post_cancel, post_create, post_publish, post_remove, post_remove_file, post_step};

/// The drafts that somebody may work on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftList {
    /// One's own; for admins, everybody's. The last touched first.
    pub drafts: Vec<DraftSummary>,
    /// How much more one may send.
    pub room: Room,
}

/// A draft, and what its forms take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownDraft {
    /// The draft.
    pub draft: Draft,
    /// How much more its owner may send.
    pub room: Room,
    /// The token of the form that publishes it.
    pub submission: String,
    /// What who looks at it may publish.
    pub rights: Rights,
}

/// A step's form that was not taken, with everything that was filled in; the server provides it to the page as context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRefused {
    /// The step.
    pub step: Step,
    /// The form's fields, as they were sent.
    pub fields: Vec<(String, String)>,
    /// Why not.
    pub error: ApiError,
}

/// Why something else that was asked of a draft was not done; the server provides it to the page as context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRefused(pub ApiError);

/// The drafts.
///
/// # Errors
/// As [`crate::ports::Drafts::list`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/drafts/list", protocol = Json)]
pub async fn list_drafts() -> Result<DraftList, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::PublishPackage)?;
    let everybody = caller.person.role.allows(Permission::ManageDrafts);
    let username = &caller.person.username;
    let drafts = caller.ports.drafts.list((!everybody).then_some(username.as_str())).await?;
    Ok(DraftList { drafts, room: caller.ports.drafts.room(username).await? })
}

/// Begins a draft, where another version is added with what the last one has.
///
/// # Errors
/// `NotFound` where there is no such package or version; and as [`crate::ports::Packages::get`],
/// [`crate::ports::Drafts::create`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/drafts/create", protocol = Json)]
pub async fn create_draft(kind: DraftKind, base: Option<Base>) -> Result<Draft, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    create(&Caller::require(Permission::PublishPackage)?, kind, base).await
}

/// One draft.
///
/// # Errors
/// `NotFound`, also for somebody else's; `Internal`, `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/drafts/get", protocol = Json)]
pub async fn get_draft(id: String) -> Result<ShownDraft, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::PublishPackage)?;
    let draft = open(&caller, &id).await?;
    let room = caller.ports.drafts.room(&draft.username).await?;
    let rights = caller.rights().await?;
    Ok(ShownDraft { draft, room, submission: caller.ports.random.uuid(), rights })
}

/// Changes a draft that is still at this revision, and returns it with its next.
///
/// # Errors
/// As [`crate::ports::Drafts::change`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/drafts/change", protocol = Json)]
pub async fn change_draft(id: String, revision: i64, changes: Vec<DraftChange>) -> Result<Draft, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    change(&Caller::require(Permission::PublishPackage)?, &id, revision, changes).await
}

/// Announces a file, which is then sent to `/packages/drafts/{draft}/files/{file}`; one that cannot be taken comes back
/// refused.
///
/// # Errors
/// As [`crate::ports::Drafts::add_file`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/drafts/add-file", protocol = Json)]
pub async fn add_draft_file(id: String, file: NewFile) -> Result<DraftFile, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::PublishPackage)?;
    open(&caller, &id).await?;
    caller.ports.drafts.add_file(&id, file).await
}

/// Removes a file, be it arriving.
///
/// # Errors
/// As [`crate::ports::Drafts::remove_file`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/drafts/remove-file", protocol = Json)]
pub async fn remove_draft_file(id: String, file: String) -> Result<Draft, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::PublishPackage)?;
    open(&caller, &id).await?;
    caller.ports.drafts.remove_file(&id, &file).await
}

/// Removes a draft and its files.
///
/// # Errors
/// As [`crate::ports::Drafts::remove`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/drafts/remove", protocol = Json)]
pub async fn remove_draft(id: String) -> Result<(), ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::PublishPackage)?;
    open(&caller, &id).await?;
    caller.ports.drafts.remove(&id).await
}

/// What a draft comes to.
///
/// # Errors
/// As [`crate::ports::Drafts::preview`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/drafts/preview", protocol = Json)]
pub async fn preview_draft(id: String) -> Result<Preview, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::PublishPackage)?;
    preview(&caller, &open(&caller, &id).await?).await
}

/// Takes the scripts of a carried file out of its zip, so that they can be edited.
///
/// # Errors
/// As [`crate::ports::Packages::open`] and [`crate::ports::Drafts::take_apart`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/drafts/take-apart", protocol = Json)]
pub async fn take_file_apart(id: String, file: String) -> Result<Draft, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    take_apart::take_apart(&Caller::require(Permission::PublishPackage)?, &id, &file).await
}

/// What is suspicious in a script of a file as it is being written.
///
/// # Errors
/// `Invalid` when it is longer than a script may be; as [`crate::ports::Drafts::get`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/drafts/check-script", protocol = Json)]
pub async fn check_script(
    id: String,
    file: String,
    action: Action,
    text: String,
) -> Result<Vec<Finding>, ApiError> {
    use crate::server::Caller;
    use domain::errors::Rule;
    use domain::packages::drafts::MAX_SCRIPT;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::PublishPackage)?;
    open(&caller, &id).await?;
    if text.len() > MAX_SCRIPT as usize {
        return Err(ApiError::field(
            format!("{}.{file}", action.name()),
            Rule::MaxLength { max: MAX_SCRIPT },
        ));
    }
    caller.ports.drafts.check_script(&id, &file, action, &text).await
}
