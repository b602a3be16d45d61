//! What the server functions need from the world, as small traits; `server` implements them.

mod packages;
mod publishers;
mod publishing;

use std::sync::Arc;

use async_trait::async_trait;
use domain::activations::{Activation, CreatedActivation, ValidActivation};
use domain::costs::{NewEstimate, SavedEstimate};
use domain::errors::ApiError;
use domain::iam_roles::IamRole;
use domain::nodes::NodeSnapshot;
use domain::nodes::actions::{ActionProgress, NodeAction};
use domain::nodes::events::{EventKind, NodeEvents};
use domain::tags::Tag;
use domain::tier::{Tier, TierState};
use time::OffsetDateTime;

pub use packages::{FileBody, Packages};
pub use publishers::{MadeToken, Publishers, Tokens};
pub use publishing::{Buckets, Checks, Drafts, NewPublication, Publications};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> OffsetDateTime;
}

/// Makes names that nobody can guess.
pub trait Random: Send + Sync {
    /// A UUID of version 4, in its usual form.
    fn uuid(&self) -> String;
}

/// Hybrid activations in SSM.
#[async_trait]
pub trait Activations: Send + Sync {
    /// Every activation, newest first.
    ///
    /// # Errors
    /// `Throttled`, `Upstream`, `Unreachable`.
    async fn list(&self) -> Result<Vec<Activation>, ApiError>;

    /// One activation.
    ///
    /// # Errors
    /// `NotFound`, and as [`Activations::list`].
    async fn get(&self, id: &str) -> Result<Activation, ApiError>;

    /// Creates an activation and returns its code: the only time that the code leaves SSM. The default role is
    /// created first where it is asked for and missing.
    ///
    /// # Errors
    /// `Invalid` at `iam_role` for a role that SSM may not assume, and as [`Activations::list`].
    async fn create(&self, activation: ValidActivation) -> Result<CreatedActivation, ApiError>;

    /// Deletes an activation; the nodes registered with it stay.
    ///
    /// # Errors
    /// `NotFound`, and as [`Activations::list`].
    async fn delete(&self, id: &str) -> Result<(), ApiError>;
}

/// The roles in IAM that SSM may assume.
#[async_trait]
pub trait IamRoles: Send + Sync {
    /// Every such role, by name, with the policies that it lacks.
    ///
    /// # Errors
    /// `Throttled`, `Upstream`, `Unreachable`.
    async fn assumable(&self) -> Result<Vec<IamRole>, ApiError>;
}

/// The managed nodes, as last fetched.
#[async_trait]
pub trait Nodes: Send + Sync {
    /// The snapshot that the poller keeps; never waits for SSM.
    ///
    /// # Errors
    /// `Internal` when the database fails.
    async fn snapshot(&self) -> Result<Arc<NodeSnapshot>, ApiError>;

    /// Asks SSM now, unless that has just been done or AWS is being left alone after a failure. Returns with the answer, or
    /// after a few seconds without it.
    ///
    /// # Errors
    /// `Internal` when the database fails.
    async fn refresh(&self) -> Result<(), ApiError>;
}

/// What has happened to the managed nodes.
#[async_trait]
pub trait FleetEvents: Send + Sync {
    /// The newest events since a time, of one kind or of all, at most `limit` of them, and how many there are of each kind.
    ///
    /// # Errors
    /// `Internal` when the database fails.
    async fn since(
        &self,
        since: OffsetDateTime,
        kind: Option<EventKind>,
        limit: u32,
    ) -> Result<NodeEvents, ApiError>;
}

/// The tier that holds for every hybrid node of the account and Region.
#[async_trait]
pub trait ActivationTier: Send + Sync {
    /// The tier as last read; never waits for SSM.
    ///
    /// # Errors
    /// `Internal` when the database fails.
    async fn state(&self) -> Result<TierState, ApiError>;

    /// Asks SSM for another tier, and says how it stands then: pending, as a rule.
    ///
    /// # Errors
    /// `Conflict` while an earlier change is pending, `Upstream` when AWS refuses, `Throttled`, `Unreachable`.
    async fn change(&self, tier: Tier) -> Result<TierState, ApiError>;
}

/// The tags of managed nodes, asked of SSM when somebody looks: no snapshot has them.
#[async_trait]
pub trait NodeTags: Send + Sync {
    /// A hybrid node's tags, by key, as SSM told them not long ago.
    ///
    /// # Errors
    /// `NotFound` where SSM knows no such node; `Throttled`, `Upstream`, `Unreachable`.
    async fn tags(&self, id: &str) -> Result<Vec<Tag>, ApiError>;

