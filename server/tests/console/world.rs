//! AWS as far as the console's ports see it, in memory, and a clock that is set.

mod checks;
mod publishing;

use std::sync::{Arc, Mutex};

use app::ports::{
    ActivationTier, Activations, BegunAction, Clock, FleetEvents, IamRoles, NodeActions, NodeTags, Nodes,
    Random,
};
use async_trait::async_trait;
use domain::activations::{Activation, CreatedActivation, ValidActivation};
use domain::errors::ApiError;
use domain::iam_roles::IamRole;
use domain::nodes::actions::{ActionProgress, NodeAction, NodeOutcome, NodeResult};
use domain::nodes::events::{EventKind, NodeEvents};
use domain::nodes::index::NodeIndex;
use domain::nodes::{ManagedNode, NodeSnapshot, PingStatus};
use domain::packages::publications::Publication;
use domain::tags::Tag;
use domain::tier::{Tier, TierSetting, TierState};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

pub use checks::ZIP_SUM;
pub use publishing::PUBLICATION;

/// When every test begins.
pub const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);
/// The activation that exists from the beginning.
pub const ACTIVATION: &str = "255996e5-f42d-44c8-8fb8-eb17f76696bc";
/// The activation that is created.
pub const CREATED: &str = "4e4d1f3b-0a0b-4e1c-9d43-3a2f6f8f9a11";
/// Its code.
pub const CODE: &str = "Zx9QkLm3vT7pRw2sYb4N";

/// The hybrid node that exists from the beginning.
pub const NODE: &str = "mi-0123456789abcdef0";
/// What was done to it before, in vain.
pub const FAILED_ACTION: &str = "0d9a5c66-4f3b-4a53-8b1e-5f6f6c6f2a10";

/// AWS in memory.
pub struct World {
    now: Mutex<OffsetDateTime>,
    activations: Mutex<Vec<Activation>>,
    actions: Mutex<Vec<ActionProgress>>,
    publications: Mutex<Vec<Publication>>,
    /// The drafts that were checked.
    checked: Mutex<Vec<String>>,
    nodes: Mutex<Arc<NodeIndex>>,
    failure: Mutex<Option<ApiError>>,
    uuids: Mutex<u128>,
    tier: Mutex<Tier>,
}

impl World {
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            now: Mutex::new(NOW),
            activations: Mutex::new(vec![activation(ACTIVATION)]),
            actions: Mutex::new(vec![failed_action()]),
            checked: Mutex::default(),
            publications: Mutex::new(vec![publishing::publication(PUBLICATION, "publisher", PUBLICATION)]),
            nodes: Mutex::new(Arc::new(
                [ManagedNode {
                    id: NODE.to_owned(),
                    name: Some("bb-ubuntu".to_owned()),
                    ..ManagedNode::default()
                }]
                .into_iter()
                .collect(),
            )),
            failure: Mutex::new(None),
            uuids: Mutex::new(0),
            tier: Mutex::new(Tier::Standard),
        })
    }

    /// Time goes by.
    pub fn pass(&self, time: Duration) {
        *self.now.lock().unwrap() += time;
    }

    /// These are the managed nodes.
    pub fn set_nodes(&self, nodes: impl IntoIterator<Item = ManagedNode>) {
        *self.nodes.lock().unwrap() = Arc::new(nodes.into_iter().collect());
    }

    /// Every call fails from now on.
    pub fn fail(&self, error: ApiError) {
        *self.failure.lock().unwrap() = Some(error);
    }

    /// The ids of the activations that exist.
    pub fn activations(&self) -> Vec<String> {
        self.activations.lock().unwrap().iter().map(|activation| activation.id.clone()).collect()
    }

    /// The activation tier as it was last asked for.
    pub fn tier(&self) -> Tier {
        *self.tier.lock().unwrap()
    }

    /// The ids of what is or was done to nodes.
    pub fn actions(&self) -> Vec<String> {
        self.actions.lock().unwrap().iter().map(|action| action.id.clone()).collect()
    }

    /// The ids of the publications under way.
    pub fn publications(&self) -> Vec<String> {
        self.publications.lock().unwrap().iter().map(|publication| publication.id.clone()).collect()
    }

    fn answer(&self) -> Result<(), ApiError> {
        self.failure.lock().unwrap().clone().map_or(Ok(()), Err)
    }
}

/// A hybrid node like any other.
pub fn node(number: u32) -> ManagedNode {
    ManagedNode {
        id: format!("mi-{number:017x}"),
        name: Some("bb-ubuntu".to_owned()),
        state: None,
        platform_type: Some("Linux".to_owned()),
        platform_name: Some("Ubuntu".to_owned()),
        platform_version: Some("22.04".to_owned()),
        architecture: None,
        image_id: None,
        source_type: Some("AWS::SSM::ManagedInstance".to_owned()),
        source_id: Some(format!("mi-{number:017x}")),
        ping_status: Some(PingStatus::Online),
        last_ping: Some(NOW),
        agent_version: Some("3.3.987.0".to_owned()),
        computer_name: Some(format!("host-{number}")),
        ip_address: Some("192.0.2.7".to_owned()),
        activation_id: Some(ACTIVATION.to_owned()),
        iam_role: Some("BB_Hybrid_Activation".to_owned()),
        registered: Some(NOW - Duration::seconds(number.into())),
    }
}

