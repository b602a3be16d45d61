//! Making packages: drafts, publications, and the buckets that they go through.

use async_trait::async_trait;
use domain::errors::ApiError;
use domain::packages::buckets::{Bucket, BucketProblem};
use domain::packages::drafts::{Draft, DraftChange, DraftFile, DraftSummary, NewDraft, NewFile, Room};
use domain::packages::inspection::{Check, Place};
use domain::packages::preview::Preview;
use domain::packages::publications::{Publication, PublicationSummary};
use domain::packages::scripts::Action;
use domain::packages::scripts::check::Finding as ScriptFinding;

use super::FileBody;

/// Packages that are being made. Whose a draft is, the caller checks: the server functions do.
#[async_trait]
pub trait Drafts: Send + Sync {
    /// Begins a draft.
    ///
    /// # Errors
    /// `Internal` when the database fails.
    async fn create(&self, username: &str, draft: NewDraft) -> Result<Draft, ApiError>;

    /// The drafts of one person, or of everybody; the last touched first.
    ///
    /// # Errors
    /// `Internal` when the database fails.
    async fn list(&self, username: Option<&str>) -> Result<Vec<DraftSummary>, ApiError>;

    /// One draft.
    ///
    /// # Errors
    /// `NotFound`; `Internal` when the database fails.
    async fn get(&self, id: &str) -> Result<Draft, ApiError>;

    /// How much more a person may send.
    ///
    /// # Errors
    /// `Internal` when the database fails.
    async fn room(&self, username: &str) -> Result<Room, ApiError>;

    /// Changes a draft that is still at this revision: all of it or nothing. Changes of nothing are none.
    ///
    /// # Errors
    /// `Invalid` with every broken rule at its field; `Conflict` when somebody else has changed it, or it is being
    /// published; `NotFound`; `Internal` when the database fails.
    async fn change(&self, id: &str, revision: i64, changes: Vec<DraftChange>) -> Result<Draft, ApiError>;

    /// Announces a file. One that cannot be taken is noted as refused, so that it says why where the others stand.
    ///
    /// # Errors
    /// `Conflict` while the draft is being published; `NotFound`; `Internal` when the database fails.
    async fn add_file(&self, id: &str, file: NewFile) -> Result<DraftFile, ApiError>;

    /// Removes a file, be it arriving.
    ///
    /// # Errors
    /// As [`Drafts::add_file`].
    async fn remove_file(&self, id: &str, file: &str) -> Result<Draft, ApiError>;

    /// Removes a draft and its files.
    ///
    /// # Errors
    /// As [`Drafts::add_file`].
    async fn remove(&self, id: &str) -> Result<(), ApiError>;

    /// What it comes to.
    ///
    /// # Errors
    /// `NotFound`; `Internal` when the database fails or a file cannot be read.
    async fn preview(&self, id: &str) -> Result<Preview, ApiError>;

    /// Makes a file that is carried over one whose scripts can be edited, from its zip; another file stays as it is.
    ///
    /// # Errors
    /// `Invalid` at `unpack.{file}` where the zip holds something else than a software file with its scripts, or where
    /// there is no room; `Conflict` while the draft is being published; `NotFound`; `Unreachable` when the zip breaks off;
    /// `Upstream` when it is not the one that the manifest names; `Internal`.
    async fn take_apart(&self, id: &str, file: &str, zip: FileBody) -> Result<Draft, ApiError>;

    /// What is suspicious in a script of a file, be it only being written.
    ///
    /// # Errors
    /// As [`Drafts::get`].
    async fn check_script(
        &self,
        id: &str,
        file: &str,
        action: Action,
        text: &str,
    ) -> Result<Vec<ScriptFinding>, ApiError>;
}

/// Publications: begun once, done in the background, and kept.
#[async_trait]
pub trait Publications: Send + Sync {
    /// Begins to publish a draft as a preview has shown it. Where a publication with this id was begun before, it is
    /// that one, and nothing more is done.
    ///
    /// # Errors
    /// `Conflict` when the draft is not what was shown any longer, has problems, or is being published already;
    /// `NotFound`; `Internal` when the database fails.
    async fn begin(&self, publication: NewPublication) -> Result<(), ApiError>;

    /// How far a publication has come.
    ///
    /// # Errors
    /// `NotFound`; `Internal` when the database fails.
    async fn get(&self, id: &str) -> Result<Publication, ApiError>;

    /// Ends a publication that is under way; what it wrote is removed. One that SSM has been told of goes on.
    ///
    /// # Errors
    /// `Conflict` when it is too late; `NotFound`; `Internal` when the database fails.
    async fn cancel(&self, id: &str) -> Result<(), ApiError>;

    /// What was published under a package's name and with which files, the last first; at most 100. What came to nothing is
    /// not among it.
    ///
    /// # Errors
    /// `Internal` when the database fails.
    async fn published(&self, package: &str) -> Result<Vec<Publication>, ApiError>;

    /// What was published under a package's name, or at all; the last first, at most 100.
    ///
    /// # Errors
    /// `Internal` when the database fails.
    async fn list(&self, package: Option<&str>) -> Result<Vec<PublicationSummary>, ApiError>;
}

/// A publication that is to be begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPublication {
    /// The token of the form that asks for it.
    pub id: String,
    /// Who asks for it.
    pub username: String,
    /// The name of the token by which they do, where it is a pipeline.
    pub token: Option<String>,
    /// The draft.
    pub draft: String,
    /// What the preview had: see [`Preview::fingerprint`].
    pub fingerprint: String,
}

/// The account's buckets.
#[async_trait]
pub trait Buckets: Send + Sync {
    /// Every bucket, by name.
    ///
    /// # Errors
    /// `Throttled`, `Upstream`, `Unreachable`.
    async fn list(&self) -> Result<Vec<Bucket>, ApiError>;

    /// What speaks against putting files there, by trying it: a multipart upload is begun and given up, which leaves
    /// nothing.
    ///
    /// # Errors
    /// `Throttled`, `Unreachable`.
    async fn check(&self, bucket: &str, prefix: &str) -> Result<Option<BucketProblem>, ApiError>;
}

/// Zips that lie in S3 already, and what is found in them.
#[async_trait]
pub trait Checks: Send + Sync {
    /// What lies in a folder of a bucket.
    ///
    /// # Errors
    /// `Throttled`, `Upstream`, `Unreachable`.
    async fn place(&self, bucket: &str, prefix: &str) -> Result<Place, ApiError>;

    /// Begins to look at the zips that a draft's manifest names. While a check of the draft is under way, it is that one.
    ///
    /// # Errors
    /// `Invalid` at `bucket`, `prefix` or `manifest` where there is nothing to look at; `Conflict` for a draft of another
    /// kind, or while it is being published; `NotFound`; `Internal` when the database fails.
    async fn begin(&self, draft: &str) -> Result<(), ApiError>;

    /// The last check of a draft.
    ///
    /// # Errors
    /// `Internal` when the database fails.
    async fn get(&self, draft: &str) -> Result<Option<Check>, ApiError>;

    /// Ends a check that is under way; what the one before has found is kept.
    ///
    /// # Errors
    /// `Internal` when the database fails.
    async fn cancel(&self, draft: &str) -> Result<(), ApiError>;
}
