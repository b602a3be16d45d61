//! AWS as far as the console's ports see it, in memory, and a clock that is set.

use std::sync::{Arc, Mutex};

use app::ports::{ActivationTier, Activations, Clock, FleetEvents, IamRoles, Nodes, Random};
use async_trait::async_trait;
use domain::activations::{Activation, CreatedActivation, ValidActivation};
use domain::errors::ApiError;
use domain::iam_roles::IamRole;
use domain::nodes::NodeSnapshot;
use domain::nodes::events::NodeEvents;
use domain::tier::{Tier, TierSetting, TierState};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

/// When every test begins.
pub const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);
/// The activation that exists from the beginning.
pub const ACTIVATION: &str = "255996e5-f42d-44c8-8fb8-eb17f76696bc";
/// The activation that is created.
pub const CREATED: &str = "4e4d1f3b-0a0b-4e1c-9d43-3a2f6f8f9a11";
/// Its code.
pub const CODE: &str = "Zx9QkLm3vT7pRw2sYb4N";

/// AWS in memory.
pub struct World {
    now: Mutex<OffsetDateTime>,
    activations: Mutex<Vec<Activation>>,
    failure: Mutex<Option<ApiError>>,
    uuids: Mutex<u128>,
    tier: Mutex<Tier>,
}

impl World {
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            now: Mutex::new(NOW),
            activations: Mutex::new(vec![activation(ACTIVATION)]),
            failure: Mutex::new(None),
            uuids: Mutex::new(0),
            tier: Mutex::new(Tier::Standard),
        })
    }

    /// Time goes by.
    pub fn pass(&self, time: Duration) {
        *self.now.lock().unwrap() += time;
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

    fn answer(&self) -> Result<(), ApiError> {
        self.failure.lock().unwrap().clone().map_or(Ok(()), Err)
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
    async fn snapshot(&self) -> Result<NodeSnapshot, ApiError> {
        let failure = self.failure.lock().unwrap().clone();
        Ok(NodeSnapshot { nodes: Vec::new(), fetched_at: Some(NOW), failure })
    }
}

#[async_trait]
impl FleetEvents for World {
    async fn since(&self, _: OffsetDateTime, _: u32) -> Result<NodeEvents, ApiError> {
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