fn activation(id: &str) -> Activation {
    Activation {
        id: id.to_owned(),
        description: Some("Osaka".to_owned()),
        default_instance_name: None,
        iam_role: "BB_Hybrid_Activation".to_owned(),
        registration_limit: 2,
        registrations: 1,
        expires: Some(NOW + Duration::hours(24)),
        expired: false,
        created: Some(NOW),
        tags: Vec::new(),
    }
}

fn failed_action() -> ActionProgress {
    let failed = NodeOutcome::Failed(ApiError::Throttled);
    ActionProgress {
        id: FAILED_ACTION.to_owned(),
        action: NodeAction::Deregister,
        username: "operator".to_owned(),
        begun: NOW,
        alive: NOW,
        ended: Some(NOW),
        nodes: vec![NodeResult { id: NODE.to_owned(), name: None, outcome: failed }],
    }
}

impl Clock for World {
    fn now(&self) -> OffsetDateTime {
        *self.now.lock().unwrap()
    }
}

impl Random for World {
    fn uuid(&self) -> String {
        let mut uuids = self.uuids.lock().unwrap();
        *uuids += 1;
        uuid::Builder::from_random_bytes(uuids.to_be_bytes()).into_uuid().to_string()
    }
}

#[async_trait]
impl Activations for World {
    async fn list(&self) -> Result<Vec<Activation>, ApiError> {
        self.answer()?;
        Ok(self.activations.lock().unwrap().clone())
    }

    async fn get(&self, id: &str) -> Result<Activation, ApiError> {
        self.answer()?;
        let activations = self.activations.lock().unwrap();
        activations.iter().find(|activation| activation.id == id).cloned().ok_or(ApiError::NotFound)
    }

    async fn create(&self, _: ValidActivation) -> Result<CreatedActivation, ApiError> {
        self.answer()?;
        self.activations.lock().unwrap().push(activation(CREATED));
        Ok(CreatedActivation { id: CREATED.to_owned(), code: CODE.into() })
    }

    async fn delete(&self, id: &str) -> Result<(), ApiError> {
        self.answer()?;
        self.activations.lock().unwrap().retain(|activation| activation.id != id);
        Ok(())
    }
}

#[async_trait]
impl IamRoles for World {
    async fn assumable(&self) -> Result<Vec<IamRole>, ApiError> {
        self.answer()?;
        Ok(vec![IamRole { name: "BB_Hybrid_Activation".to_owned(), missing_policies: Vec::new() }])
    }
}

#[async_trait]
impl Nodes for World {
    async fn snapshot(&self) -> Result<Arc<NodeSnapshot>, ApiError> {
        let failure = self.failure.lock().unwrap().clone();
        let nodes = Arc::clone(&self.nodes.lock().unwrap());
        Ok(Arc::new(NodeSnapshot { nodes, fetched_at: Some(NOW), failure }))
    }

    async fn refresh(&self) -> Result<(), ApiError> {
        self.answer()
    }
}

#[async_trait]
impl NodeTags for World {
    async fn tags(&self, _: &str) -> Result<Vec<Tag>, ApiError> {
        self.answer()?;
        Ok(vec![Tag { key: "site".to_owned(), value: "Tokyo".to_owned() }])
    }
}

#[async_trait]
impl NodeActions for World {
    async fn begin(&self, action: BegunAction) -> Result<(), ApiError> {
        let BegunAction { id, username, action, nodes } = action;
        let waiting = |(id, name)| NodeResult { id, name, outcome: NodeOutcome::Waiting };
        let nodes = nodes.into_iter().map(waiting).collect();
        let progress = ActionProgress { id, action, username, begun: NOW, alive: NOW, ended: None, nodes };
        self.actions.lock().unwrap().push(progress);
        Ok(())
    }

    async fn progress(&self, id: &str) -> Result<ActionProgress, ApiError> {
        let actions = self.actions.lock().unwrap();
        actions.iter().find(|action| action.id == id).cloned().ok_or(ApiError::NotFound)
    }
}

#[async_trait]
impl FleetEvents for World {
    async fn since(&self, _: OffsetDateTime, _: Option<EventKind>, _: u32) -> Result<NodeEvents, ApiError> {
        Ok(NodeEvents::default())
    }
}

#[async_trait]
impl ActivationTier for World {
    async fn state(&self) -> Result<TierState, ApiError> {
        let setting = TierSetting {
            tier: self.tier(),
            pending: false,
            changed: Some(NOW),
            changed_by: Some("System".to_owned()),
        };
        let failure = self.failure.lock().unwrap().clone();
        Ok(TierState { setting: Some(setting), read_at: Some(NOW), failure })
    }

    async fn change(&self, tier: Tier) -> Result<TierState, ApiError> {
        self.answer()?;
        *self.tier.lock().unwrap() = tier;
        self.state().await
    }
}