    /// The same as SSM tells them now: for somebody who is about to change them.
    ///
    /// # Errors
    /// As [`NodeTags::tags`].
    async fn tags_now(&self, id: &str) -> Result<Vec<Tag>, ApiError> {
        self.tags(id).await
    }
}

/// What is being done to nodes, and what was.
#[async_trait]
pub trait NodeActions: Send + Sync {
    /// Notes what is to be done and begins to do it; it goes on when the request has ended. Where an action with this id
    /// was begun before, it is that one, and nothing more is done.
    ///
    /// # Errors
    /// `Conflict` where somebody else has begun an action with this id; `Internal` when the database fails.
    async fn begin(&self, action: BegunAction) -> Result<(), ApiError>;

    /// How far an action has come.
    ///
    /// # Errors
    /// `NotFound`; `Internal` when the database fails.
    async fn progress(&self, id: &str) -> Result<ActionProgress, ApiError>;
}

/// Something that is to be done to nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BegunAction {
    /// The token of the form that asks for it.
    pub id: String,
    /// Who asks for it.
    pub username: String,
    /// What is done.
    pub action: NodeAction,
    /// The nodes' ids and names.
    pub nodes: Vec<(String, Option<String>)>,
}

/// Remembers which forms were sent, so that one sent twice acts once.
#[async_trait]
pub trait Submissions: Send + Sync {
    /// Claims a form's token for this person.
    ///
    /// # Errors
    /// `Internal` when the database fails.
    async fn claim(&self, token: &str, username: &str) -> Result<Claim, ApiError>;

    /// Notes what the claimed form has created.
    ///
    /// # Errors
    /// `Internal` when the database fails.
    async fn complete(&self, token: &str, activation_id: &str) -> Result<(), ApiError>;

    /// Gives the token back after a failure, so that the form can be sent again.
    ///
    /// # Errors
    /// `Internal` when the database fails.
    async fn release(&self, token: &str) -> Result<(), ApiError>;
}

/// What a form's token turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Never seen: go on.
    New,
    /// Another request with it is under way.
    InProgress,
    /// It has created this activation.
    Done {
        /// The activation's id.
        activation_id: String,
    },
}

/// Estimates of costs that were given a name.
#[async_trait]
pub trait Estimates: Send + Sync {
    /// Every estimate, the last saved first.
    ///
    /// # Errors
    /// `Internal` when the database fails.
    async fn list(&self) -> Result<Vec<SavedEstimate>, ApiError>;

    /// Saves an estimate. The very same saved again is that one; with `replace`, it takes the place of another of its
    /// name.
    ///
    /// # Errors
    /// `Invalid` at `name` when another has it; `Internal` when the database fails.
    async fn save(
        &self,
        estimate: &NewEstimate,
        username: &str,
        replace: bool,
    ) -> Result<SavedEstimate, ApiError>;

    /// Deletes an estimate.
    ///
    /// # Errors
    /// `NotFound`; `Internal` when the database fails.
    async fn delete(&self, id: &str) -> Result<(), ApiError>;
}

/// Everything that server functions reach through context.
#[derive(Clone)]
pub struct Ports {
    /// Hybrid activations.
    pub activations: Arc<dyn Activations>,
    /// Roles that SSM may assume.
    pub iam_roles: Arc<dyn IamRoles>,
    /// Managed nodes.
    pub nodes: Arc<dyn Nodes>,
    /// What has happened to them.
    pub events: Arc<dyn FleetEvents>,
    /// The activation tier.
    pub tier: Arc<dyn ActivationTier>,
    /// Their tags.
    pub node_tags: Arc<dyn NodeTags>,
    /// What is done to them.
    pub node_actions: Arc<dyn NodeActions>,
    /// Forms that were sent.
    pub submissions: Arc<dyn Submissions>,
    /// Packages.
    pub packages: Arc<dyn Packages>,
    /// Estimates of costs.
    pub estimates: Arc<dyn Estimates>,
    /// Packages that are being made.
    pub drafts: Arc<dyn Drafts>,
    /// What is and was published.
    pub publications: Arc<dyn Publications>,
    /// The buckets that packages go through.
    pub buckets: Arc<dyn Buckets>,
    /// Zips that lie in them already.
    pub checks: Arc<dyn Checks>,
    /// What publishers may do, and whose packages are.
    pub publishers: Arc<dyn Publishers>,
    /// Tokens for pipelines.
    pub tokens: Arc<dyn Tokens>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Names that nobody can guess.
    pub random: Arc<dyn Random>,
}
